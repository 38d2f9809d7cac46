/* What came of the runs so far: how many came to each verdict, and which cases did not pass. */
#ifndef WIRECHECK_TALLY_H
#define WIRECHECK_TALLY_H

#include "command/outcome.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Lines of a summary; of what is beyond them it says only how many there are. */
#define SUMMARY_LINES 1024

/* A line of the summary: a case of which some runs came to this verdict. */
struct summary_line {
	const char *name;
	enum verdict verdict; /* not PASS */
	char text[400];       /* how many runs it was, why it was skipped; may be empty */
};

/* Large: keep it off small stacks. Begun by tally_begin; holds nothing to be freed. */
struct tally {
	size_t counts[SKIP + 1];      /* runs, by enum verdict */
	size_t case_counts[SKIP + 1]; /* the same, of the case at work alone */
	char skip_reason[320];        /* of the last run that was skipped */
	bool asked[2], found[2];      /* by enum side: cases asked for programs; one was there */
	size_t no_right_to_capture;   /* runs that were skipped for that */
	size_t line_count;            /* those that found no room are counted too */
	struct summary_line lines[SUMMARY_LINES]; /* the first line_count of them are set */
};

void tally_begin(struct tally *tally);

/* Counts one run of the case at work. */
void tally_run(struct tally *tally, const struct outcome *outcome);

/*
 * All `runs` runs of the case at work are over: adds its lines to the summary. Returns the verdict
 * that stands for all of them: FAIL before BROKEN, SKIP and PASS.
 */
enum verdict tally_case(struct tally *tally, const struct case_info *info, unsigned runs);

/* Makes the tally ready for the next case: case_counts are 0 again. */
void tally_next_case(struct tally *tally);

/* Writes a line with the counts of runs by enum verdict, and with the time that they took. */
void tally_write_counts(FILE *out, const size_t counts[SKIP + 1], double seconds);

/* A verdict's word in a summary: passed, failed, broken, skipped. */
const char *tally_word(enum verdict verdict);

#endif
