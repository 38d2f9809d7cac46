/* An error with its cause, handed up to the caller that can act on it. */
#ifndef WIRECHECK_ERROR_H
#define WIRECHECK_ERROR_H

#include <stdbool.h>

/* Text for a person, without a newline at its end. The caller owns the structure. */
struct error {
	char text[512];
};

/*
 * Writes the text, cut if it is too long (cut.h). Always returns false, so that callers can write
 * `return error_set(...)`.
 */
bool error_set(struct error *error, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));

/* The same, followed by a colon and the meaning of errno (strerror(3)), which is never cut. */
bool error_errno(struct error *error, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));

#endif
