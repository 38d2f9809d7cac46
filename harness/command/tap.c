/* TAP 14 (testanything.org): a test point for each verdict, and YAML for those that are not ok. */
#include "command/tap.h"

#include "base/utf8.h"
#include "command/escape.h"
#include "command/reporter.h"

#include <string.h>

/* Bytes of one test point: the text in which each byte is replaced, and its indentation. */
#define POINT_MAXIMUM (6 * OUTCOME_TEXT_MAXIMUM)

/* Appends text for one line. What would end the line or what a terminal could obey is replaced. */
static void append_line(struct buffer *out, const char *text, const char *escaped)
{
	struct bytes rest = bytes_of(text);

	while (rest.length > 0) {
		struct character next = escape_next(&rest);
		bool is_space = next.point == '\n' || next.point == '\t';
		if (is_space)
			buffer_printf(out, " ");
		else if (!next.valid || escape_is_control(next.point))
			buffer_printf(out, REPLACEMENT_CHARACTER);
		else if (next.point < 0x80 && strchr(escaped, (int)next.point) != NULL)
			buffer_printf(out, "\\%c", (int)next.point);
		else
			buffer_append(out, next.bytes.data, next.bytes.length);
	}
}

void tap_description(struct buffer *out, const char *text)
{
	append_line(out, text, "\\#");
}

void tap_quoted(struct buffer *out, const char *text)
{
	buffer_printf(out, "\"");
	append_line(out, text, "\\\"");
	buffer_printf(out, "\"");
}

/* Each line is indented, empty ones too: some readers take an empty one for the end of the YAML. */
void tap_block(struct buffer *out, const char *text)
{
	struct bytes rest = bytes_of(text);

	buffer_printf(out, "    ");
	while (rest.length > 0) {
		struct character next = escape_next(&rest);
		if (next.point == '\n' && rest.length > 0)
			buffer_printf(out, "\n    ");
		else if (next.point == '\n')
			continue;
		else if (next.point != '\t' && (!next.valid || escape_is_control(next.point)))
			buffer_printf(out, REPLACEMENT_CHARACTER);
		else
			buffer_append(out, next.bytes.data, next.bytes.length);
	}
	buffer_printf(out, "\n");
}

/* The test point's number is counted by the reporter. */
struct points {
	size_t count;
};

static void append_name(
	struct buffer *out, const struct round *round, const struct outcome *outcome)
{
	char run[RUN_SUFFIX];

	tap_description(out, outcome->info->name);
	buffer_printf(out, "%s", reporter_run_suffix(outcome->run, run));
	if (round->client != NULL)
		buffer_printf(out, " (client %s, server %s)", round->client, round->server);
}

/*
 * The text begins with the heading of the run: a YAML reader takes the indentation of a block from
 * its first line, and the first line of the failure itself begins with spaces.
 */
static void append_diagnostics(struct buffer *out, const struct outcome *outcome, const char *text)
{
	struct buffer message, shown;

	buffer_init(&message, 4096);
	buffer_init(&shown, OUTCOME_TEXT_MAXIMUM + 4096);
	outcome_append_message(&message, outcome);
	buffer_printf(
		&shown, "%s %s\n%s", verdict_name(outcome->verdict), outcome->info->name, text);
	buffer_printf(out, "  ---\n  message: ");
	tap_quoted(out, buffer_text(&message));
	buffer_printf(out, "\n  verdict: %s\n  file: ", verdict_name(outcome->verdict));
	tap_quoted(out, outcome->info->file);
	buffer_printf(out, "\n  duration_ms: %.3f\n  text: |\n", outcome->seconds * 1000);
	tap_block(out, buffer_text(&shown));
	buffer_printf(out, "  ...\n");
	buffer_free(&message);
	buffer_free(&shown);
}

static void append_point(struct buffer *out, const struct round *round,
	const struct outcome *outcome, const char *text, size_t number)
{
	bool ok = outcome->verdict == PASS || outcome->verdict == SKIP;

	buffer_printf(out, "%sok %zu - ", ok ? "" : "not ", number);
	append_name(out, round, outcome);
	if (outcome->verdict == SKIP) {
		buffer_printf(out, " # SKIP ");
		append_line(out, text, "");
	}
	buffer_printf(out, "\n");
	if (!ok)
		append_diagnostics(out, outcome, text);
}

static bool begin(struct reporter *reporter, struct error *error)
{
	(void)error;
	fprintf(reporter->out, "TAP version 14\n1..%zu\n", reporter->plan->runs);
	fflush(reporter->out);
	return true;
}

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
{
	struct points *points = reporter->state;
	struct buffer out;

	buffer_init(&out, POINT_MAXIMUM);
	append_point(&out, round, outcome, text, ++points->count);
	reporter->failed |= out.full || fputs(buffer_text(&out), reporter->out) == EOF;
	fflush(reporter->out);
	buffer_free(&out);
}

/* A run that was interrupted, or that --fail-fast ended, does not keep the plan. */
static void end(struct reporter *reporter)
{
	const struct points *points = reporter->state;

	if (points->count < reporter->plan->runs)
		fprintf(reporter->out, "Bail out! The run ended early: %zu of %zu runs were made\n",
			points->count, reporter->plan->runs);
}

const struct format tap_format = {
	.option = "tap",
	.name = "TAP",
	.help = "TAP 14, the Test Anything Protocol",
	.state_size = sizeof(struct points),
	.open = begin,
	.judged = judged,
	.close = end,
};
