/* Bytes as people read them: in quotes, with escapes. */
#ifndef WIRECHECK_TEXT_H
#define WIRECHECK_TEXT_H

#include "base/buffer.h"

#include <stddef.h>

/* How many bytes of a value a message shows: of one among several, of a text, of a long text. */
#define SHOWN_SHORT 60
#define SHOWN_TEXT  200
#define SHOWN_LONG  400

/*
 * Appends the value in double quotes. Printable ASCII and printable characters in well-formed UTF-8
 * stay as they are. Five bytes become \n \r \t \" \\ as in C. Every other byte becomes \x and exactly
 * two hexadecimal digits. A value longer than `maximum` bytes is cut between two characters, and its
 * length follows: "aaaa"... (1048576 bytes)
 */
void text_quote(struct buffer *out, struct bytes value, size_t maximum);

/*
 * Appends the value as text_quote does, but only in ASCII and at most `columns` wide. When there is
 * more, the mark ... follows: "aaaa"... Appends nothing when there is no room for one byte and that
 * mark.
 */
void text_excerpt(struct buffer *out, struct bytes value, size_t columns);

#endif
