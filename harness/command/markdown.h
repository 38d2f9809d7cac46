/* GitHub Flavored Markdown: how text that came from programs is written in it. */
#ifndef WIRECHECK_MARKDOWN_H
#define WIRECHECK_MARKDOWN_H

#include "base/buffer.h"

/*
 * All three replace control characters, and bytes that are not UTF-8, by U+FFFD. Nothing in the
 * text is markup, whatever it is.
 */

/* Appends the text as a code span (GFM 6.3): one line, in which a newline or a tab is a space. */
void markdown_code(struct buffer *out, const char *text);

/* Appends the text as the content of an HTML element, on one line. */
void markdown_html(struct buffer *out, const char *text);

/* Appends the text as a fenced code block (GFM 4.5), its fences longer than any in the text. */
void markdown_block(struct buffer *out, const char *text);

#endif
