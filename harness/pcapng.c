/* Writes a capture as a pcapng file (draft-ietf-opsawg-pcapng), for Wireshark and tcpdump. */
#include "pcapng.h"

#include "utf8.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Draft sections 4.1, 4.2, 4.3 and 4.6. */
enum block_type {
	SECTION_HEADER = 0x0a0d0d0a,
	INTERFACE_DESCRIPTION = 1,
	INTERFACE_STATISTICS = 5,
	ENHANCED_PACKET = 6,
};

/* A code means what its block says; the first two are the same in all. */
enum option_code {
	OPTION_END = 0,
	OPTION_COMMENT = 1,
	SECTION_APPLICATION = 4,
	INTERFACE_NAME = 2,
	INTERFACE_TIME_RESOLUTION = 9,
	STATISTICS_START = 2,
	STATISTICS_END = 3,
	STATISTICS_RECEIVED = 4,
	STATISTICS_DROPPED = 5,
};

#define BYTE_ORDER_MAGIC   0x1a2b3c4du
#define LINK_TYPE_ETHERNET 1
#define NANOSECONDS        9 /* as the power of ten that divides a second */

#define OPTION_MAXIMUM   65535u                /* its length is 16 bits */
#define BLOCK_MAXIMUM    (16u << 20)           /* libpcap and Wireshark take no longer one */
#define CHUNK            (256u << 10)          /* written at once */
#define COMMENTS_MAXIMUM (BLOCK_MAXIMUM - 256) /* leaves room to say how many were left out */

/*
 * The writers below do not look at what buffer_append returns: once something did not fit, `full`
 * stays set, and block_end looks at it.
 */
static void put_16(struct buffer *out, uint16_t value)
{
	buffer_append(out, &value, sizeof value);
}

static void put_32(struct buffer *out, uint32_t value)
{
	buffer_append(out, &value, sizeof value);
}

static void put_64(struct buffer *out, uint64_t value)
{
	buffer_append(out, &value, sizeof value);
}

/* A time is two words, the high one first, in either byte order (draft 4.3). */
static void put_time(struct buffer *out, int64_t time)
{
	put_32(out, (uint32_t)((uint64_t)time >> 32));
	put_32(out, (uint32_t)time);
}

/* Appends bytes, then zeros up to the next 32-bit boundary. */
static void put_padded(struct buffer *out, const void *data, size_t length)
{
	static const unsigned char zeros[3];

	buffer_append(out, data, length);
	buffer_append(out, zeros, -length & 3);
}

/* Appends an option; `length` is at most OPTION_MAXIMUM. */
static void put_option(struct buffer *out, enum option_code code, const void *data, size_t length)
{
	put_16(out, (uint16_t)code);
	put_16(out, (uint16_t)length);
	put_padded(out, data, length);
}

/*
 * Appends an option of text, unless it is empty. Readers refuse a file in which a text is not
 * UTF-8; one that is too long is cut.
 */
static void put_text(struct buffer *out, enum option_code code, const char *text)
{
	struct bytes whole = bytes_of(text);
	struct buffer option;

	if (whole.length <= OPTION_MAXIMUM && utf8_good(whole) == whole.length) {
		if (whole.length > 0)
			put_option(out, code, text, whole.length);
		return;
	}
	buffer_init(&option, OPTION_MAXIMUM);
	option.is_text = true;
	utf8_append(&option, whole);
	put_option(out, code, buffer_text(&option), option.length);
	buffer_free(&option);
}

static void put_time_option(struct buffer *out, enum option_code code, int64_t time)
{
	put_16(out, (uint16_t)code);
	put_16(out, sizeof time);
	put_time(out, time);
}

/* Gives the file up: nothing must follow what is missing in it. */
static bool pcapng_fail(struct pcapng *pcapng, int cause, struct error *error)
{
	pcapng->failure = cause;
	buffer_free(&pcapng->pending);
	errno = cause;
	return error_errno(error, "writing the capture");
}

/* Writes all that is pending. */
static bool pcapng_flush(struct pcapng *pcapng, struct error *error)
{
	struct bytes rest = buffer_bytes(&pcapng->pending);

	while (rest.length > 0) {
		ssize_t written = write(pcapng->file, rest.data, rest.length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return pcapng_fail(pcapng, written < 0 ? errno : EIO, error);
		rest.data += written;
		rest.length -= (size_t)written;
	}
	buffer_clear(&pcapng->pending);
	return true;
}

/* Begins a block and returns where, for block_end. */
static size_t block_begin(struct pcapng *pcapng, enum block_type type)
{
	size_t start = pcapng->pending.length;

	put_32(&pcapng->pending, (uint32_t)type);
	put_32(&pcapng->pending, 0); /* the length: block_end fills it in */
	return start;
}

/* Ends a block: its length goes to both ends of it (draft 3.1). */
static bool block_end(struct pcapng *pcapng, size_t start, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	uint32_t length = (uint32_t)(out->length - start + sizeof length);

	put_32(out, length);
	if (out->full)
		return pcapng_fail(pcapng, ENOMEM, error);
	memcpy(out->data + start + sizeof(uint32_t), &length, sizeof length);
	return out->length < CHUNK || pcapng_flush(pcapng, error);
}

static bool pcapng_section(
	struct pcapng *pcapng, const char *comment, const char *application, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	size_t start = block_begin(pcapng, SECTION_HEADER);

	put_32(out, BYTE_ORDER_MAGIC);
	put_16(out, 1); /* version 1.0 */
	put_16(out, 0);
	put_64(out, UINT64_MAX); /* the section's length is not told */
	put_text(out, OPTION_COMMENT, comment);
	put_text(out, SECTION_APPLICATION, application);
	put_option(out, OPTION_END, NULL, 0);
	return block_end(pcapng, start, error);
}

static bool pcapng_interface(
	struct pcapng *pcapng, const char *name, uint32_t snapshot_length, struct error *error)
{
	static const unsigned char resolution = NANOSECONDS;
	struct buffer *out = &pcapng->pending;
	size_t start = block_begin(pcapng, INTERFACE_DESCRIPTION);

	put_16(out, LINK_TYPE_ETHERNET);
	put_16(out, 0);
	put_32(out, snapshot_length);
	put_text(out, INTERFACE_NAME, name);
	put_option(out, INTERFACE_TIME_RESOLUTION, &resolution, sizeof resolution);
	put_option(out, OPTION_END, NULL, 0);
	return block_end(pcapng, start, error);
}

bool pcapng_begin(struct pcapng *pcapng, int file, const char *comment, const char *application,
	const char *interface, uint32_t snapshot_length, struct error *error)
{
	*pcapng = (struct pcapng){.file = file};
	buffer_init(&pcapng->pending, CHUNK + BLOCK_MAXIMUM);
	return pcapng_section(pcapng, comment, application, error) &&
	       pcapng_interface(pcapng, interface, snapshot_length, error);
}

/* Appends the packet's comments, as many as the block that began at `start` may hold. */
static void put_comments(struct buffer *out, size_t start, const struct pcapng_packet *packet)
{
	size_t i = 0;

	for (; i < packet->comment_count; i++) {
		size_t length = utf8_cut(bytes_of(packet->comments[i]), OPTION_MAXIMUM);
		if (out->length - start + length > COMMENTS_MAXIMUM)
			break;
		put_text(out, OPTION_COMMENT, packet->comments[i]);
	}
	if (i < packet->comment_count) {
		char rest[64];
		snprintf(
			rest, sizeof rest, "%zu more comments left out", packet->comment_count - i);
		put_text(out, OPTION_COMMENT, rest);
	}
	if (packet->comment_count > 0)
		put_option(out, OPTION_END, NULL, 0);
}

bool pcapng_add(struct pcapng *pcapng, const struct pcapng_packet *packet, struct error *error)
{
	struct buffer *out = &pcapng->pending;

	if (pcapng->failure != 0)
		return pcapng_fail(pcapng, pcapng->failure, error);
	if (packet->frame.length > COMMENTS_MAXIMUM - 64)
		return error_set(error, "a frame of %zu bytes is too long for a capture file",
			packet->frame.length);

	size_t start = block_begin(pcapng, ENHANCED_PACKET);
	put_32(out, 0); /* the only interface */
	put_time(out, packet->time);
	put_32(out, (uint32_t)packet->frame.length);
	put_32(out, packet->wire_length);
	put_padded(out, packet->frame.data, packet->frame.length);
	put_comments(out, start, packet);
	return block_end(pcapng, start, error);
}

static bool pcapng_put_statistics(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	size_t start = block_begin(pcapng, INTERFACE_STATISTICS);

	put_32(out, 0); /* the only interface */
	put_time(out, statistics->end);
	put_time_option(out, STATISTICS_START, statistics->start);
	put_time_option(out, STATISTICS_END, statistics->end);
	put_option(out, STATISTICS_RECEIVED, &statistics->received, sizeof statistics->received);
	put_option(out, STATISTICS_DROPPED, &statistics->dropped, sizeof statistics->dropped);
	put_option(out, OPTION_END, NULL, 0);
	return block_end(pcapng, start, error);
}

bool pcapng_end(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error)
{
	if (pcapng->failure != 0)
		return pcapng_fail(pcapng, pcapng->failure, error);

	bool whole =
		pcapng_put_statistics(pcapng, statistics, error) && pcapng_flush(pcapng, error);
	buffer_free(&pcapng->pending);
	return whole;
}
