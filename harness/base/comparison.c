/* Expected bytes and found bytes side by side, around the first difference. */
#include "base/comparison.h"

#include <stdio.h>

#define ROW_BYTES 16

/* Which rows a comparison shows, and how wide they are. */
struct rows {
	size_t first, last; /* offsets of the first and of the last row */
	int digits;         /* of the offset before a row */
	size_t columns;     /* how many bytes the longest row shows */
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

/* The part of the value in the row that begins at `start`. It may be empty. */
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

/* Appends one row of both values, or only once when they are the same. */
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
