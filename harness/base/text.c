/* Bytes as people read them: in quotes, with escapes. */
#include "base/text.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Room for one character or escaped byte, its NUL included. */
#define UNIT_TEXT 5

/* Characters that a terminal obeys or hides, or that look like a plain space. */
static const struct {
	uint32_t first, last;
} unprintable[] = {
	{0x7f, 0xa0},        /* DEL, C1 controls, no-break space */
	{0xad, 0xad},        /* soft hyphen */
	{0x34f, 0x34f},      /* combining grapheme joiner */
	{0x61c, 0x61c},      /* Arabic letter mark */
	{0x115f, 0x1160},    /* Hangul fillers */
	{0x1680, 0x1680},    /* Ogham space */
	{0x180b, 0x180f},    /* Mongolian selectors and vowel separator */
	{0x2000, 0x200f},    /* spaces, zero widths, direction marks */
	{0x2028, 0x202f},    /* separators, direction overrides, narrow space */
	{0x205f, 0x206f},    /* math space, invisible operators, direction isolates */
	{0x2800, 0x2800},    /* blank Braille pattern */
	{0x3000, 0x3000},    /* ideographic space */
	{0x3164, 0x3164},    /* Hangul filler */
	{0xe000, 0xf8ff},    /* private use */
	{0xfe00, 0xfe0f},    /* variation selectors */
	{0xfeff, 0xfeff},    /* byte order mark */
	{0xffa0, 0xffa0},    /* halfwidth Hangul filler */
	{0xfff0, 0xfffb},    /* unassigned, annotation marks */
	{0xfffe, 0xffff},    /* no characters */
	{0xe0000, 0x10ffff}, /* tags, selectors, private use */
};

static bool text_is_printable(uint32_t point)
{
	if (point < 0x20)
		return false;
	for (size_t i = 0; i < sizeof unprintable / sizeof *unprintable; i++)
		if (point >= unprintable[i].first && point <= unprintable[i].last)
			return false;
	return true;
}

/* The letter that stands for this byte after a backslash in C; 0: there is none. */
static char text_short_escape(unsigned char byte)
{
	switch (byte) {
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\t':
		return 't';
	case '"':
	case '\\':
		return (char)byte;
	}
	return 0;
}

/* Writes the character or escaped byte that `rest` begins with. Returns how many bytes that are. */
static size_t text_unit(char unit[UNIT_TEXT], struct bytes rest, bool ascii)
{
	uint32_t point;
	size_t length = utf8_decode(rest, &point);
	char escape = text_short_escape(rest.data[0]);

	if (escape != 0) {
		snprintf(unit, UNIT_TEXT, "\\%c", escape);
		return 1;
	}
	if (length == 0 || !text_is_printable(point) || (ascii && length > 1)) {
		snprintf(unit, UNIT_TEXT, "\\x%02x", rest.data[0]);
		return 1;
	}
	memcpy(unit, rest.data, length);
	unit[length] = '\0';
	return length;
}

/* Appends all of the value in double quotes. */
static void text_quote_all(struct buffer *out, struct bytes value, bool ascii)
{
	char unit[UNIT_TEXT];

	buffer_append(out, "\"", 1);
	for (size_t at = 0; at < value.length;) {
		struct bytes rest = {value.data + at, value.length - at};
		at += text_unit(unit, rest, ascii);
		buffer_append(out, unit, strlen(unit));
	}
	buffer_append(out, "\"", 1);
}

void text_quote(struct buffer *out, struct bytes value, size_t maximum)
{
	size_t shown = utf8_cut(value, maximum);

	text_quote_all(out, (struct bytes){value.data, shown}, false);
	if (shown < value.length)
		buffer_printf(out, "... (%zu bytes)", value.length);
}

/* How many bytes of the value fit into this many columns of ASCII, without the quotes. */
static size_t text_fitting(struct bytes value, size_t columns)
{
	char unit[UNIT_TEXT];
	size_t at = 0;

	for (size_t used = 0; at < value.length; at++) {
		text_unit(unit, (struct bytes){value.data + at, value.length - at}, true);
		used += strlen(unit);
		if (used > columns)
			break;
	}
	return at;
}

void text_excerpt(struct buffer *out, struct bytes value, size_t columns)
{
	const size_t quotes = 2, mark = 3, widest = UNIT_TEXT - 1;

	if (columns < quotes + widest + mark)
		return;
	size_t shown = text_fitting(value, columns - quotes);
	if (shown < value.length)
		shown = text_fitting(value, columns - quotes - mark);
	text_quote_all(out, (struct bytes){value.data, shown}, true);
	if (shown < value.length)
		buffer_append(out, "...", mark);
}

void text_lines(struct buffer *out, const char *before, const char *text, const char *after)
{
	while (*text != '\0') {
		size_t length = strcspn(text, "\n");
		buffer_printf(out, "%s%.*s%s", before, (int)length, text, after);
		text += length + (text[length] == '\n');
	}
}
