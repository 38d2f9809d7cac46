/* One direction of a TCP connection: the byte stream, put together from segments in any order. */
#include "wire/stream.h"

#include <string.h>

void stream_start(struct stream *stream, uint32_t initial_sequence)
{
	if (stream->has_start)
		return;
	stream->has_start = true;
	stream->initial_sequence = initial_sequence;
	stream->next = 1;
}

int64_t stream_relative(const struct stream *stream, uint32_t sequence)
{
	uint32_t expected = stream->initial_sequence + (uint32_t)stream->next;

	return (int64_t)stream->next + (int32_t)(sequence - expected);
}

bool stream_spans(const struct stream *stream, uint32_t sequence, int64_t least)
{
	int64_t relative = stream_relative(stream, sequence);

	return relative >= least && relative <= (int64_t)stream->next;
}

bool stream_is_acknowledged(const struct stream *stream, const struct packet *packet)
{
	return stream->has_start && (packet->tcp.flags & TCP_ACK) &&
	       stream_spans(stream, packet->tcp.acknowledgment, 1);
}

static void stream_conflict(struct stream *stream, uint64_t offset, uint32_t packet)
{
	if (stream->has_conflict)
		return;
	stream->has_conflict = true;
	stream->conflict_offset = offset;
	stream->conflict_packet = packet;
}

/* Compares bytes that came again with the known ones. */
static void stream_compare(struct stream *stream, const struct block *known, struct block again)
{
	struct bytes before = bytes_part(
		known->bytes, (size_t)(again.offset - known->offset), again.bytes.length);
	size_t same = bytes_same(before, again.bytes);

	if (same < again.bytes.length)
		stream_conflict(stream, again.offset + same, again.packet);
}

/* New bytes may have filled the first gap. Then the stream reaches to the next gap. */
static void stream_extend(struct stream *stream)
{
	const struct block *next = blocks_at(&stream->blocks, stream->length);

	for (; next != NULL && next->offset == stream->length;
		next = blocks_after(&stream->blocks, next))
		stream->length = block_end(next);
}

/*
 * Adds bytes. New bytes fill their gap. Known bytes are compared. False when memory ran out.
 */
static bool stream_add(struct stream *stream, struct block block)
{
	bool stored = true;

	while (stored && block.bytes.length > 0) {
		const struct block *at = blocks_at(&stream->blocks, block.offset);
		bool known = at != NULL && at->offset <= block.offset;
		uint64_t until = known ? block_end(at) : at != NULL ? at->offset : UINT64_MAX;
		struct block part = block;

		if (part.bytes.length > until - part.offset)
			part.bytes.length = (size_t)(until - part.offset);
		if (known) {
			stream_compare(stream, at, part);
		} else {
			stored = blocks_insert(&stream->blocks, part);
			stream->buffered += stored ? part.bytes.length : 0;
		}
		block.offset += part.bytes.length;
		block.bytes.data += part.bytes.length;
		block.bytes.length -= part.bytes.length;
	}
	stream_extend(stream);
	return stored;
}

static void stream_add_syn(struct stream *stream, const struct packet *packet, uint32_t index)
{
	if (stream->has_syn)
		return;
	stream->has_syn = true;
	stream->syn_has_ack = (packet->tcp.flags & TCP_ACK) != 0;
	stream->syn_packet = index;
	stream->syn_options = packet->tcp.options;
}

static void stream_add_fin(struct stream *stream, uint64_t offset, uint32_t index)
{
	if (stream->has_fin) {
		if (offset != stream->fin_offset)
			stream_conflict(stream,
				offset < stream->fin_offset ? offset : stream->fin_offset, index);
		return;
	}
	stream->has_fin = true;
	stream->fin_offset = offset;
	stream->fin_packet = index;
}

/* The offset after the last known byte. */
static uint64_t stream_end(const struct stream *stream)
{
	const struct block *last = blocks_last(&stream->blocks);

	return last != NULL ? block_end(last) : 0;
}

bool stream_absorb(
	struct stream *stream, int64_t relative, const struct packet *packet, uint32_t index)
{
	bool syn = (packet->tcp.flags & TCP_SYN) != 0;
	bool fin = (packet->tcp.flags & TCP_FIN) != 0;
	int64_t offset = relative + syn - 1;
	int64_t end = offset + (int64_t)packet->payload.length;
	bool stored = true;

	if (syn)
		stream_add_syn(stream, packet, index);
	if (end >= 0) {
		struct bytes bytes = packet->payload;
		if (offset < 0) {
			bytes.data += -offset;
			bytes.length -= (size_t)-offset;
			offset = 0;
		}
		stored = stream_add(stream, (struct block){(uint64_t)offset, bytes, index});
		if (fin)
			stream_add_fin(stream, (uint64_t)end, index);
		if (stream->has_fin && stream_end(stream) > stream->fin_offset)
			stream_conflict(stream, stream->fin_offset, index);
	}
	if (end + 1 + fin > (int64_t)stream->next)
		stream->next = (uint64_t)(end + 1 + fin);
	stream_acknowledge(stream, (int64_t)stream->promised);
	return stored;
}

uint64_t stream_content(const struct stream *stream)
{
	return stream->buffered + stream->has_syn + stream->has_fin;
}

void stream_acknowledge(struct stream *stream, int64_t relative)
{
	if (relative > (int64_t)stream->next) {
		if (relative > (int64_t)stream->promised)
			stream->promised = (uint64_t)relative;
		return;
	}
	if (relative > (int64_t)stream->acknowledged)
		stream->acknowledged = (uint64_t)relative;
	if (stream->promised <= stream->next)
		stream->promised = 0;
}

uint64_t stream_gap(const struct stream *stream)
{
	uint64_t end = stream_end(stream);

	if (stream->has_fin && stream->fin_offset > end)
		end = stream->fin_offset;
	return end - stream->buffered;
}

/* The FIN has a number too. So one number after the last byte may be acknowledged. */
bool stream_lacks(const struct stream *stream, uint64_t *first, uint64_t *last)
{
	const struct block *after_gap = blocks_at(&stream->blocks, stream->length);
	bool ended = stream->has_fin && stream->fin_offset == stream->length;
	uint64_t acknowledged =
		stream->promised > stream->acknowledged ? stream->promised : stream->acknowledged;

	if (acknowledged <= stream->length + 1 + ended)
		return false;
	*first = stream->length;
	*last = acknowledged - 2;
	if (after_gap != NULL && after_gap->offset - 1 < *last)
		*last = after_gap->offset - 1;
	return true;
}

bool stream_equal(const struct stream *stream, struct bytes expected, uint64_t *difference)
{
	size_t compared = 0;

	const struct block *block = blocks_at(&stream->blocks, 0);
	for (; block != NULL && block->offset == compared;
		block = blocks_after(&stream->blocks, block)) {
		struct bytes found = block->bytes;
		struct bytes part = bytes_part(expected, compared, found.length);
		size_t same = bytes_same(found, part);
		compared += same;
		if (same < found.length)
			break;
	}
	*difference = compared;
	return compared == stream->length && compared == expected.length;
}

size_t stream_copy(const struct stream *stream, uint64_t offset, void *out, size_t length)
{
	size_t copied = 0;

	const struct block *block = blocks_at(&stream->blocks, offset);
	for (; block != NULL && block->offset <= offset + copied && copied < length;
		block = blocks_after(&stream->blocks, block)) {
		struct bytes part = bytes_part(
			block->bytes, (size_t)(offset + copied - block->offset), length - copied);
		memcpy((unsigned char *)out + copied, part.data, part.length);
		copied += part.length;
	}
	return copied;
}

void stream_free(struct stream *stream)
{
	blocks_free(&stream->blocks);
}
