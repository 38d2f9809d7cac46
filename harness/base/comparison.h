/* Expected bytes and found bytes side by side, around the first difference. */
#ifndef WIRECHECK_COMPARISON_H
#define WIRECHECK_COMPARISON_H

#include "base/buffer.h"

#include <stddef.h>

/*
 * Appends the offset of the first byte that differs, or that only one value has, and the rows of 16
 * bytes around it. The offset of a row is hexadecimal. Two rows that are the same are shown once,
 * as "both". Every line ends with a newline:
 *
 * differs at byte 18 (0x12) of 21 expected, 20 found
 *   both      0000  48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d  HTTP/1.1 200 OK.
 *   expected  0010  0a 0d 0a 68 69                                   ...hi
 *   found     0010  0a 0d 68 69                                      ..hi
 *                         ^^
 */
void text_compare(struct buffer *out, struct bytes expected, struct bytes found);

/* A part of a value: its bytes from `offset` on, and the length of the whole value. */
struct excerpt {
	struct bytes bytes;
	size_t offset, length;
};

/* A comparison shows at most this many bytes of a value, from text_around(difference) on. */
#define TEXT_AROUND 48
size_t text_around(size_t difference);

/*
 * The same as text_compare for long values that differ at `difference`. Each excerpt has the bytes
 * that are shown.
 */
void text_compare_excerpts(struct buffer *out, const struct excerpt *expected,
	const struct excerpt *found, size_t difference);

#endif
