/* The numbers, texts and options that blocks of pcapng consist of. For pcapng.c. */
#ifndef WIRECHECK_PCAPNG_OPTIONS_H
#define WIRECHECK_PCAPNG_OPTIONS_H

#include "base/buffer.h"

#include <stddef.h>
#include <stdint.h>

/* The longest option: its length is 16 bits (draft 3.5). */
#define OPTION_MAXIMUM 65535u

/*
 * What buffer_append returns is not looked at: once something did not fit, `full` stays set, and
 * who ends the block looks at it. Numbers are in this machine's byte order, which the section's
 * header tells.
 */
void pcapng_put_16(struct buffer *out, uint16_t value);
void pcapng_put_32(struct buffer *out, uint32_t value);
void pcapng_put_64(struct buffer *out, uint64_t value);

/* A time: two words, the high one first, in either byte order (draft 4.3). */
void pcapng_put_time(struct buffer *out, int64_t time);

/* Zeros up to the next 32-bit boundary behind so many bytes. */
void pcapng_put_padding(struct buffer *out, size_t length);

/* Bytes, and that padding. */
void pcapng_put_padded(struct buffer *out, const void *data, size_t length);

/* An option (draft 3.5); `length` is at most OPTION_MAXIMUM. */
void pcapng_put_option(struct buffer *out, unsigned code, const void *data, size_t length);

/*
 * An option of text, unless it is NULL or empty. One that is too long is cut at a character; what
 * is no UTF-8, for which readers refuse the file, and control characters but for tab and newline
 * become U+FFFD.
 */
void pcapng_put_text(struct buffer *out, unsigned code, const char *text);

/* An option that is a time. */
void pcapng_put_time_option(struct buffer *out, unsigned code, int64_t time);

#endif
