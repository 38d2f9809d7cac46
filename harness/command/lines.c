/*
 * Plain lines, for a pipe or a file: each case as soon as it is over, failures with their text.
 * Tested by test_screen.c.
 */
#include "command/screen.h"

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
{
	(void)round;
	if (screen_shows(reporter, outcome))
		screen_outcome(reporter, outcome, text);
	fflush(reporter->out);
}

/* With --verbose a case that was run once and passed has been shown already. */
static void case_over(
	struct reporter *reporter, const struct round *round, const struct case_info *info)
{
	if (reporter->plan->verbose && round->tally->case_counts[PASS] == 1 &&
		reporter->plan->repeat == 1)
		return;
	screen_case(reporter, round, info);
	fflush(reporter->out);
}

const struct format lines_format = {
	.name = "plain lines",
	.round_begins = screen_round_begins,
	.judged = judged,
	.case_over = case_over,
	.round_over = screen_round_over,
	.run_over = screen_run_over,
};
