/* Writes JSON (RFC 8259): the few pieces that one line a verdict needs. */
#include "command/json.h"

#include "base/utf8.h"

#include <stdint.h>

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
	uint32_t point;

	buffer_append(out, "\"", 1);
	while (text.length > 0) {
		size_t length = utf8_decode(text, &point);
		if (length == 0)
			buffer_printf(out, "\\ufffd");
		else if (length == 1)
			json_character(out, text.data[0]);
		else
			buffer_append(out, text.data, length);
		length = length > 0 ? length : 1;
		text = (struct bytes){text.data + length, text.length - length};
	}
	buffer_append(out, "\"", 1);
}

/* Appends a further member of the object, unless it is NULL. */
static void json_member(struct buffer *out, const char *name, const char *value)
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
