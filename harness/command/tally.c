/* What came of the runs so far: how many came to each verdict, and which cases did not pass. */
#include "command/tally.h"

#include "base/cut.h"
#include "base/side.h"

#include <stdio.h>
#include <string.h>

/*
 * A worker is a fork of the scheduler and copies each page that was written to. Most runs need no
 * room for lines, so the lines stay untouched.
 */
void tally_begin(struct tally *tally)
{
	memset(tally, 0, offsetof(struct tally, lines));
}

void tally_run(struct tally *tally, const struct outcome *outcome)
{
	tally->counts[outcome->verdict]++;
	tally->case_counts[outcome->verdict]++;
	for (enum side side = CLIENT; side <= SERVER; side++) {
		tally->asked[side] |= outcome->results->asked[side];
		tally->found[side] |= outcome->results->found[side];
	}
	if (outcome->verdict != SKIP)
		return;
	tally->no_right_to_capture += outcome->results->no_right_to_capture;
	cut_print(
		tally->skip_reason, sizeof tally->skip_reason, "%s", outcome_skip_reason(outcome));
}

/* Adds how many runs of the case came to the verdict, and why they were skipped. */
static void add_line(
	struct tally *tally, const struct case_info *info, enum verdict verdict, unsigned runs)
{
	size_t count = tally->case_counts[verdict];
	char part[64] = "";

	if (count == 0 || tally->line_count++ >= SUMMARY_LINES)
		return;
	if (runs > 1)
		snprintf(part, sizeof part, ": %zu of %u runs", count, runs);
	struct summary_line *line = &tally->lines[tally->line_count - 1];
	*line = (struct summary_line){.name = info->name, .verdict = verdict};
	cut_print(line->text, sizeof line->text, "%s%s%s", part, verdict == SKIP ? ": " : "",
		verdict == SKIP ? tally->skip_reason : "");
}

static enum verdict worst(const size_t counts[SKIP + 1])
{
	static const enum verdict order[] = {FAIL, BROKEN, SKIP};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (counts[order[i]] > 0)
			return order[i];
	return PASS;
}

enum verdict tally_case(struct tally *tally, const struct case_info *info, unsigned runs)
{
	for (enum verdict verdict = FAIL; verdict <= SKIP; verdict++)
		add_line(tally, info, verdict, runs);
	return worst(tally->case_counts);
}

void tally_next_case(struct tally *tally)
{
	memset(tally->case_counts, 0, sizeof tally->case_counts);
}

const char *tally_word(enum verdict verdict)
{
	static const char *const words[] = {"pending", "passed", "failed", "broken", "skipped"};

	return words[verdict];
}

void tally_write_counts(FILE *out, const size_t counts[SKIP + 1], double seconds)
{
	fprintf(out, "%zu passed, %zu failed, %zu broken, %zu skipped in %.2f s\n", counts[PASS],
		counts[FAIL], counts[BROKEN], counts[SKIP], seconds);
}
