/* Cuts a text that is too long: after a whole character, with a mark that says so. */
#include "base/cut.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* In a shorter text than this, the long mark would take too much room. */
#define ROOM_FOR_WORDS 256

/* When a line ends within this many bytes before the mark, the text ends there. */
#define LAST_LINE 200

static size_t mark_of(char mark[CUT_MARK], size_t room)
{
	if (room < ROOM_FOR_WORDS)
		return (size_t)snprintf(mark, CUT_MARK, "...");
	return (size_t)snprintf(mark, CUT_MARK, "... cut here, at %zu bytes", room);
}

size_t cut_text(char *text, size_t length)
{
	char mark[CUT_MARK];
	size_t mark_length = mark_of(mark, length);

	if (length < mark_length)
		return length;
	struct bytes whole = {(const unsigned char *)text, length};
	size_t kept = utf8_cut(whole, length - mark_length);
	size_t near = kept < LAST_LINE ? kept : LAST_LINE;
	const char *newline =
		length < ROOM_FOR_WORDS ? NULL : memrchr(text + kept - near, '\n', near);
	if (newline != NULL)
		kept = (size_t)(newline + 1 - text);
	memcpy(text + kept, mark, mark_length + 1);
	return kept + mark_length;
}

void cut_vprint(char *out, size_t size, const char *format, va_list arguments)
{
	int length = vsnprintf(out, size, format, arguments);

	if (length < 0)
		out[0] = '\0';
	else if ((size_t)length >= size)
		cut_text(out, size - 1);
}

void cut_print(char *out, size_t size, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	cut_vprint(out, size, format, arguments);
	va_end(arguments);
}

const char *cut_call(const char *call, char *out, size_t shown)
{
	size_t kept = utf8_cut(bytes_of(call), shown);

	snprintf(out, shown + CUT_MARK, "%.*s%s", (int)kept, call, call[kept] != '\0' ? "..." : "");
	return out;
}
