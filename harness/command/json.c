/* JSON (RFC 8259): one object a line for each verdict, written as soon as the verdict is there. */
#include "command/json.h"

#include "command/escape.h"
#include "command/reporter.h"

/* A line in which each byte of the text is escaped: a line that is cut would not be JSON. */
#define LINE_MAXIMUM (6 * OUTCOME_TEXT_MAXIMUM + OUTCOME_TEXT_MAXIMUM)

static void json_character(struct buffer *out, unsigned char byte)
{
	switch (byte) {
	case '"':
		buffer_printf(out, "\\\"");
		break;
	case '\\':
		buffer_printf(out, "\\\\");
		break;
	case '\n':
		buffer_printf(out, "\\n");
		break;
	default:
		if (byte < 0x20)
			buffer_printf(out, "\\u%04x", byte);
		else
			buffer_append(out, &byte, 1);
	}
}

void json_string(struct buffer *out, struct bytes text)
{
	buffer_append(out, "\"", 1);
	while (text.length > 0) {
		struct character next = escape_next(&text);
		if (!next.valid)
			buffer_printf(out, "\\ufffd");
		else if (next.bytes.length == 1)
			json_character(out, next.bytes.data[0]);
		else
			buffer_append(out, next.bytes.data, next.bytes.length);
	}
	buffer_append(out, "\"", 1);
}

void json_member(struct buffer *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	buffer_printf(out, ",\"%s\":", name);
	json_string(out, bytes_of(value));
}

void json_verdict(struct buffer *out, const struct json_verdict *verdict)
{
	buffer_printf(out, "{\"name\":");
	json_string(out, bytes_of(verdict->name));
	buffer_printf(out, ",\"run\":%u,\"verdict\":", verdict->run);
	json_string(out, bytes_of(verdict->verdict));
	buffer_printf(out, ",\"seconds\":%.6f,\"asserts\":%lu", verdict->seconds, verdict->asserts);
	json_member(out, "proves", verdict->proves);
	json_member(out, "clause", verdict->clause);
	json_member(out, "text", verdict->text);
	json_member(out, "client", verdict->client);
	json_member(out, "server", verdict->server);
	buffer_printf(out, "}\n");
}

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
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
		.text = outcome->verdict == PASS ? "" : text,
		.client = round->client,
		.server = round->server,
	};

	buffer_init(&line, LINE_MAXIMUM);
	json_verdict(&line, &verdict);
	reporter->failed |= line.full || fputs(buffer_text(&line), reporter->out) == EOF;
	fflush(reporter->out);
	buffer_free(&line);
}

const struct format json_format = {
	.option = "json",
	.name = "JSON",
	.help = "one JSON object a line for each verdict",
	.judged = judged,
};
