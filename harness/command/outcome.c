/* What one run of one case came to, and the texts that say so. */
#include "command/outcome.h"

#include "base/text.h"
#include "base/utf8.h"

#include <string.h>

/* "50 times, iterations 1 to 50 of this line". */
#define COUNT_MAXIMUM 512

/* Lines of a case that follow from one failure: more would not help. */
#define FOLLOWERS_SHOWN 16

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
	text_lines(out, "    ", results_text(results, finding->text), "\n");
	buffer_init(&count, COUNT_MAXIMUM);
	results_count(&count, results, finding);
	text_lines(out, "    ", buffer_text(&count), "\n");
	buffer_free(&count);
}

static void append_rest(struct buffer *out, size_t count, size_t shown, const char *what)
{
	if (count > shown)
		buffer_printf(out, "  and %zu more that %s\n", count - shown, what);
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
	if (*info->proves != '\0')
		buffer_printf(out, "  proves %s\n", info->proves);
	if (*info->clause != '\0')
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

void outcome_describe(struct buffer *out, const struct outcome *outcome, bool verbose)
{
	const struct results *results = outcome->results;

	append_case(out, outcome->info);
	append_findings(out, results, verbose);
	if (outcome->death[0] != '\0')
		append_death(out, outcome);
	if (memchr(results->report, '\0', sizeof results->report) != NULL)
		text_lines(out, "  ", results->report, "\n");
	make_utf8(out);
}

/* The one finding of a run that was skipped is its reason. */
const char *outcome_skip_reason(const struct outcome *outcome)
{
	const struct results *results = outcome->results;

	for (size_t i = 0; i < finding_count(results); i++)
		if (!results->findings[i].held)
			return results_text(results, results->findings[i].text);
	return "no reason given";
}

void outcome_append_message(struct buffer *out, const struct outcome *outcome)
{
	const struct results *results = outcome->results;

	if (outcome->verdict == SKIP) {
		buffer_printf(out, "%s", outcome_skip_reason(outcome));
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
