/* A growing buffer of bytes or text, up to a maximum. */
#ifndef WIRECHECK_BUFFER_H
#define WIRECHECK_BUFFER_H

#include "base/bytes.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Who calls buffer_init calls buffer_free. A zeroed buffer may be freed too. */
struct buffer {
	unsigned char *data; /* NULL until the first byte; then a NUL always follows the bytes */
	size_t length;
	size_t capacity;
	size_t maximum;
	bool full;    /* something did not fit, or memory ran out: nothing more is appended */
	bool is_text; /* something was printed to it: when it is full, its end says so (cut.h) */
};

/* Makes an empty buffer for up to `maximum` bytes. It allocates no memory yet. */
void buffer_init(struct buffer *buffer, size_t maximum);

/*
 * Appends as many of the bytes as fit; a text is cut as in cut.h. False when some did not fit. From
 * then on the buffer is `full`.
 */
bool buffer_append(struct buffer *buffer, const void *data, size_t length);

/*
 * Appends formatted text (printf(3)), otherwise like buffer_append. The buffer is then a text: when
 * something does not fit, it is cut as by cut_text (cut.h).
 */
bool buffer_printf(struct buffer *buffer, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));
bool buffer_vprintf(struct buffer *buffer, const char *format, va_list arguments)
	__attribute__((__format__(__printf__, 2, 0)));

/* The text so far, ended by a NUL, and never NULL. It is valid until the next append. */
const char *buffer_text(const struct buffer *buffer);

/* The bytes so far. They are valid until the next append. */
struct bytes buffer_bytes(const struct buffer *buffer);

/* Empties the buffer and keeps its memory. */
void buffer_clear(struct buffer *buffer);

/* Frees the memory. The buffer is then empty and keeps its maximum. */
void buffer_free(struct buffer *buffer);

#endif
