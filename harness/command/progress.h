/* What a run shows while it goes on and when it is over: to a person, and to tools. */
#ifndef WIRECHECK_PROGRESS_H
#define WIRECHECK_PROGRESS_H

#include "command/junit.h"
#include "command/schedule.h"
#include "command/verdicts.h"

#include <stdbool.h>
#include <stdio.h>

/* Lines of the summary; beyond them only how many more there are. */
#define NOTES_SHOWN 1024

/* A line of the summary: a case that did not pass. */
struct progress_note {
	const char *name;
	enum verdict verdict;
	char text[400]; /* a skip's reason; how many runs it was; may be empty */
};

/* Who is told, and about what. All is the caller's; NULL: not wanted. */
struct audience {
	bool verbose; /* every case's line, with its expectations */
	FILE *json;
	struct junit *junit;
	struct verdicts *verdicts;   /* gets each case's when all its runs are over */
	const char *client, *server; /* the implementations of a matrix's cell; or both NULL */
};

struct progress {
	const struct audience *audience;
	bool terminal;              /* standard output is one: a line that is written over */
	size_t runs;                /* to come in all */
	size_t counts[SKIP + 1];    /* by enum verdict */
	size_t case_runs[SKIP + 1]; /* the same for the case at work */
	char reason[320];           /* of its last skip */
	bool asked[2], found[2];    /* by enum side: programs that cases asked for, those there */
	size_t unable;              /* skipped: this machine does not let wirecheck capture */
	bool forgot;                /* a verdict that the audience wanted found no memory */
	size_t note_count;          /* those that found no room counted too */
	struct progress_note notes[NOTES_SHOWN]; /* only the first of them are written to */
};

/* Starts. The audience must outlive it. */
void progress_begin(struct progress *progress, const struct audience *audience, size_t runs);

/* Counts one outcome and shows it as far as it is to be shown at once. */
void progress_outcome(struct progress *progress, const struct outcome *outcome);

/* All runs of a case are over: its line. */
void progress_case(struct progress *progress, const struct case_info *info, unsigned runs);

/* A verdict's word in a summary: passed, failed, broken, skipped. */
const char *progress_word(enum verdict verdict);

/* The summary: a line for every case that did not pass, skips with their reason. */
void progress_notes(const struct progress *progress);

/* Its last line: how many runs came to each verdict, by enum verdict. */
void progress_counts(const size_t counts[SKIP + 1], double seconds);

/*
 * The text of an outcome that did not pass, as it is shown under its heading; with `verbose` the
 * expectations that held are in it too.
 */
void progress_describe(struct buffer *out, const struct outcome *outcome, bool verbose);

#endif
