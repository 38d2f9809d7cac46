/* Cuts a text that is too long: after a whole character, with a mark that says so. */
#ifndef WIRECHECK_CUT_H
#define WIRECHECK_CUT_H

#include <stdarg.h>
#include <stddef.h>

/* Room for the longest mark and its NUL. */
#define CUT_MARK 64

/*
 * The text has `length` bytes and would have more, but there is no room. Replaces its end by a
 * mark: "... cut here, at 8192 bytes", or "..." when the text is short. Before the mark there are
 * only whole characters. If a line ends shortly before, there are only whole lines. Returns the new
 * length.
 */
size_t cut_text(char *text, size_t length);

/* Like snprintf(3), but a text that does not fit is cut as by cut_text. */
void cut_print(char *out, size_t size, const char *format, ...)
	__attribute__((__format__(__printf__, 3, 4)));
void cut_vprint(char *out, size_t size, const char *format, va_list arguments)
	__attribute__((__format__(__printf__, 3, 0)));

/*
 * A verb's call, of which at most `shown` bytes are wanted: all of it, or whole characters and
 * "...". Returns `out`, which has `shown` + CUT_MARK bytes.
 */
const char *cut_call(const char *call, char *out, size_t shown);

#endif
