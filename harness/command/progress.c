/* What a run shows while it goes on and when it is over: to a person, and to tools. */
#include "command/progress.h"

#include "base/cut.h"
#include "base/utf8.h"
#include "command/json.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

/* Text of one outcome: findings and report, each of which has a limit of its own. */
#define DESCRIPTION_MAXIMUM ((size_t)1 << 20)

/* A line of JSON in which each of its bytes is escaped; a cut one would be no JSON. */
#define JSON_MAXIMUM (6 * DESCRIPTION_MAXIMUM + DESCRIPTION_MAXIMUM)

/* "50 times, iterations 1 to 50 of this line". */
#define COUNT_MAXIMUM 512

/* Lines of a case that follow from one failure: more would not help. */
#define FOLLOWERS_SHOWN 16

/* Each page that is written to, each worker has to copy: most runs need no room for notes. */
void progress_begin(struct progress *progress, const struct audience *audience, size_t runs)
{
	memset(progress, 0, offsetof(struct progress, notes));
	progress->audience = audience;
	progress->terminal = isatty(STDOUT_FILENO) == 1;
	progress->runs = runs;
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

/* The place of a finding, without its file when the one before it in the list has the same. */
static void append_place(struct buffer *out, const struct results *results,
	const struct finding *finding, const struct finding *before)
{
	const char *headline = results_text(results, finding->headline);
	size_t file = strnlen(headline, finding->file);

	if (before != NULL)
		buffer_printf(out, ", ");
	if (file == 0)
		buffer_printf(out, "%s", headline);
	else if (before != NULL && before->file == file &&
		 strncmp(headline, results_text(results, before->headline), file) == 0)
		buffer_printf(out, "%u", finding->line);
	else
		buffer_printf(out, "%.*s:%u", (int)file, headline, finding->line);
}

/* One line with the places of the failures that follow from the one at `index`. */
static void append_followers(struct buffer *out, const struct results *results, size_t index)
{
	const struct finding *before = NULL;
	size_t more = 0, shown = 0;

	for (size_t i = index + 1; i < finding_count(results); i++) {
		const struct finding *finding = &results->findings[i];
		if (finding->held)
			continue;
		if (!finding->follows)
			break;
		if (before != NULL && before->headline != 0 && before->line == finding->line &&
			strcmp(results_text(results, before->headline),
				results_text(results, finding->headline)) == 0)
			continue;
		if (shown == FOLLOWERS_SHOWN) {
			more++;
			continue;
		}
		if (shown++ == 0)
			buffer_printf(out, "  and so, without waiting again: ");
		append_place(out, results, finding, before);
		before = finding;
	}
	if (more > 0)
		buffer_printf(out, " and %zu more", more);
	if (shown > 0)
		buffer_printf(out, "\n");
}

static void append_finding(
	struct buffer *out, const struct results *results, const struct finding *finding)
{
	const char *mark = finding->noted ? "noted " : finding->held ? "held " : "";
	struct buffer count;

	buffer_printf(out, "  %s%s\n", mark, results_text(results, finding->headline));
	append_indented(out, "    ", results_text(results, finding->text));
	buffer_init(&count, COUNT_MAXIMUM);
	results_count(&count, results, finding);
	append_indented(out, "    ", buffer_text(&count));
	buffer_free(&count);
}

static void append_rest(struct buffer *out, size_t count, size_t told, const char *what)
{
	if (count > told)
		buffer_printf(out, "  and %zu more that %s\n", count - told, what);
}

static void append_findings(struct buffer *out, const struct results *results, bool verbose)
{
	size_t failed = 0, held = 0, noted = 0;

	for (size_t i = 0; i < finding_count(results); i++) {
		const struct finding *finding = &results->findings[i];
		*(finding->noted ? &noted : finding->held ? &held : &failed) += finding->count;
		if (finding->held ? !verbose : finding->follows)
			continue;
		append_finding(out, results, finding);
		if (!finding->held)
			append_followers(out, results, i);
	}
	append_rest(out, results->failed, failed, "failed");
	if (verbose) {
		append_rest(out, results->held, held, "held");
		append_rest(out, results->noted, noted, "were noted");
	}
}

/* The verb at which the worker died. */
static void append_doing(struct buffer *out, const struct results *results)
{
	if (results->doing[0] == '\0')
		buffer_printf(out, "before the first verb");
	else
		buffer_printf(out, "%.*s", (int)strnlen(results->doing, sizeof results->doing),
			results->doing);
}

static void append_death(struct buffer *out, const struct outcome *outcome)
{
	buffer_printf(out, "  ");
	append_doing(out, outcome->results);
	buffer_printf(out, "\n    %s\n", outcome->death);
}

/* What the verdict is about, for a reader who does not know the case. */
static void append_case(struct buffer *out, const struct case_info *info)
{
	if (info->proves != NULL)
		buffer_printf(out, "  proves %s\n", info->proves);
	if (info->clause != NULL)
		buffer_printf(out, "  clause %s\n", info->clause);
}

/* A case's file may be in another encoding, and its lines are in the text. */
static void make_utf8(struct buffer *text)
{
	struct buffer clean;

	if (utf8_good(buffer_bytes(text)) == text->length)
		return;
	buffer_init(&clean, text->maximum);
	clean.is_text = true;
	utf8_append(&clean, buffer_bytes(text));
	buffer_free(text);
	*text = clean;
}

void progress_describe(struct buffer *out, const struct outcome *outcome, bool verbose)
{
	const struct results *results = outcome->results;

	append_case(out, outcome->info);
	append_findings(out, results, verbose);
	if (outcome->death[0] != '\0')
		append_death(out, outcome);
	if (memchr(results->report, '\0', sizeof results->report) != NULL)
		append_indented(out, "  ", results->report);
	make_utf8(out);
}

/* A skip has one finding: its reason. */
static const char *skip_reason(const struct results *results)
{
	for (size_t i = 0; i < finding_count(results); i++)
		if (!results->findings[i].held)
			return results_text(results, results->findings[i].text);
	return "no reason given";
}

static void show_json(
	const struct audience *audience, const struct outcome *outcome, const char *text)
{
	struct buffer line;
	struct json_verdict verdict = {
		.name = outcome->info->name,
		.run = outcome->run,
		.verdict = verdict_name(outcome->verdict),
		.seconds = outcome->seconds,
		.proves = outcome->info->proves,
		.clause = outcome->info->clause,
		.asserts = outcome->results->held + outcome->results->failed,
		.text = text,
		.client = audience->client,
		.server = audience->server,
	};

	buffer_init(&line, JSON_MAXIMUM);
	json_verdict(&line, &verdict);
	fputs(buffer_text(&line), audience->json);
	fflush(audience->json);
	buffer_free(&line);
}

/* One line of what went wrong: the first expectation that failed, or how the case died. */
static void append_message(struct buffer *out, const struct outcome *outcome)
{
	const struct results *results = outcome->results;

	if (outcome->verdict == SKIP) {
		buffer_printf(out, "%s", skip_reason(results));
		return;
	}
	for (size_t i = 0; i < finding_count(results); i++) {
		const struct finding *finding = &results->findings[i];
		if (finding->held)
			continue;
		const char *text = results_text(results, finding->text);
		buffer_printf(out, "%s: %.*s", results_text(results, finding->headline),
			(int)strcspn(text, "\n"), text);
		return;
	}
	append_doing(out, results);
	buffer_printf(out, ": %s", outcome->death);
}

static void show_junit(
	const struct audience *audience, const struct outcome *outcome, const char *text)
{
	char classname[256] = "wirecheck";
	struct buffer message;
	struct junit_case verdict = {
		.classname = classname,
		.name = outcome->info->name,
		.file = outcome->info->file,
		.run = outcome->run,
		.verdict = outcome->verdict,
		.seconds = outcome->seconds,
		.text = text,
	};

	if (audience->client != NULL)
		snprintf(classname, sizeof classname, "wirecheck.%s.%s", audience->client,
			audience->server);
	buffer_init(&message, 4096);
	append_message(&message, outcome);
	verdict.message = buffer_text(&message);
	junit_add(audience->junit, &verdict);
	buffer_free(&message);
}

static void clear_line(const struct progress *progress)
{
	if (progress->terminal)
		printf("\r\033[K");
}

/* The heading of a run and the text under it. */
static void show_outcome(
	const struct progress *progress, const struct outcome *outcome, const char *text)
{
	clear_line(progress);
	printf("%s %s", verdict_name(outcome->verdict), outcome->info->name);
	if (outcome->run > 1)
		printf(" (run %u)", outcome->run);
	printf("\n%s", text);
}

static void show_where_it_stands(const struct progress *progress, const struct outcome *outcome)
{
	size_t done = 0;

	if (!progress->terminal)
		return;
	for (size_t i = PASS; i <= SKIP; i++)
		done += progress->counts[i];
	printf("\r\033[K[%zu/%zu] %s", done, progress->runs, outcome->info->name);
}

/* With `verbose` the first of many runs that passed stands for them all. */
static bool is_shown(const struct progress *progress, const struct outcome *outcome)
{
	if (outcome->verdict == PASS)
		return progress->audience->verbose && outcome->run == 1;
	return outcome->verdict != SKIP;
}

static void count_outcome(struct progress *progress, const struct outcome *outcome)
{
	progress->counts[outcome->verdict]++;
	progress->case_runs[outcome->verdict]++;
	progress->unable += outcome->verdict == SKIP && outcome->results->no_right_to_capture;
	for (enum side side = CLIENT; side <= SERVER; side++) {
		progress->asked[side] |= outcome->results->asked[side];
		progress->found[side] |= outcome->results->found[side];
	}
}

void progress_outcome(struct progress *progress, const struct outcome *outcome)
{
	const struct audience *audience = progress->audience;
	struct buffer text;

	count_outcome(progress, outcome);
	buffer_init(&text, DESCRIPTION_MAXIMUM);
	if (outcome->verdict == SKIP) {
		cut_print(progress->reason, sizeof progress->reason, "%s",
			skip_reason(outcome->results));
		buffer_printf(&text, "%s", skip_reason(outcome->results));
	} else if (outcome->verdict != PASS || audience->verbose) {
		progress_describe(&text, outcome, audience->verbose);
	}
	if (is_shown(progress, outcome))
		show_outcome(progress, outcome, buffer_text(&text));
	const char *told = outcome->verdict == PASS ? "" : buffer_text(&text);
	if (audience->json != NULL)
		show_json(audience, outcome, told);
	if (audience->junit != NULL)
		show_junit(audience, outcome, told);
	show_where_it_stands(progress, outcome);
	fflush(stdout);
	buffer_free(&text);
}

/* For the summary: of which verdict how many runs were, and why. */
static void note(struct progress *progress, const struct case_info *info, enum verdict verdict,
	unsigned runs)
{
	size_t count = progress->case_runs[verdict];
	char part[64] = "";

	if (count == 0 || progress->note_count++ >= NOTES_SHOWN)
		return;
	if (runs > 1)
		snprintf(part, sizeof part, ": %zu of %u runs", count, runs);
	struct progress_note *line = &progress->notes[progress->note_count - 1];
	*line = (struct progress_note){.name = info->name, .verdict = verdict};
	cut_print(line->text, sizeof line->text, "%s%s%s", part, verdict == SKIP ? ": " : "",
		verdict == SKIP ? progress->reason : "");
}

/* Of all runs of a case: a failure is told whatever the others came to. */
static enum verdict worst(const size_t case_runs[SKIP + 1])
{
	static const enum verdict order[] = {FAIL, BROKEN, SKIP};

	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (case_runs[order[i]] > 0)
			return order[i];
	return PASS;
}

void progress_case(struct progress *progress, const struct case_info *info, unsigned runs)
{
	const struct audience *audience = progress->audience;
	bool passed = progress->case_runs[PASS] == runs;
	bool skipped = progress->case_runs[SKIP] == runs;
	bool shown = audience->verbose ? passed && runs == 1 : progress->terminal;

	if (audience->verdicts != NULL &&
		!verdicts_set(audience->verdicts, info->name, worst(progress->case_runs)))
		progress->forgot = true;
	for (enum verdict verdict = FAIL; verdict <= SKIP; verdict++)
		note(progress, info, verdict, runs);
	memset(progress->case_runs, 0, sizeof progress->case_runs);
	if (shown || (!passed && !skipped))
		return;
	clear_line(progress);
	printf("%s %s", passed ? "PASS" : "SKIP", info->name);
	if (runs > 1)
		printf(" (%u runs)", runs);
	printf("\n");
	fflush(stdout);
}

const char *progress_word(enum verdict verdict)
{
	static const char *const words[] = {"pending", "passed", "failed", "broken", "skipped"};

	return words[verdict];
}

void progress_notes(const struct progress *progress)
{
	clear_line(progress);
	for (size_t i = 0; i < progress->note_count && i < NOTES_SHOWN; i++) {
		const struct progress_note *line = &progress->notes[i];
		printf("%s %s%s\n", progress_word(line->verdict), line->name, line->text);
	}
	if (progress->note_count > NOTES_SHOWN)
		printf("and %zu more\n", progress->note_count - NOTES_SHOWN);
}

void progress_counts(const size_t counts[SKIP + 1], double seconds)
{
	printf("%zu passed, %zu failed, %zu broken, %zu skipped in %.2f s\n", counts[PASS],
		counts[FAIL], counts[BROKEN], counts[SKIP], seconds);
	fflush(stdout);
}
