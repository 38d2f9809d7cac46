/* What a run shows while it goes on and when it is over: for a person, and as JSON for a tool. */
#ifndef WIRECHECK_PROGRESS_H
#define WIRECHECK_PROGRESS_H

#include "schedule.h"

#include <stdbool.h>
#include <stdio.h>

/* Lines of the summary; beyond them only how many more there are. */
#define NOTES_SHOWN 1024

/* A line of the summary: a case that did not pass. */
struct progress_note {
	const char *name;
	enum verdict verdict;
	char text[240]; /* a skip's reason; how many runs it was; may be empty */
};

struct progress {
	FILE *json;     /* NULL: none is wanted */
	bool terminal;  /* standard output is one: a line that is written over */
	bool verbose;   /* every case's line, with its expectations */
	size_t runs;    /* to come in all */
	size_t counts[SKIP + 1]; /* by enum verdict */
	size_t case_runs[SKIP + 1]; /* the same for the case at work */
	char reason[200];           /* of its last skip */
	struct progress_note notes[NOTES_SHOWN];
	size_t note_count; /* those that found no room counted too */
	size_t unable; /* skipped because this machine does not let wirecheck capture */
};

/* Starts; the streams stay the caller's. */
void progress_begin(struct progress *progress, FILE *json, bool verbose, size_t runs);

/* Counts one outcome and shows it as far as it is to be shown at once. */
void progress_outcome(struct progress *progress, const struct outcome *outcome);

/* All runs of a case are over: its line. */
void progress_case(struct progress *progress, const struct case_info *info, unsigned runs);

/* The summary: every case that did not pass, skips with their reason; counts of each verdict. */
void progress_end(struct progress *progress, double seconds);

/*
 * The text of an outcome that did not pass, as it is shown under its heading; with `verbose` the
 * expectations that held are in it too.
 */
void progress_describe(struct buffer *out, const struct outcome *outcome, bool verbose);

#endif
