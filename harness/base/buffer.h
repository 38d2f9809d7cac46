/* A growing buffer of bytes, or of text, that names its maximum. */
#ifndef WIRECHECK_BUFFER_H
#define WIRECHECK_BUFFER_H

#include "base/bytes.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Owned by whoever made it with buffer_init; a zeroed one may be freed too. */
struct buffer {
	unsigned char *data; /* NULL until the first byte; always followed by a NUL once set */
	size_t length;
	size_t capacity;
	size_t maximum;
	bool full;    /* something did not fit, or memory ran out: what follows was left out */
	bool is_text; /* something was printed to it: when it is full, its end says so (cut.h) */
};

/* Makes an empty buffer that takes up to `maximum` bytes. Allocates nothing yet. */
void buffer_init(struct buffer *buffer, size_t maximum);

/* Appends as many of the bytes as fit, of a text as cut.h has it. False when some did not, and
 * `full` says so ever after. */
bool buffer_append(struct buffer *buffer, const void *data, size_t length);

/*
 * Appends formatted text, as printf(3) makes it; otherwise as buffer_append. What has been printed
 * to is a text: once something does not fit, it ends as cut_text (cut.h) leaves it.
 */
bool buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
bool buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
	__attribute__((__format__(__printf__, 2, 0)));

/* The text so far, ended by a NUL; valid until the next append. Never NULL. */
const char *buffer_text(const struct buffer *buffer);

/* The bytes so far; valid until the next append. */
struct bytes buffer_bytes(const struct buffer *buffer);

/* Empties the buffer and keeps its memory. */
void buffer_clear(struct buffer *buffer);

/* Gives the memory back and leaves the buffer empty, with its maximum. */
void buffer_free(struct buffer *buffer);

#endif
