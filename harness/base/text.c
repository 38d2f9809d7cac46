/* Bytes as people read them: quoted and escaped, or expected against found. */
#include "base/text.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Room for one character or escaped byte, its NUL included. */
#define UNIT_TEXT 5

#define ROW_BYTES 16

/* Characters that a terminal obeys, hides or shows as if they were a plain space. */
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

/* What stands for this byte after a backslash, as in C; 0: nothing. */
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

/* Writes the character or escaped byte that `rest` begins with; returns how many bytes it took. */
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

/* How many bytes of the value fit into this many columns of ASCII, without quotes. */
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

/* Which rows of 16 bytes a comparison shows, and how wide they are. */
struct rows {
	size_t first, last; /* offsets of the first and of the last row */
	int digits;         /* of a row's offset */
	size_t columns;     /* bytes in the longest row shown */
};

static struct rows text_rows(size_t difference, size_t longest)
{
	size_t row = difference - difference % ROW_BYTES;
	struct rows rows = {.first = row > 0 ? row - ROW_BYTES : 0, .last = row};

	if (longest - row > ROW_BYTES)
		rows.last = row + ROW_BYTES;
	rows.digits = snprintf(NULL, 0, "%04zx", rows.last);
	rows.columns = longest - rows.first < ROW_BYTES ? longest - rows.first : ROW_BYTES;
	return rows;
}

/* The part of the value in the row that begins at `start`; may be empty. */
static struct bytes text_in_row(const struct excerpt *value, size_t start)
{
	if (start < value->offset)
		return (struct bytes){0};
	return bytes_part(value->bytes, start - value->offset, ROW_BYTES);
}

static void text_row(struct buffer *out, const struct rows *rows, size_t start, const char *name,
	struct bytes part)
{
	buffer_printf(out, "  %-8s  %0*zx", name, rows->digits, start);
	if (part.length > 0)
		buffer_append(out, " ", 1);
	for (size_t i = 0; i < part.length; i++)
		buffer_printf(out, " %02x", part.data[i]);
	if (part.length > 0)
		buffer_printf(out, "%*s", (int)(2 + 3 * (rows->columns - part.length)), "");
	for (size_t i = 0; i < part.length; i++)
		buffer_printf(out, "%c",
			part.data[i] >= 0x20 && part.data[i] < 0x7f ? part.data[i] : '.');
	buffer_append(out, "\n", 1);
}

/* Appends what both values have in one row: once where it is the same. */
static void text_row_of_both(struct buffer *out, const struct rows *rows, size_t start,
	const struct excerpt *expected, const struct excerpt *found)
{
	struct bytes expected_part = text_in_row(expected, start);
	struct bytes found_part = text_in_row(found, start);

	if (bytes_equal(expected_part, found_part)) {
		text_row(out, rows, start, "both", expected_part);
		return;
	}
	text_row(out, rows, start, "expected", expected_part);
	text_row(out, rows, start, "found", found_part);
}

static void text_headline(struct buffer *out, size_t expected, size_t found, size_t difference)
{
	buffer_printf(out, "differs at byte %zu", difference);
	if (difference > 9)
		buffer_printf(out, " (0x%zx)", difference);
	buffer_printf(out, " of %zu expected, %zu found", expected, found);
	if (difference == expected)
		buffer_printf(out, ": expected ends there");
	if (difference == found)
		buffer_printf(out, ": found ends there");
	buffer_append(out, "\n", 1);
}

size_t text_around(size_t difference)
{
	return text_rows(difference, difference).first;
}

void text_compare_excerpts(struct buffer *out, const struct excerpt *expected,
	const struct excerpt *found, size_t difference)
{
	size_t longest = expected->length > found->length ? expected->length : found->length;
	struct rows rows = text_rows(difference, longest);

	text_headline(out, expected->length, found->length, difference);
	for (size_t start = rows.first; start <= rows.last; start += ROW_BYTES) {
		text_row_of_both(out, &rows, start, expected, found);
		if (difference - start < ROW_BYTES)
			buffer_printf(out, "%*s^^\n",
				(int)(14 + (size_t)rows.digits + 3 * (difference - start)), "");
	}
}

void text_compare(struct buffer *out, struct bytes expected, struct bytes found)
{
	struct excerpt all_expected = {expected, 0, expected.length};
	struct excerpt all_found = {found, 0, found.length};
	size_t longest = expected.length > found.length ? expected.length : found.length;
	size_t difference = bytes_same(expected, found);

	if (difference < longest)
		text_compare_excerpts(out, &all_expected, &all_found, difference);
	else
		buffer_printf(out, "no difference: %zu expected, %zu found\n", expected.length,
			found.length);
}

/* Bytes of a pattern's part, and of what stands in its place, that a line shows. */
#define PART_SHOWN 60

/* The part of a pattern that begins here: up to the next * or to the end. */
static struct bytes pattern_part(const char *pattern)
{
	return (struct bytes){(const unsigned char *)pattern, strcspn(pattern, "*")};
}

static bool bytes_begin(struct bytes value, struct bytes beginning)
{
	return value.length >= beginning.length &&
	       bytes_equal(bytes_part(value, 0, beginning.length), beginning);
}

/* Where a part, which is not empty, is first found at or behind `at`; SIZE_MAX: nowhere. */
static size_t bytes_find(struct bytes value, size_t at, struct bytes part)
{
	const unsigned char *found = at < value.length ? memmem(value.data + at, value.length - at,
								 part.data, part.length)
						       : NULL;

	return found != NULL ? (size_t)(found - value.data) : SIZE_MAX;
}

/* The first part of a pattern must stand at the value's beginning. */
static bool pattern_begins(struct buffer *why, struct bytes part, struct bytes value)
{
	if (bytes_begin(value, part))
		return true;
	size_t at = bytes_same(part, value);
	buffer_printf(why, "differs at byte %zu: expected ", at);
	text_quote(why, bytes_part(part, at, part.length), PART_SHOWN);
	buffer_printf(why, ", found ");
	text_quote(why, bytes_part(value, at, value.length), PART_SHOWN);
	buffer_append(why, "\n", 1);
	return false;
}

/* The last part, behind a *, must stand at the value's end, behind what others have taken. */
static bool pattern_ends(struct buffer *why, struct bytes part, struct bytes value, size_t taken)
{
	size_t room = value.length - taken;

	if (part.length <= room &&
		bytes_begin(bytes_part(value, value.length - part.length, part.length), part))
		return true;
	buffer_printf(why, "does not end with ");
	text_quote(why, part, PART_SHOWN);
	buffer_printf(why, " behind byte %zu\n", taken);
	return false;
}

/* The leftmost place of each part leaves most room for those behind it. */
bool text_matches(struct buffer *why, const char *pattern, struct bytes value)
{
	struct bytes part = pattern_part(pattern);

	if (!pattern_begins(why, part, value))
		return false;
	size_t taken = part.length;
	while (pattern[part.length] == '*') {
		pattern += part.length + 1;
		part = pattern_part(pattern);
		if (pattern[part.length] == '\0')
			return pattern_ends(why, part, value, taken);
		size_t found = part.length > 0 ? bytes_find(value, taken, part) : taken;
		if (found == SIZE_MAX) {
			buffer_printf(why, "does not have ");
			text_quote(why, part, PART_SHOWN);
			buffer_printf(why, " behind byte %zu\n", taken);
			return false;
		}
		taken = found + part.length;
	}
	if (taken == value.length)
		return true;
	buffer_printf(why, "goes on behind byte %zu, where the pattern ends\n", taken);
	return false;
}

void text_describe_match(struct buffer *out, const char *pattern, struct bytes value)
{
	buffer_printf(out, "  expected  ");
	text_quote(out, bytes_of(pattern), 2 * TEXT_SHOWN);
	buffer_printf(out, "\n  found     ");
	text_quote(out, value, 2 * TEXT_SHOWN);
	buffer_append(out, "\n", 1);
}

enum match text_match_beginning(const char *pattern, struct bytes value, size_t *length)
{
	struct bytes part = pattern_part(pattern);

	*length = 0;
	if (!bytes_begin(value, part))
		return bytes_same(part, value) < value.length ? MATCH_NEVER : MATCH_NOT_YET;
	size_t taken = part.length;
	while (pattern[part.length] == '*') {
		pattern += part.length + 1;
		part = pattern_part(pattern);
		if (part.length == 0 && *pattern == '\0') {
			*length = taken;
			return MATCH_SO_FAR;
		}
		size_t found = part.length > 0 ? bytes_find(value, taken, part) : taken;
		if (found == SIZE_MAX)
			return MATCH_NOT_YET;
		taken = found + part.length;
	}
	*length = taken;
	return MATCH_COMPLETE;
}
