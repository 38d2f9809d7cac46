/* Which segments the receiver accepts, and which it drops. Pure. */
#include "wire/segment_acceptance.h"

#include "base/array.h"
#include "wire/connection.h"

struct dropped_segment {
	size_t segment; /* its place in the connection */
	struct bytes payload;
};

bool acceptance_reaches(const struct stream *own, int64_t relative)
{
	int64_t next = (int64_t)own->next, promised = (int64_t)own->promised;

	return own->has_start && relative >= 0 &&
	       (relative <= next || relative <= promised || relative <= (int64_t)own->reach);
}

/* Whether the receiver of a RST accepts it. */
static bool reset_is_accepted(const struct stream *own, const struct stream *peer,
	const struct packet *packet, int64_t relative)
{
	uint64_t sent = own->promised > own->next ? own->promised : own->next;

	if (!own->has_start)
		return !peer->has_syn || stream_is_acknowledged(peer, packet);
	/* The number of a FIN is right too: there Linux accepts a RST of a side that closed. */
	return relative + own->has_fin >= (int64_t)own->acknowledged && relative <= (int64_t)sent;
}

bool acceptance_drops(const struct stream *own, const struct stream *peer,
	const struct packet *packet, int64_t relative)
{
	if (packet->tcp.flags & TCP_RST)
		return !reset_is_accepted(own, peer, packet, relative);
	if (packet->tcp.flags & TCP_SYN)
		return relative != 0;
	return own->edge > 0 && relative > 0 && !acceptance_reaches(own, relative);
}

bool dropped_keep(
	struct connection *connection, const struct segment *segment, struct bytes payload)
{
	struct dropped *dropped = &connection->dropped;

	if (dropped->count == DROPPED_MAXIMUM)
		return true;
	struct dropped_segment *list =
		array_grow(dropped->list, &dropped->capacity, dropped->count, sizeof *list);
	if (list == NULL)
		return false;
	dropped->list = list;
	list[dropped->count++] = (struct dropped_segment){
		.segment = (size_t)(segment - connection->segments),
		.payload = payload,
	};
	return true;
}

/* Whether an acknowledgment of this number covers something of a segment, and nothing after it. */
static bool ends_in(const struct segment *segment, uint64_t number)
{
	uint64_t end = segment->sequence + segment->length + ((segment->flags & TCP_FIN) != 0);

	return number > segment->sequence && number <= end;
}

/*
 * An acknowledgment is believed if its segment's own number fits, or if it ends in a kept segment.
 */
static bool is_believed(const struct connection *connection, const struct segment *segment,
	enum side sender, bool fits)
{
	const struct dropped *dropped = &connection->dropped;
	const struct stream *stream = &connection->streams[sender];
	bool ends = false;

	for (size_t i = 0; i < dropped->count && !ends; i++) {
		const struct segment *each = &connection->segments[dropped->list[i].segment];
		ends = each->from == sender && ends_in(each, segment->acknowledgment);
	}
	return ends || (fits && segment->acknowledgment <= stream->next + WINDOW_MAXIMUM);
}

/* Adds a segment that was not dropped after all. */
static bool recover(struct connection *connection, const struct dropped_segment *dropped)
{
	struct segment *segment = &connection->segments[dropped->segment];
	struct packet packet = {.payload = dropped->payload, .tcp.flags = segment->flags};

	segment->ignored = false;
	return stream_absorb(&connection->streams[segment->from], (int64_t)segment->sequence,
		&packet, segment->packet);
}

bool dropped_recover(struct connection *connection, const struct segment *segment, bool fits)
{
	struct dropped *dropped = &connection->dropped;
	enum side sender = connection->self_connected ? segment->from : side_peer(segment->from);
	bool stored = true;
	size_t kept = 0;

	if (dropped->count == 0 || !(segment->flags & TCP_ACK) || (segment->flags & TCP_RST) ||
		!is_believed(connection, segment, sender, fits))
		return true;
	for (size_t i = 0; i < dropped->count; i++) {
		const struct dropped_segment *each = &dropped->list[i];
		const struct segment *sent = &connection->segments[each->segment];
		if (sent->from == sender && sent->sequence < segment->acknowledgment)
			stored &= recover(connection, each);
		else
			dropped->list[kept++] = *each;
	}
	dropped->count = kept;
	return stored;
}
