/* Bytes as people read them: in quotes, with escapes. */
#ifndef WIRECHECK_TEXT_H
#define WIRECHECK_TEXT_H

#include "base/buffer.h"

#include <stddef.h>

/* Bytes of a text that a message shows: in a line of its own, and within a sentence. */
#define TEXT_SHOWN             200
#define TEXT_SHOWN_IN_SENTENCE 60

/*
 * Appends the value in double quotes. Printable ASCII and printable characters in well-formed UTF-8
 * stay as they are. Five bytes become \n \r \t \" \\ as in C. Every other byte becomes \x and
 * exactly two hexadecimal digits. A value longer than `maximum` bytes is cut between two
 * characters, and its length follows: "aaaa"... (1048576 bytes)
 */
void text_quote(struct buffer *out, struct bytes value, size_t maximum);

/*
 * Appends the value as text_quote does, but only in ASCII and at most `columns` wide. When there is
 * more, the mark ... follows: "aaaa"... Appends nothing when there is no room for one byte and that
 * mark.
 */
void text_excerpt(struct buffer *out, struct bytes value, size_t columns);

/*
 * Appends each line of a text between `before` and `after`, without its newline. An empty text has
 * no line.
 */
void text_lines(struct buffer *out, const char *before, const char *text, const char *after);

#endif
