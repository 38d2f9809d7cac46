/* UTF-8 (RFC 3629): where a character ends, and whether what stands there is one. */
#ifndef WIRECHECK_UTF8_H
#define WIRECHECK_UTF8_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Length of the well-formed character that `text` begins with, whose code point is stored in
 * `point`; 0, and `point` untouched, when there is none.
 */
size_t utf8_decode(struct bytes text, uint32_t *point);

/* How many bytes of the text come before the first that is no part of a character. */
size_t utf8_good(struct bytes text);

/* Appends the text; each byte of it that is no part of a character becomes U+FFFD. */
void utf8_append(struct buffer *out, struct bytes text);

/* How many of the first `maximum` bytes to keep so that no character is cut in two. */
size_t utf8_cut(struct bytes text, size_t maximum);

#endif
