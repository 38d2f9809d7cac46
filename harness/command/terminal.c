/*
 * A terminal: one line that is written over says where the run stands; failures stay above it.
 * Tested by test_screen.c.
 */
#include "command/screen.h"

/* To the line's beginning, and empties it (ECMA-48 CR, EL). */
#define CLEAR_LINE "\r\033[K"

/*
 * A line that is longer than the terminal is wide must stay one, or it would not be written over as
 * a whole (DEC private mode 7, DECAWM).
 */
#define DO_NOT_WRAP "\033[?7l"
#define WRAP_AGAIN  "\033[?7h"

static void clear_line(struct reporter *reporter)
{
	fprintf(reporter->out, CLEAR_LINE);
}

static void write_where_it_stands(
	struct reporter *reporter, const struct round *round, const struct outcome *outcome)
{
	const size_t *counts = round->tally->counts;

	fprintf(reporter->out, CLEAR_LINE DO_NOT_WRAP "[%zu/%zu] %s" WRAP_AGAIN,
		counts[PASS] + counts[FAIL] + counts[BROKEN] + counts[SKIP], round->runs,
		outcome->info->name);
}

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
{
	if (screen_shows(reporter, outcome)) {
		clear_line(reporter);
		screen_outcome(reporter, outcome, text);
	}
	write_where_it_stands(reporter, round, outcome);
	fflush(reporter->out);
}

/* Only with --verbose, and not where the one run that passed has been shown already. */
static void case_over(
	struct reporter *reporter, const struct round *round, const struct case_info *info)
{
	if (!reporter->plan->verbose ||
		(round->tally->case_counts[PASS] == 1 && reporter->plan->repeat == 1))
		return;
	clear_line(reporter);
	screen_case(reporter, round, info);
	fflush(reporter->out);
}

static void round_over(struct reporter *reporter, const struct round *round)
{
	clear_line(reporter);
	screen_round_over(reporter, round);
}

const struct format terminal_format = {
	.name = "terminal",
	.round_begins = screen_round_begins,
	.judged = judged,
	.case_over = case_over,
	.round_over = round_over,
	.run_over = screen_run_over,
};
