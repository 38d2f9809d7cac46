/* Writes a capture as a pcapng file (draft-ietf-opsawg-pcapng), for Wireshark and tcpdump. */
#include "wire/pcapng.h"

#include "wire/pcapng_options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Draft sections 4.1 to 4.3, 4.5 and 4.6. */
enum block_type {
	SECTION_HEADER = 0x0a0d0d0a,
	INTERFACE_DESCRIPTION = 1,
	NAME_RESOLUTION = 4,
	INTERFACE_STATISTICS = 5,
	ENHANCED_PACKET = 6,
};

/* Each kind of block has its own codes. The first two are the same in all blocks. */
enum option_code {
	OPTION_END = 0,
	OPTION_COMMENT = 1,
	SECTION_HARDWARE = 2,
	SECTION_SYSTEM = 3,
	SECTION_APPLICATION = 4,
	INTERFACE_NAME = 2,
	INTERFACE_DESCRIPTION_TEXT = 3,
	INTERFACE_SPEED = 8,
	INTERFACE_TIME_RESOLUTION = 9,
	INTERFACE_FILTER = 11,
	INTERFACE_SYSTEM = 12,
	PACKET_FLAGS = 2,
	STATISTICS_START = 2,
	STATISTICS_END = 3,
	STATISTICS_RECEIVED = 4,
	STATISTICS_DROPPED = 5,
	STATISTICS_DROPPED_BY_SYSTEM = 7,
	STATISTICS_DELIVERED = 8,
};

/* Records of a name resolution block (draft 4.5). */
enum record_type {
	RECORD_END = 0,
	RECORD_IPV4 = 1,
	RECORD_IPV6 = 2,
};

/* Bits of a packet's flags (draft 4.3.1). */
#define FLAG_INBOUND            0x001u
#define FLAG_CHECKSUM_NOT_READY 0x200u

/* The first byte of a filter says: a text in libpcap's language follows. */
#define FILTER_OF_LIBPCAP '\0'

#define BYTE_ORDER_MAGIC   0x1a2b3c4du
#define LINK_TYPE_ETHERNET 1
#define NANOSECONDS        9 /* a second has 10 to the power of 9 of them */

#define BLOCK_MAXIMUM    (16u << 20)           /* libpcap and Wireshark take no longer one */
#define CHUNK            (256u << 10)          /* is written at once */
#define COMMENTS_MAXIMUM (BLOCK_MAXIMUM - 256) /* leaves room to say how many were left out */

/* Room for what is not written yet, for a block, and for a comment that does not fit into it. */
#define PENDING_MAXIMUM (CHUNK + BLOCK_MAXIMUM + OPTION_MAXIMUM + 64)

/* Gives up the file: nothing may follow after a part that is missing. */
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

/* Begins a block and returns where it begins, for end_block. */
static size_t begin_block(struct pcapng *pcapng, enum block_type type)
{
	size_t start = pcapng->pending.length;

	pcapng_put_32(&pcapng->pending, (uint32_t)type);
	pcapng_put_32(&pcapng->pending, 0); /* the length: end_block fills it in */
	return start;
}

/* Ends a block: its length is at both ends of it (draft 3.1). */
static bool end_block(struct pcapng *pcapng, size_t start, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	uint32_t length = (uint32_t)(out->length - start + sizeof length);

	pcapng_put_32(out, length);
	if (out->full)
		return pcapng_fail(pcapng, ENOMEM, error);
	memcpy(out->data + start + sizeof(uint32_t), &length, sizeof length);
	return out->length < CHUNK || pcapng_flush(pcapng, error);
}

static bool put_section(
	struct pcapng *pcapng, const struct pcapng_section *section, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	size_t start = begin_block(pcapng, SECTION_HEADER);

	pcapng_put_32(out, BYTE_ORDER_MAGIC);
	pcapng_put_16(out, 1); /* version 1.0 */
	pcapng_put_16(out, 0);
	pcapng_put_64(out, UINT64_MAX); /* the length of the section is not given */
	pcapng_put_text(out, OPTION_COMMENT, section->comment);
	pcapng_put_text(out, SECTION_HARDWARE, section->hardware);
	pcapng_put_text(out, SECTION_SYSTEM, section->system);
	pcapng_put_text(out, SECTION_APPLICATION, section->application);
	pcapng_put_option(out, OPTION_END, NULL, 0);
	return end_block(pcapng, start, error);
}

static void put_filter(struct buffer *out, const char *filter)
{
	static const char kind = FILTER_OF_LIBPCAP;
	size_t length = filter != NULL ? strlen(filter) : 0;

	if (length == 0)
		return;
	pcapng_put_16(out, INTERFACE_FILTER);
	pcapng_put_16(out, (uint16_t)(sizeof kind + length));
	buffer_append(out, &kind, sizeof kind);
	buffer_append(out, filter, length);
	pcapng_put_padding(out, sizeof kind + length);
}

static bool put_interface(
	struct pcapng *pcapng, const struct pcapng_interface *interface, struct error *error)
{
	static const unsigned char resolution = NANOSECONDS;
	struct buffer *out = &pcapng->pending;
	size_t start = begin_block(pcapng, INTERFACE_DESCRIPTION);

	pcapng_put_16(out, LINK_TYPE_ETHERNET);
	pcapng_put_16(out, 0);
	pcapng_put_32(out, interface->snapshot_length);
	pcapng_put_text(out, INTERFACE_NAME, interface->name);
	pcapng_put_text(out, INTERFACE_DESCRIPTION_TEXT, interface->description);
	if (interface->speed > 0)
		pcapng_put_option(out, INTERFACE_SPEED, &interface->speed, sizeof interface->speed);
	pcapng_put_option(out, INTERFACE_TIME_RESOLUTION, &resolution, sizeof resolution);
	put_filter(out, interface->filter);
	pcapng_put_text(out, INTERFACE_SYSTEM, interface->system);
	pcapng_put_option(out, OPTION_END, NULL, 0);
	return end_block(pcapng, start, error);
}

bool pcapng_begin(struct pcapng *pcapng, int file, const struct pcapng_section *section,
	const struct pcapng_interface *interface, struct error *error)
{
	*pcapng = (struct pcapng){.file = file};
	buffer_init(&pcapng->pending, PENDING_MAXIMUM);
	return put_section(pcapng, section, error) && put_interface(pcapng, interface, error);
}

/* Appends a record: the address, and its name, which ends with a NUL (draft 4.5). */
static void put_name(struct buffer *out, const struct pcapng_name *name)
{
	size_t ip = name->address.version == 4 ? 4 : 16, length = strlen(name->name) + 1;
	struct buffer record;

	buffer_init(&record, ip + length);
	buffer_append(&record, name->address.ip, ip);
	buffer_append(&record, name->name, length);
	pcapng_put_16(out, name->address.version == 4 ? RECORD_IPV4 : RECORD_IPV6);
	pcapng_put_16(out, (uint16_t)record.length);
	pcapng_put_padded(out, record.data, record.length);
	out->full = out->full || record.full;
	buffer_free(&record);
}

bool pcapng_add_names(
	struct pcapng *pcapng, const struct pcapng_name names[], size_t count, struct error *error)
{
	struct buffer *out = &pcapng->pending;

	if (pcapng->failure != 0)
		return pcapng_fail(pcapng, pcapng->failure, error);
	if (count == 0)
		return true;
	size_t start = begin_block(pcapng, NAME_RESOLUTION);
	for (size_t i = 0; i < count; i++)
		put_name(out, &names[i]);
	pcapng_put_16(out, RECORD_END);
	pcapng_put_16(out, 0);
	return end_block(pcapng, start, error);
}

/* Appends the packet's comments, as many as the block that began at `start` may hold. */
static void put_comments(struct buffer *out, size_t start, const struct pcapng_packet *packet)
{
	size_t i = 0;

	for (; i < packet->comment_count; i++) {
		size_t before = out->length;
		pcapng_put_text(out, OPTION_COMMENT, packet->comments[i]);
		if (out->length - start > COMMENTS_MAXIMUM) {
			out->length = before; /* PENDING_MAXIMUM had room for it */
			break;
		}
	}
	size_t left_out = packet->comment_count - i + packet->comments_left_out;
	if (left_out > 0) {
		char rest[64];
		snprintf(rest, sizeof rest, "%zu more comments left out", left_out);
		pcapng_put_text(out, OPTION_COMMENT, rest);
	}
}

static void put_flags(struct buffer *out, const struct pcapng_packet *packet)
{
	uint32_t flags = FLAG_INBOUND | (packet->checksum_not_ready ? FLAG_CHECKSUM_NOT_READY : 0);

	pcapng_put_option(out, PACKET_FLAGS, &flags, sizeof flags);
}

bool pcapng_add(struct pcapng *pcapng, const struct pcapng_packet *packet, struct error *error)
{
	struct buffer *out = &pcapng->pending;

	if (pcapng->failure != 0)
		return pcapng_fail(pcapng, pcapng->failure, error);
	if (packet->frame.length > COMMENTS_MAXIMUM - 64)
		return error_set(error, "a frame of %zu bytes is too long for a capture file",
			packet->frame.length);

	size_t start = begin_block(pcapng, ENHANCED_PACKET);
	pcapng_put_32(out, 0); /* the only interface */
	pcapng_put_time(out, packet->time > 0 ? packet->time : 0);
	pcapng_put_32(out, (uint32_t)packet->frame.length);
	pcapng_put_32(out, packet->wire_length);
	pcapng_put_padded(out, packet->frame.data, packet->frame.length);
	put_comments(out, start, packet);
	put_flags(out, packet);
	pcapng_put_option(out, OPTION_END, NULL, 0);
	return end_block(pcapng, start, error);
}

static bool put_statistics(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error)
{
	struct buffer *out = &pcapng->pending;
	size_t start = begin_block(pcapng, INTERFACE_STATISTICS);

	pcapng_put_32(out, 0); /* the only interface */
	pcapng_put_time(out, statistics->end);
	pcapng_put_time_option(out, STATISTICS_START, statistics->start);
	pcapng_put_time_option(out, STATISTICS_END, statistics->end);
	pcapng_put_option(
		out, STATISTICS_RECEIVED, &statistics->received, sizeof statistics->received);
	/* The system dropped them for lack of room; readers show only the interface's drops. */
	pcapng_put_option(
		out, STATISTICS_DROPPED, &statistics->dropped, sizeof statistics->dropped);
	pcapng_put_option(out, STATISTICS_DROPPED_BY_SYSTEM, &statistics->dropped,
		sizeof statistics->dropped);
	pcapng_put_option(
		out, STATISTICS_DELIVERED, &statistics->delivered, sizeof statistics->delivered);
	pcapng_put_option(out, OPTION_END, NULL, 0);
	return end_block(pcapng, start, error);
}

bool pcapng_end(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error)
{
	if (pcapng->failure != 0)
		return pcapng_fail(pcapng, pcapng->failure, error);

	bool whole = put_statistics(pcapng, statistics, error) && pcapng_flush(pcapng, error);
	buffer_free(&pcapng->pending);
	return whole;
}
