/* What a run shows while it goes on and when it is over: for a person, and as JSON for a tool. */
#include "progress.h"

#include "json.h"

#include <string.h>
#include <unistd.h>

/* Text of one outcome: findings and report, each of which has a limit of its own. */
#define DESCRIPTION_MAXIMUM ((size_t)1 << 20)

void progress_begin(struct progress *progress, FILE *json, bool verbose, size_t runs)
{
	*progress = (struct progress){
		.json = json,
		.terminal = isatty(STDOUT_FILENO) == 1,
		.verbose = verbose,
		.runs = runs,
	};
}

/* Appends a text that may have several lines, each indented. */
static void append_indented(struct buffer *out, const char *indent, const char *text)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		buffer_printf(out, "%s%.*s\n", indent, (int)length, text);
		text += length + (text[length] == '\n');
	}
}

static size_t finding_count(const struct results *results)
{
	return results->finding_count < FINDINGS_MAXIMUM ? results->finding_count
							 : FINDINGS_MAXIMUM;
}

static void append_findings(struct buffer *out, const struct results *results)
{
	size_t told = 0;

	for (size_t i = 0; i < finding_count(results); i++) {
		const struct finding *finding = &results->findings[i];
		if (finding->held)
			continue;
		buffer_printf(out, "  %s\n", results_text(results, finding->headline));
		append_indented(out, "    ", results_text(results, finding->text));
		told++;
	}
	if (results->failed > told)
		buffer_printf(out, "  and %zu more that failed\n", results->failed - told);
}

void progress_describe(struct buffer *out, const struct outcome *outcome)
{
	const struct results *results = outcome->results;

	if (outcome->death[0] != '\0') {
		buffer_printf(out, "  %.*s\n", (int)strnlen(results->doing, sizeof results->doing),
			results->doing[0] != '\0' ? results->doing : "before the first verb");
		buffer_printf(out, "    %s\n", outcome->death);
	}
	append_findings(out, results);
	if (memchr(results->report, '\0', sizeof results->report) != NULL)
		append_indented(out, "  ", results->report);
}

/* A skip has one finding: its reason. */
static const char *skip_reason(const struct results *results)
{
	for (size_t i = 0; i < finding_count(results); i++)
		if (!results->findings[i].held)
			return results_text(results, results->findings[i].text);
	return "no reason given";
}

static void note_skip(struct progress *progress, const struct outcome *outcome)
{
	progress->unable += outcome->results->no_right_to_capture;
	if (outcome->run > 1 || progress->skip_count == SKIPS_SHOWN)
		return;
	struct skipped *skipped = &progress->skips[progress->skip_count++];
	skipped->name = outcome->info->name;
	snprintf(skipped->reason, sizeof skipped->reason, "%s", skip_reason(outcome->results));
}

static void show_json(const struct progress *progress, const struct outcome *outcome,
	const char *text)
{
	struct buffer line;
	struct json_verdict verdict = {
		.name = outcome->info->name,
		.run = outcome->run,
		.verdict = verdict_name(outcome->verdict),
		.seconds = outcome->seconds,
		.asserts = outcome->results->held + outcome->results->failed,
		.text = text,
	};

	buffer_init(&line, 6 * DESCRIPTION_MAXIMUM);
	json_verdict(&line, &verdict);
	fputs(buffer_text(&line), progress->json);
	fflush(progress->json);
	buffer_free(&line);
}

static void clear_line(const struct progress *progress)
{
	if (progress->terminal)
		printf("\r\033[K");
}

static void show_failure(const struct progress *progress, const struct outcome *outcome,
	const char *text)
{
	clear_line(progress);
	printf("%s %s", verdict_name(outcome->verdict), outcome->info->name);
	if (outcome->run > 1)
		printf(" (run %u)", outcome->run);
	printf("\n%s", text);
}

/* One that held, or a note with what was noted. */
static void show_held(const struct results *results, const struct finding *finding)
{
	const char *note = results_text(results, finding->text);

	if (*note != '\0')
		printf("  note %s\n    %s\n", results_text(results, finding->headline), note);
	else
		printf("  held %s\n", results_text(results, finding->headline));
}

void progress_outcome(struct progress *progress, const struct outcome *outcome)
{
	struct buffer text;

	progress->counts[outcome->verdict]++;
	progress->case_runs[outcome->verdict]++;
	buffer_init(&text, DESCRIPTION_MAXIMUM);
	if (outcome->verdict == SKIP) {
		note_skip(progress, outcome);
		buffer_printf(&text, "%s", skip_reason(outcome->results));
	} else if (outcome->verdict != PASS) {
		progress_describe(&text, outcome);
		show_failure(progress, outcome, buffer_text(&text));
	}
	if (progress->json != NULL)
		show_json(progress, outcome, buffer_text(&text));
	if (progress->verbose && outcome->verdict == PASS && outcome->run == 1)
		for (size_t i = 0; i < finding_count(outcome->results); i++)
			show_held(outcome->results, &outcome->results->findings[i]);
	if (progress->terminal) {
		size_t done = 0;
		for (size_t i = PASS; i <= SKIP; i++)
			done += progress->counts[i];
		printf("\r\033[K[%zu/%zu] %s", done, progress->runs, outcome->info->name);
	}
	fflush(stdout);
	buffer_free(&text);
}

void progress_case(struct progress *progress, const struct case_info *info, unsigned runs)
{
	size_t passed = progress->case_runs[PASS], skipped = progress->case_runs[SKIP];
	bool unlike = passed > 0 && passed < runs;

	memset(progress->case_runs, 0, sizeof progress->case_runs);
	if (progress->terminal && !progress->verbose && !unlike)
		return;
	clear_line(progress);
	if (passed == runs)
		printf("PASS %s", info->name);
	else if (skipped == runs)
		printf("SKIP %s", info->name);
	else if (runs > 1)
		printf("%s passed %zu of %u runs", info->name, passed, runs);
	else
		return;
	if (runs > 1 && (passed == runs || skipped == runs))
		printf(" (%u runs)", runs);
	printf("\n");
	fflush(stdout);
}

void progress_end(struct progress *progress, double seconds)
{
	clear_line(progress);
	for (size_t i = 0; i < progress->skip_count; i++)
		printf("skipped %s: %s\n", progress->skips[i].name, progress->skips[i].reason);
	printf("%zu passed, %zu failed, %zu broken, %zu skipped in %.2f s\n",
		progress->counts[PASS], progress->counts[FAIL], progress->counts[BROKEN],
		progress->counts[SKIP], seconds);
	fflush(stdout);
}
