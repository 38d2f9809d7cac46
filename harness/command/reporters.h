/* All formats in which one run is reported, called together. Tested by test_reporter.c. */
#ifndef WIRECHECK_REPORTERS_H
#define WIRECHECK_REPORTERS_H

#include "command/reporter.h"

/* Zeroed it is empty. It must not be moved once it is open: its reporters point to its plan. */
struct reporters {
	struct plan plan;
	struct reporter list[FILE_FORMAT_COUNT + 1]; /* one more for standard output */
	size_t count;
};

/*
 * Opens a reporter for each of `paths`, which is indexed as file_formats and has NULL for a format
 * that is not wanted; and one for a person on standard output, unless a path is "-". False with an
 * error when a file cannot be written; what is open by then is closed by reporters_close.
 */
bool reporters_open(struct reporters *reporters, const char *const paths[FILE_FORMAT_COUNT],
	const struct plan *plan, struct error *error);

/* Call the functions of the same names of each format (reporter.h). */
void reporters_round_begins(struct reporters *reporters, const struct round *round);
void reporters_judged(
	struct reporters *reporters, const struct round *round, const struct outcome *outcome);
void reporters_case_over(
	struct reporters *reporters, const struct round *round, const struct case_info *info);
void reporters_round_over(struct reporters *reporters, const struct round *round);
void reporters_run_over(struct reporters *reporters, const struct summary *summary);

/*
 * Closes one reporter. False with an error when what it wrote did not arrive. Call it until `count`
 * is 0: each may have an error of its own.
 */
bool reporters_close_next(struct reporters *reporters, struct error *error);

#endif
