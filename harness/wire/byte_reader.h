/* Reads numbers from untrusted bytes, one after the other, and never past their end. */
#ifndef WIRECHECK_BYTE_READER_H
#define WIRECHECK_BYTE_READER_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The bytes that are left to read. A read of more bytes sets `failed` and gives zeros, and so does
 * each later read. So a whole header can be read before `failed` is looked at.
 */
struct reader {
	struct bytes rest;
	bool failed;
};

/* The next `length` bytes as a view. */
static inline struct bytes reader_take(struct reader *reader, size_t length)
{
	if (reader->failed || length > reader->rest.length) {
		reader->failed = true;
		return (struct bytes){0};
	}
	struct bytes taken = bytes_part(reader->rest, 0, length);
	reader->rest = bytes_part(reader->rest, length, reader->rest.length);
	return taken;
}

/* The next number of `length` bytes, 4 at most, in network order. */
static inline uint32_t reader_number(struct reader *reader, size_t length)
{
	struct bytes taken = reader_take(reader, length);
	uint32_t number = 0;

	for (size_t i = 0; i < taken.length; i++)
		number = number << 8 | taken.data[i];
	return number;
}

static inline uint8_t reader_u8(struct reader *reader)
{
	return (uint8_t)reader_number(reader, 1);
}

static inline uint16_t reader_u16(struct reader *reader)
{
	return (uint16_t)reader_number(reader, 2);
}

static inline uint32_t reader_u32(struct reader *reader)
{
	return reader_number(reader, 4);
}

#endif
