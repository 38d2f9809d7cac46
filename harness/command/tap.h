/* TAP 14 (testanything.org): how text that came from programs is written in it. */
#ifndef WIRECHECK_TAP_H
#define WIRECHECK_TAP_H

#include "base/buffer.h"

/*
 * All three replace control characters, and bytes that are not UTF-8, by U+FFFD; on one line a
 * newline or a tab becomes a space.
 */

/* Appends the text as a description: one line, with '\' before '#' and '\'. */
void tap_description(struct buffer *out, const char *text);

/* Appends the text as a scalar of YAML in double quotes, on one line. */
void tap_quoted(struct buffer *out, const char *text);

/*
 * Appends the text as the lines of a literal block of YAML, indented by four. Its first line must
 * not begin with a space (YAML 1.2, 8.1.1.1).
 */
void tap_block(struct buffer *out, const char *text);

#endif
