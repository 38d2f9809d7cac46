/* What a person reads on standard output: the parts that terminal.c and lines.c have in common. */
#ifndef WIRECHECK_SCREEN_H
#define WIRECHECK_SCREEN_H

#include "command/reporter.h"

/* Whether a run is shown at once: one that failed or is BROKEN, and with --verbose a PASS. */
bool screen_shows(const struct reporter *reporter, const struct outcome *outcome);

/* Writes a run's heading, such as "FAIL tcp/hello (run 2)", and below it its text. */
void screen_outcome(struct reporter *reporter, const struct outcome *outcome, const char *text);

/* Writes the line of a case all of whose runs passed, or all were skipped; otherwise nothing. */
void screen_case(
	struct reporter *reporter, const struct round *round, const struct case_info *info);

/* Writes the heading of a matrix's cell; nothing without a matrix. */
void screen_round_begins(struct reporter *reporter, const struct round *round);

/* Writes the counts of a matrix's cell; nothing without a matrix. */
void screen_round_over(struct reporter *reporter, const struct round *round);

/* Writes the summary: what did not pass, and with a matrix its table, then the counts. */
void screen_run_over(struct reporter *reporter, const struct summary *summary);

#endif
