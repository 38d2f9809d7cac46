/*
 * Markdown, for the summary of a CI's job: the counts, and what did not pass with its reason. It
 * says nothing of what passed.
 */
#include "command/markdown.h"

#include "base/utf8.h"
#include "command/escape.h"
#include "command/reporter.h"

#include <string.h>

/* Bytes of the whole document: GitHub shows no summary of a step that is larger than 1 MiB. */
#define DOCUMENT_MAXIMUM ((size_t)1000 << 10)

/* What is kept of that for headings, counts and a matrix's table. */
#define RESERVED ((size_t)100 << 10)

/* Bytes of one failure's text, and of one reason in the list, before they are escaped. */
#define FAILURE_SHOWN 65536
#define REASON_SHOWN  500

/* Bytes of what is written at once about one verdict: each byte escaped, and what stands around. */
#define ENTRY_MAXIMUM ((size_t)6 * FAILURE_SHOWN + 4096)

/* Appends the characters, without those that a terminal could obey. */
static void append_clean(struct buffer *out, struct bytes text, bool keeps_lines)
{
	while (text.length > 0) {
		struct character next = escape_next(&text);
		bool is_space = next.point == '\n' || next.point == '\t';
		if (is_space && !keeps_lines)
			buffer_printf(out, " ");
		else if (!is_space && (!next.valid || escape_is_control(next.point)))
			buffer_printf(out, REPLACEMENT_CHARACTER);
		else
			buffer_append(out, next.bytes.data, next.bytes.length);
	}
}

static size_t longest_run_of_backticks(const char *text)
{
	size_t longest = 0;

	for (; *text != '\0'; text += strcspn(text, "`")) {
		size_t length = strspn(text, "`");
		longest = length > longest ? length : longest;
		text += length;
	}
	return longest;
}

static void append_backticks(struct buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_append(out, "`", 1);
}

/* One space at each end is taken off again, and keeps backticks of the text from the fences. */
void markdown_code(struct buffer *out, const char *text)
{
	size_t fence = longest_run_of_backticks(text) + 1;
	const char *space = fence > 1 || *text == ' ' || *text == '\0' ? " " : "";

	append_backticks(out, fence);
	buffer_printf(out, "%s", space);
	append_clean(out, bytes_of(text), false);
	buffer_printf(out, "%s", space);
	append_backticks(out, fence);
}

void markdown_html(struct buffer *out, const char *text)
{
	for (; *text != '\0'; text++) {
		size_t plain = strcspn(text, "<>&");
		append_clean(out, (struct bytes){(const unsigned char *)text, plain}, false);
		text += plain;
		if (*text == '\0')
			return;
		buffer_printf(out, "%s", *text == '<' ? "&lt;" : *text == '>' ? "&gt;" : "&amp;");
	}
}

void markdown_block(struct buffer *out, const char *text)
{
	size_t longest = longest_run_of_backticks(text), length = strlen(text);
	size_t fence = longest < 3 ? 3 : longest + 1;

	append_backticks(out, fence);
	buffer_printf(out, "text\n");
	append_clean(out, bytes_of(text), true);
	buffer_printf(out, "%s", length > 0 && text[length - 1] == '\n' ? "" : "\n");
	append_backticks(out, fence);
	buffer_printf(out, "\n");
}

/* What is collected of a round until its counts are there, which stand before it. */
struct document {
	size_t used; /* bytes of the document that lists and failures took so far */
	struct buffer list, failures;
	size_t unlisted; /* verdicts of this round that found no room in the list */
	size_t unshown;  /* failures of this round whose text found no room */
};

/* Moves the entry to a part of the document, if the document has room for it. */
static bool take(struct document *document, struct buffer *part, const struct buffer *entry)
{
	if (entry->full || document->used + entry->length > DOCUMENT_MAXIMUM - RESERVED)
		return false;
	document->used += entry->length;
	return buffer_append(part, entry->data, entry->length);
}

static void append_item(struct buffer *out, const struct outcome *outcome)
{
	struct buffer reason;
	char run[RUN_SUFFIX];

	buffer_init(&reason, REASON_SHOWN);
	outcome_append_message(&reason, outcome);
	buffer_printf(out, "- %s ", verdict_name(outcome->verdict));
	markdown_code(out, outcome->info->name);
	buffer_printf(out, "%s: ", reporter_run_suffix(outcome->run, run));
	markdown_code(out, buffer_text(&reason));
	buffer_printf(out, "\n");
	buffer_free(&reason);
}

static void append_failure(struct buffer *out, const struct outcome *outcome, const char *text)
{
	struct buffer shown;
	char run[RUN_SUFFIX];

	buffer_init(&shown, FAILURE_SHOWN);
	buffer_printf(&shown, "%s", text);
	buffer_printf(out, "\n<details><summary>%s ", verdict_name(outcome->verdict));
	markdown_html(out, outcome->info->name);
	buffer_printf(out, "%s</summary>\n\n", reporter_run_suffix(outcome->run, run));
	markdown_block(out, buffer_text(&shown));
	buffer_printf(out, "\n</details>\n");
	buffer_free(&shown);
}

static bool begin(struct reporter *reporter, struct error *error)
{
	struct document *document = reporter->state;

	(void)error;
	buffer_init(&document->list, DOCUMENT_MAXIMUM);
	buffer_init(&document->failures, DOCUMENT_MAXIMUM);
	fprintf(reporter->out, "## wirecheck\n");
	return true;
}

static void round_begins(struct reporter *reporter, const struct round *round)
{
	struct document *document = reporter->state;

	(void)round;
	buffer_clear(&document->list);
	buffer_clear(&document->failures);
	document->unlisted = document->unshown = 0;
}

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
{
	struct document *document = reporter->state;
	struct buffer entry;

	(void)round;
	if (outcome->verdict == PASS)
		return;
	buffer_init(&entry, ENTRY_MAXIMUM);
	append_item(&entry, outcome);
	document->unlisted += !take(document, &document->list, &entry);
	if (outcome->verdict != SKIP) {
		buffer_clear(&entry);
		append_failure(&entry, outcome, text);
		document->unshown += !take(document, &document->failures, &entry);
	}
	buffer_free(&entry);
}

static void write_counts(struct reporter *reporter, const size_t counts[SKIP + 1], double seconds)
{
	fputs("\n", reporter->out);
	tally_write_counts(reporter->out, counts, seconds);
}

static void write_round(struct reporter *reporter, const struct document *document)
{
	if (document->list.length > 0)
		fprintf(reporter->out, "\n%s", buffer_text(&document->list));
	if (document->unlisted > 0)
		fprintf(reporter->out, "\n%zu more did not pass: there is no room for them here.\n",
			document->unlisted);
	fprintf(reporter->out, "%s", buffer_text(&document->failures));
	if (document->unshown > 0)
		fprintf(reporter->out, "\nThere is no room here for the text of %zu more.\n",
			document->unshown);
}

/* A cell of a matrix that passed is a number in the table, and needs no more. */
static void round_over(struct reporter *reporter, const struct round *round)
{
	const struct document *document = reporter->state;
	const size_t *counts = round->tally->counts;

	if (round->client == NULL) {
		write_counts(reporter, counts, round->seconds);
	} else {
		if (counts[FAIL] + counts[BROKEN] + counts[SKIP] == 0)
			return;
		fprintf(reporter->out, "\n### Client `%s`, server `%s`\n", round->client,
			round->server);
		write_counts(reporter, counts, round->seconds);
	}
	write_round(reporter, document);
}

static void write_matrix(struct reporter *reporter, const struct matrix *matrix)
{
	char text[MATRIX_CELL_TEXT];

	fprintf(reporter->out, "\n### All\n\npassed/failed/broken/skipped\n\n| client, server |");
	for (size_t i = 0; i < matrix->count; i++)
		fprintf(reporter->out, " `%s` |", matrix->members[i].name);
	fprintf(reporter->out, "\n| --- |");
	for (size_t i = 0; i < matrix->count; i++)
		fprintf(reporter->out, " --- |");
	for (size_t client = 0; client < matrix->count; client++) {
		fprintf(reporter->out, "\n| `%s` |", matrix->members[client].name);
		for (size_t server = 0; server < matrix->count; server++)
			fprintf(reporter->out, " %s |",
				matrix_cell_text(&matrix->cells[client][server], text));
	}
	fprintf(reporter->out, "\n");
}

static void run_over(struct reporter *reporter, const struct summary *summary)
{
	if (summary->matrix == NULL)
		return;
	write_matrix(reporter, summary->matrix);
	write_counts(reporter, summary->counts, summary->seconds);
}

static void end(struct reporter *reporter)
{
	struct document *document = reporter->state;

	buffer_free(&document->list);
	buffer_free(&document->failures);
}

const struct format markdown_format = {
	.option = "markdown",
	.name = "Markdown",
	.help = "Markdown for a CI's summary: what did not pass, and why",
	.state_size = sizeof(struct document),
	.open = begin,
	.round_begins = round_begins,
	.judged = judged,
	.round_over = round_over,
	.run_over = run_over,
	.close = end,
};
