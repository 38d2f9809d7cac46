/* The parts of a block in pcapng: numbers, texts and options. For pcapng.c. */
#include "wire/pcapng_options.h"

#include "base/utf8.h"

#include <stdbool.h>

void pcapng_put_16(struct buffer *out, uint16_t value)
{
	buffer_append(out, &value, sizeof value);
}

void pcapng_put_32(struct buffer *out, uint32_t value)
{
	buffer_append(out, &value, sizeof value);
}

void pcapng_put_64(struct buffer *out, uint64_t value)
{
	buffer_append(out, &value, sizeof value);
}

void pcapng_put_time(struct buffer *out, int64_t time)
{
	pcapng_put_32(out, (uint32_t)((uint64_t)time >> 32));
	pcapng_put_32(out, (uint32_t)time);
}

void pcapng_put_padding(struct buffer *out, size_t length)
{
	static const unsigned char zeros[3];

	buffer_append(out, zeros, -length & 3);
}

void pcapng_put_padded(struct buffer *out, const void *data, size_t length)
{
	buffer_append(out, data, length);
	pcapng_put_padding(out, length);
}

void pcapng_put_option(struct buffer *out, unsigned code, const void *data, size_t length)
{
	pcapng_put_16(out, (uint16_t)code);
	pcapng_put_16(out, (uint16_t)length);
	pcapng_put_padded(out, data, length);
}

/* Whether a terminal, or another reader of comments, may obey this character. */
static bool is_control(uint32_t point)
{
	return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7f && point < 0xa0);
}

/* Whether the text has only whole characters, and none that a reader may obey. */
static bool is_clean(struct bytes text)
{
	uint32_t point = 0;
	size_t length;

	for (size_t at = 0; at < text.length; at += length) {
		length = utf8_decode(bytes_part(text, at, 4), &point);
		if (length == 0 || is_control(point))
			return false;
	}
	return true;
}

static void clean_append(struct buffer *out, struct bytes text)
{
	while (text.length > 0) {
		uint32_t point = 0;
		size_t length = utf8_decode(bytes_part(text, 0, 4), &point);
		if (length == 0 || is_control(point))
			buffer_printf(out, REPLACEMENT_CHARACTER);
		else
			buffer_append(out, text.data, length);
		text = bytes_part(text, length > 0 ? length : 1, text.length);
	}
}

void pcapng_put_text(struct buffer *out, unsigned code, const char *text)
{
	struct bytes whole = bytes_of(text != NULL ? text : "");
	struct buffer option;

	if (whole.length <= OPTION_MAXIMUM && is_clean(whole)) {
		if (whole.length > 0)
			pcapng_put_option(out, code, whole.data, whole.length);
		return;
	}
	buffer_init(&option, OPTION_MAXIMUM);
	option.is_text = true;
	clean_append(&option, whole);
	pcapng_put_option(out, code, buffer_text(&option), option.length);
	buffer_free(&option);
}

void pcapng_put_time_option(struct buffer *out, unsigned code, int64_t time)
{
	pcapng_put_16(out, (uint16_t)code);
	pcapng_put_16(out, sizeof time);
	pcapng_put_time(out, time);
}
