/*
 * The parts of a block in pcapng: numbers, texts and options. For pcapng.c.
 *
 * Tested by test_pcapng.c.
 */
#ifndef WIRECHECK_PCAPNG_OPTIONS_H
#define WIRECHECK_PCAPNG_OPTIONS_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/* The longest option: its length is 16 bits (draft 3.5). */
#define OPTION_MAXIMUM 65535u

/*
 * Appends a number in the byte order of this machine; the section's header says which that is. When
 * something did not fit, the buffer stays `full`: pcapng.c checks that at the end of each block.
 */
void pcapng_put_16(struct buffer *out, uint16_t value);
void pcapng_put_32(struct buffer *out, uint32_t value);
void pcapng_put_64(struct buffer *out, uint64_t value);

/* Appends a time: two words, with the high one first in either byte order (draft 4.3). */
void pcapng_put_time(struct buffer *out, int64_t time);

/* After `length` bytes, appends zeros up to the next 32-bit boundary. */
void pcapng_put_padding(struct buffer *out, size_t length);

/* Appends bytes and that padding. */
void pcapng_put_padded(struct buffer *out, const void *data, size_t length);

/* Appends an option (draft 3.5). `length` is at most OPTION_MAXIMUM. */
void pcapng_put_option(struct buffer *out, unsigned code, const void *data, size_t length);

/*
 * Appends a text as an option, unless it is NULL or "". A text that is too long is cut after a
 * whole character. Bytes that are no UTF-8 become U+FFFD: readers would refuse the file. So do
 * control characters, except tab and newline.
 */
void pcapng_put_text(struct buffer *out, unsigned code, const char *text);

/* Appends a time as an option. */
void pcapng_put_time_option(struct buffer *out, unsigned code, int64_t time);

#endif
