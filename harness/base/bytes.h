/* A view of bytes that somebody else owns. */
#ifndef WIRECHECK_BYTES_H
#define WIRECHECK_BYTES_H

#include <stdbool.h>
#include <stddef.h>

/* A view. Who gives it says how long it is valid. `data` may be NULL when `length` is 0. */
struct bytes {
	const unsigned char *data;
	size_t length;
};

/*
 * A string literal as bytes, all of it but the NUL that C puts at its end: BYTES("a\0b") has three.
 * Anything else than a literal does not compile. The bytes last as long as the process. C takes
 * STATIC_BYTES, and not BYTES, in the initializer of a static variable, of a table for instance.
 */
#define BYTES(literal) (__extension__((struct bytes)STATIC_BYTES(literal)))
#define STATIC_BYTES(literal)                                                     \
	{                                                                         \
		(const unsigned char *)("" literal ""), sizeof("" literal "") - 1 \
	}

/* The bytes of a C string without its NUL, valid as long as the string. */
struct bytes bytes_of(const char *text);

/* A part of a view: `length` bytes from `offset` on, or fewer if the view ends before that. */
static inline struct bytes bytes_part(struct bytes bytes, size_t offset, size_t length)
{
	if (offset >= bytes.length)
		return (struct bytes){0};
	size_t room = bytes.length - offset;
	return (struct bytes){bytes.data + offset, length < room ? length : room};
}

/* Whether two views hold the same bytes. */
bool bytes_equal(struct bytes a, struct bytes b);

/* How many bytes at the beginning of both views are the same. */
size_t bytes_same(struct bytes a, struct bytes b);

#endif
