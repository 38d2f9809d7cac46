/* What a person reads on standard output: the parts that terminal.c and lines.c have in common. */
#include "command/screen.h"

/* With --verbose the first of many runs that passed stands for them all. */
bool screen_shows(const struct reporter *reporter, const struct outcome *outcome)
{
	if (outcome->verdict == PASS)
		return reporter->plan->verbose && outcome->run == 1;
	return outcome->verdict != SKIP;
}

void screen_outcome(struct reporter *reporter, const struct outcome *outcome, const char *text)
{
	char run[RUN_SUFFIX];

	fprintf(reporter->out, "%s %s%s\n%s", verdict_name(outcome->verdict), outcome->info->name,
		reporter_run_suffix(outcome->run, run), text);
}

void screen_case(struct reporter *reporter, const struct round *round, const struct case_info *info)
{
	const size_t *counts = round->tally->case_counts;
	size_t runs = counts[PASS] + counts[FAIL] + counts[BROKEN] + counts[SKIP];

	if (counts[PASS] != runs && counts[SKIP] != runs)
		return;
	fprintf(reporter->out, "%s %s", counts[PASS] == runs ? "PASS" : "SKIP", info->name);
	if (runs > 1)
		fprintf(reporter->out, " (%zu runs)", runs);
	fprintf(reporter->out, "\n");
}

void screen_round_begins(struct reporter *reporter, const struct round *round)
{
	if (round->client != NULL)
		fprintf(reporter->out, "client %s, server %s\n", round->client, round->server);
}

static void write_counts(struct reporter *reporter, const size_t counts[SKIP + 1], double seconds)
{
	tally_write_counts(reporter->out, counts, seconds);
	fflush(reporter->out);
}

void screen_round_over(struct reporter *reporter, const struct round *round)
{
	if (round->client == NULL)
		return;
	write_counts(reporter, round->tally->counts, round->seconds);
	fprintf(reporter->out, "\n");
}

static void write_lines(struct reporter *reporter, const struct tally *tally)
{
	for (size_t i = 0; i < tally->line_count && i < SUMMARY_LINES; i++) {
		const struct summary_line *line = &tally->lines[i];
		fprintf(reporter->out, "%s %s%s\n", tally_word(line->verdict), line->name,
			line->text);
	}
	if (tally->line_count > SUMMARY_LINES)
		fprintf(reporter->out, "and %zu more\n", tally->line_count - SUMMARY_LINES);
}

void screen_run_over(struct reporter *reporter, const struct summary *summary)
{
	if (summary->matrix != NULL)
		matrix_show(reporter->out, summary->matrix);
	else
		write_lines(reporter, summary->tally);
	write_counts(reporter, summary->counts, summary->seconds);
}
