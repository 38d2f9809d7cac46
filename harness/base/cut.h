/* Where a text that has no room ends: at a whole character, with a mark that says so. */
#ifndef WIRECHECK_CUT_H
#define WIRECHECK_CUT_H

#include <stdarg.h>
#include <stddef.h>

/* The longest mark, its NUL included. */
#define CUT_MARK 64

/*
 * The text has `length` bytes and would have more, but there is no room. Puts a mark at its end:
 * "... cut here, at 8192 bytes", or "..." where there is little room. What is left before it is
 * whole characters, and whole lines where a line ended shortly before. Returns the new length.
 */
size_t cut_text(char *text, size_t length);

/* As snprintf(3), but a text that does not fit is cut as above. */
void cut_print(char *out, size_t size, const char *format, ...)
	__attribute__((__format__(__printf__, 3, 4)));
void cut_vprint(char *out, size_t size, const char *format, va_list arguments)
	__attribute__((__format__(__printf__, 3, 0)));

#endif
