/* Bytes as people read them: quoted and escaped, or expected against found. */
#ifndef WIRECHECK_TEXT_H
#define WIRECHECK_TEXT_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a text that a message shows: in a line of its own, and within a sentence. */
#define TEXT_SHOWN             200
#define TEXT_SHOWN_IN_SENTENCE 60

/*
 * Appends the value in double quotes. Printing ASCII and letters in well-formed UTF-8 stand as
 * they are; \n \r \t \" \\ as in C; every other byte as \x and exactly two hex digits. Of a value
 * longer than `maximum` bytes the beginning is shown, cut between characters, and its length told:
 * "aaaa"... (1048576 bytes)
 */
void text_quote(struct buffer *out, struct bytes value, size_t maximum);

/*
 * Appends the value as text_quote does, but in ASCII alone and at most `columns` wide: "aaaa"...
 * when there is more. Appends nothing when `columns` is too narrow for one byte and that mark.
 */
void text_excerpt(struct buffer *out, struct bytes value, size_t columns);

/*
 * Appends the offset of the first byte that differs, or that only one value has, and rows of 16
 * bytes around it, whatever the values' lengths. Offsets of rows are hexadecimal; where two rows
 * are the same they are shown once, as "both". Every line ends with a newline:
 *
 * differs at byte 18 (0x12) of 21 expected, 20 found
 *   both      0000  48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK.
 *   expected  0010  0a 0d 0a 68 69                                   ...hi
 *   found     0010  0a 0d 68 69                                      ..hi
 *                         ^^
 */
void text_compare(struct buffer *out, struct bytes expected, struct bytes found);

/* The bytes of a value from `offset` on, as far as a comparison shows them, and its length. */
struct excerpt {
	struct bytes bytes;
	size_t offset, length;
};

/* A comparison shows at most so many bytes of a value, from text_around(difference) on. */
#define TEXT_AROUND 48
size_t text_around(size_t difference);

/* The same for values that differ at `difference`, of which these excerpts have what is shown. */
void text_compare_excerpts(struct buffer *out, const struct excerpt *expected,
	const struct excerpt *found, size_t difference);

/*
 * Whether the value matches a pattern, in which each * stands for any bytes, none and NULs among
 * them, and all else for itself. There is no limit on either's length. Appends why not, in a line
 * that ends with a newline.
 */
bool text_matches(struct buffer *why, const char *pattern, struct bytes value);

#endif
