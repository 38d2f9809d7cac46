/* UTF-8 (RFC 3629): whether bytes are a character, and where it ends. */
#ifndef WIRECHECK_UTF8_H
#define WIRECHECK_UTF8_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/* U+FFFD in UTF-8: it stands for bytes that are no character, and for what a format cannot hold. */
#define REPLACEMENT_CHARACTER "\xef\xbf\xbd"

/*
 * The length of the well-formed character that `text` begins with. Stores its code point in
 * `point`. When there is none it returns 0 and leaves `point` as it is.
 */
size_t utf8_decode(struct bytes text, uint32_t *point);

/* How many bytes at the beginning of the text are whole characters. */
size_t utf8_good(struct bytes text);

/* Appends the text. Each byte that is no part of a character becomes U+FFFD. */
void utf8_append(struct buffer *out, struct bytes text);

/* How many of the first `maximum` bytes to keep, so that no character is cut in two. */
size_t utf8_cut(struct bytes text, size_t maximum);

#endif
