/* One TCP connection: segments in, two byte streams and facts out. Pure. */
#include "connection.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

/*
 * What a segment means is decided by these rules, one function each:
 *
 * - A side's numbers start at its SYN. Without that, an ACK of what the peer sent tells them, or,
 *   where the capture began too late, the first segment. A RST's may be made up for it, and an ACK
 *   of something else is of an older connection (RFC 9293 3.10.7.1, 3.10.7.3; RFC 5961 4).
 * - A SYN+ACK answers a SYN if it acknowledges that, with the data it has or without (RFC 9293 3.5;
 *   RFC 7413 2).
 * - A SYN crosses the peer's only as long as the peer may still send its own again (RFC 9293 3.5).
 *   If the peer then answers as one that has given its own up, the SYN is another connection's.
 * - A RST is taken by a receiver that expects its number next, or, before it knows numbers, if it
 *   acknowledges the SYN; all others are ignored (RFC 9293 3.10.7.3, 3.10.7.4; RFC 5961 3.2).
 *   Which number is next is not known better than that it was sent, and not acknowledged before.
 * - Bytes in a RST tell why it was sent and are no part of a stream (RFC 9293 3.5.3).
 * - What an ACK acknowledges may come behind it in the capture. What never comes was sent all the
 *   same: the capture lacks it.
 * - A probe has no byte, or a wrong one, at a number that was acknowledged already, and its sender
 *   knows that (RFC 9293 3.8.4; RFC 1122 4.2.3.6). Or it is the one byte that the peer's window
 *   has no room for (RFC 9293 3.8.6.1). It comes after a while: an ACK that its own sender's data
 *   or FIN overtook looks the same, but was sent before that. One right byte is sent again because
 *   its ACK got lost, unless nothing was sent for longer than a retransmission takes (RFC 6298 2,
 *   5.5).
 * - A segment is at most as long as the MSS in its receiver's SYN (RFC 9293 3.7.1). A longer one is
 *   several, which the kernel handed over as one.
 */

/* The largest that a window can be (RFC 7323 2.3). */
#define WINDOW_MAXIMUM (INT64_C(1) << 30)

/* Nanoseconds. Linux waits twice as long for an ACK at least, and longer before it probes. */
#define PROBE_SOONEST 100000000

/* A retransmission comes at most so long after the first time (RFC 6298 2.1, 5.7)... */
#define RETRANSMISSION_FIRST INT64_C(3000000000)

/* ... and then so many times as long after the last time as that came after the one before. */
#define RETRANSMISSION_BACKOFF 3

const char *side_name(enum side side)
{
	return side == CLIENT ? "CLIENT" : "SERVER";
}

enum side side_peer(enum side side)
{
	return side == CLIENT ? SERVER : CLIENT;
}

/* Who sent it. Of the two ends of a connection with itself, CLIENT. */
static enum side segment_side(const struct connection *connection, const struct packet *packet)
{
	return address_equal(&packet->from, &connection->streams[CLIENT].address) ? CLIENT : SERVER;
}

/* What the segments of `side` acknowledge. */
static struct stream *stream_peer(struct connection *connection, enum side side)
{
	return &connection->streams[connection->self_connected ? side : side_peer(side)];
}

/* Whether a sequence number lies between `least` and all that was sent. */
static bool stream_spans(const struct stream *stream, uint32_t sequence, int64_t least)
{
	int64_t relative = stream_relative(stream, sequence);

	return relative >= least && relative <= (int64_t)stream->next;
}

/* Whether a segment has an ACK of something that this stream brought. */
static bool acknowledges(const struct packet *packet, const struct stream *stream)
{
	return stream->has_start && (packet->tcp.flags & TCP_ACK) &&
	       stream_spans(stream, packet->tcp.acknowledgment, 1);
}

/* Whether a side that sent the end of its stream, and saw no ACK of it, may yet send it again. */
static bool may_repeat(const struct pace *pace, int64_t time)
{
	int64_t longest = pace->gap * RETRANSMISSION_BACKOFF;

	if (longest < RETRANSMISSION_FIRST)
		longest = RETRANSMISSION_FIRST;
	return time - pace->end <= longest;
}

/* Whether a SYN repeats its side's SYN, answers the peer's, or crosses it. */
static bool connection_takes_syn(
	struct connection *connection, const struct packet *packet, int64_t time)
{
	enum side side = segment_side(connection, packet);
	const struct stream *own = &connection->streams[side];
	const struct stream *peer = stream_peer(connection, side);

	if (own->has_start)
		return packet->tcp.sequence == own->initial_sequence;
	if (!peer->has_syn)
		return false;
	if (packet->tcp.flags & TCP_ACK)
		return acknowledges(packet, peer);
	return !connection->has_reset && may_repeat(&connection->paces[side_peer(side)], time);
}

bool connection_fits(struct connection *connection, const struct packet *packet, int64_t time)
{
	enum side side = segment_side(connection, packet);
	const struct stream *own = &connection->streams[side];

	if (packet->tcp.flags & TCP_SYN)
		return connection_takes_syn(connection, packet, time);
	if (own->has_start)
		return stream_spans(own, packet->tcp.sequence, 0);
	return acknowledges(packet, stream_peer(connection, side));
}

struct connection *connection_new(const struct packet *packet)
{
	bool answer = (packet->tcp.flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK);
	struct connection *connection = calloc(1, sizeof *connection);

	if (connection == NULL)
		return NULL;
	connection->segments =
		array_grow(NULL, &connection->segment_capacity, 0, sizeof *connection->segments);
	if (connection->segments == NULL) {
		free(connection);
		return NULL;
	}
	connection->streams[CLIENT].address = answer ? packet->to : packet->from;
	connection->streams[SERVER].address = answer ? packet->from : packet->to;
	connection->self_connected = address_equal(&packet->from, &packet->to);
	return connection;
}

/* Fixes the numbers of both sides as far as the segment tells them. */
static void connection_start(struct stream *own, struct stream *peer, const struct packet *packet)
{
	const struct tcp_header *tcp = &packet->tcp;
	bool tells = (tcp->flags & TCP_SYN) || !peer->has_syn || acknowledges(packet, peer);

	if ((tcp->flags & TCP_RST) || (!own->has_start && !tells))
		return;
	stream_start(own, tcp->flags & TCP_SYN ? tcp->sequence : tcp->sequence - 1);
	if ((tcp->flags & TCP_ACK) && stream_spans(own, tcp->sequence, 0))
		stream_start(peer, tcp->acknowledgment - 1);
}

/* Whether a segment was sent later than all others of its side, by what a probe waits for. */
static bool was_sent_later(const struct pace *pace, const struct packet *packet, int64_t time)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (pace->has_timestamp && options->has_timestamps)
		return (int32_t)(options->timestamp - pace->timestamp) > 0;
	return time - pace->last >= PROBE_SOONEST;
}

/* Whether the last byte of the stream was sent, and is another one than this. */
static bool is_wrong_byte(const struct stream *stream, unsigned char byte)
{
	unsigned char sent;

	if (stream->has_fin || stream->next < 2)
		return true;
	return stream_copy(stream, stream->next - 2, &sent, 1) == 1 && sent != byte;
}

/* Whether a segment at the last number that its side has sent is neither late nor sent again. */
static bool is_late_enough(const struct stream *own, const struct pace *pace,
	const struct packet *packet, int64_t time)
{
	if (packet->payload.length == 0)
		return was_sent_later(pace, packet, time);
	if (is_wrong_byte(own, packet->payload.data[0]))
		return true;
	return !may_repeat(pace, time);
}

/* Whether a segment stands at a number that was acknowledged, for want of something to send. */
static bool asks_again(const struct connection *connection, const struct segment *segment,
	const struct stream *peer, const struct packet *packet)
{
	const struct stream *own = &connection->streams[segment->from];
	const struct pace *pace = &connection->paces[segment->from];

	if ((segment->flags & (TCP_SYN | TCP_FIN | TCP_RST)) || segment->length > 1 ||
		!own->has_start)
		return false;
	return stream_relative(own, packet->tcp.sequence) + 1 == (int64_t)own->next &&
	       own->acknowledged == own->next && segment->acknowledgment >= peer->acknowledged &&
	       is_late_enough(own, pace, packet, segment->time);
}

/* Whether a segment is the one byte that its receiver's window has no room for. */
static bool is_beyond_window(const struct stream *own, const struct segment *segment)
{
	return segment->length == 1 && !(segment->flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
	       own->edge > 0 && segment->sequence >= own->edge;
}

/* Whether the receiver of a RST takes it. `relative` is its number. */
static bool reset_is_taken(
	const struct stream *own, const struct stream *peer, const struct packet *packet)
{
	uint64_t sent = own->promised > own->next ? own->promised : own->next;
	int64_t relative = own->has_start ? stream_relative(own, packet->tcp.sequence) : 0;

	if (!own->has_start)
		return !peer->has_syn || acknowledges(packet, peer);
	/* A FIN's number, too: Linux takes a RST there from one that has closed. */
	return relative + own->has_fin >= (int64_t)own->acknowledged && relative <= (int64_t)sent;
}

/* The advertised window in bytes; a SYN's is never scaled (RFC 7323 2.2). */
static uint32_t segment_window(
	const struct stream *own, const struct stream *peer, const struct tcp_header *tcp)
{
	bool scaled = own->syn_options.has_window_scale && peer->syn_options.has_window_scale &&
		      !(tcp->flags & TCP_SYN);

	return (uint32_t)tcp->window << (scaled ? own->syn_options.window_scale : 0);
}

/* How the connection opened, by what was seen so far. */
static enum opening connection_opening(const struct connection *connection)
{
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];

	if (!client->has_syn)
		return OPENING_UNSEEN;
	if (connection->self_connected)
		return client->acknowledged > 0 ? OPENING_SIMULTANEOUS : OPENING_UNANSWERED;
	if (!server->has_syn)
		return connection->has_reset && connection->reset_from == SERVER
			       ? OPENING_REFUSED
			       : OPENING_UNANSWERED;
	if (!server->syn_has_ack)
		return OPENING_SIMULTANEOUS;
	return server->acknowledged > 0 ? OPENING_HANDSHAKE : OPENING_INCOMPLETE;
}

/*
 * The facts about the whole connection that a segment adds. Once both FINs are acknowledged, a RST
 * cuts nothing off: an ACK that the FIN overtook came late, and TIME-WAIT's answer to that found
 * nobody (RFC 9293 3.10.7.1). Linux's loopback does so when one CPU of two is held up.
 */
static void connection_note(struct connection *connection, const struct segment *segment)
{
	enum side from = segment->from;
	bool resets = (segment->flags & TCP_RST) && !segment->ignored &&
		      !connection_closed_in_order(connection);

	if (resets && !connection->has_reset) {
		connection->has_reset = true;
		connection->reset_from = from;
		connection->reset_packet = segment->packet;
	}
	if (connection->streams[from].has_fin && !connection->has_fin) {
		connection->has_fin = true;
		connection->first_fin_from = from;
	}
	connection->opening = connection_opening(connection);
}

/* Keeps when the side sent. `at_end`: the last that it sent so far is in this segment. */
static void pace_note(
	struct pace *pace, const struct segment *segment, const struct packet *packet, bool at_end)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (options->has_timestamps &&
		(!pace->has_timestamp || (int32_t)(options->timestamp - pace->timestamp) > 0)) {
		pace->has_timestamp = true;
		pace->timestamp = options->timestamp;
	}
	pace->last = segment->time;
	if (!at_end)
		return;
	pace->gap = segment->repeated ? segment->time - pace->end : 0;
	pace->end = segment->time;
}

static uint64_t not_negative(int64_t number)
{
	return number > 0 ? (uint64_t)number : 0;
}

/*
 * Takes in what a segment says of its peer's stream: how far that has come, and how far it may go.
 * `fits`: the segment's own number does, so that its ACK is believed beyond what is there.
 */
static void connection_acknowledge(const struct stream *own, struct stream *peer,
	const struct segment *segment, int64_t acknowledgment, bool fits)
{
	int64_t ahead = acknowledgment - (int64_t)peer->next;

	if (!peer->has_start || !(segment->flags & TCP_ACK) || (segment->flags & TCP_RST) ||
		ahead > (fits ? WINDOW_MAXIMUM : 0))
		return;
	stream_acknowledge(peer, acknowledgment);
	if (own->has_syn && peer->has_syn && acknowledgment >= (int64_t)peer->acknowledged)
		peer->edge = (uint64_t)acknowledgment + segment->window;
}

/* Fills in what the header says, with relative numbers. */
static void segment_fill(struct connection *connection, struct segment *segment,
	const struct packet *packet, int64_t *relative, int64_t *acknowledgment)
{
	const struct tcp_header *tcp = &packet->tcp;
	enum side from = segment_side(connection, packet);
	const struct stream *own = &connection->streams[from];
	const struct stream *peer = stream_peer(connection, from);

	*relative = own->has_start ? stream_relative(own, tcp->sequence) : 0;
	*acknowledgment = (tcp->flags & TCP_ACK) && peer->has_start
				  ? stream_relative(peer, tcp->acknowledgment)
				  : 0;
	segment->from = from;
	segment->flags = tcp->flags;
	segment->sequence = not_negative(*relative);
	segment->acknowledgment = not_negative(*acknowledgment);
	segment->length = (uint32_t)packet->payload.length;
	segment->urgent = tcp->urgent;
}

/* Whether a segment is a probe; `*garbage`: its byte, if it has one, is no part of the stream. */
static bool find_probe(const struct connection *connection, const struct segment *segment,
	const struct stream *peer, const struct packet *packet, bool *garbage)
{
	*garbage = asks_again(connection, segment, peer, packet);
	return *garbage || is_beyond_window(&connection->streams[segment->from], segment);
}

/* Adds what the segment carries to its side's stream. False without memory. */
static bool connection_carry(struct connection *connection, struct segment *segment,
	const struct packet *packet, int64_t relative)
{
	struct stream *own = &connection->streams[segment->from];
	bool syn = (segment->flags & TCP_SYN) != 0, fin = (segment->flags & TCP_FIN) != 0;
	int64_t end = relative + syn + segment->length + fin;
	bool has_content = segment->length > 0 || syn || fin;
	uint64_t content = stream_content(own);

	bool stored = stream_absorb(own, relative, packet, segment->packet);
	segment->repeated = has_content && stored && stream_content(own) == content;
	pace_note(&connection->paces[segment->from], segment, packet,
		has_content && end == (int64_t)own->next);
	return stored;
}

/* Fills in the segment, but for its frame and time, and what it says. False without memory. */
static bool connection_add(
	struct connection *connection, struct segment *segment, const struct packet *packet)
{
	enum side from = segment_side(connection, packet);
	struct stream *own = &connection->streams[from], *peer = stream_peer(connection, from);
	bool reset = (packet->tcp.flags & TCP_RST) != 0, stored = true, garbage;
	int64_t relative, acknowledgment;

	connection_start(own, peer, packet);
	segment_fill(connection, segment, packet, &relative, &acknowledgment);
	bool fits = own->has_start && stream_spans(own, packet->tcp.sequence, 0);
	segment->window = segment_window(own, peer, &packet->tcp);
	segment->is_long = peer->syn_options.has_mss && segment->length > peer->syn_options.mss;
	segment->ignored = reset && !reset_is_taken(own, peer, packet);
	segment->probe = find_probe(connection, segment, peer, packet, &garbage);
	if (own->has_start && !reset && !garbage)
		stored = connection_carry(connection, segment, packet, relative);
	else
		pace_note(&connection->paces[from], segment, packet, false);
	connection_acknowledge(own, peer, segment, acknowledgment, fits);
	connection_note(connection, segment);
	return stored;
}

bool connection_take(
	struct connection *connection, const struct packet *packet, uint32_t index, int64_t time)
{
	struct segment *segments = array_grow(connection->segments, &connection->segment_capacity,
		connection->segment_count, sizeof *segments);

	if (segments == NULL)
		return false;
	connection->segments = segments;
	struct segment *segment = &segments[connection->segment_count++];
	*segment = (struct segment){.packet = index, .time = time};
	return connection_add(connection, segment, packet);
}

bool connection_was_given_up(struct connection *connection, const struct packet *packet)
{
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];
	bool crossed = client->has_syn && server->has_syn && !server->syn_has_ack &&
		       client->acknowledged == 0 && server->acknowledged == 0;

	if (!crossed || segment_side(connection, packet) != CLIENT || !acknowledges(packet, server))
		return false;
	if (packet->tcp.flags & TCP_SYN)
		return packet->tcp.sequence != client->initial_sequence;
	return (packet->tcp.flags & TCP_RST) && !stream_spans(client, packet->tcp.sequence, 0);
}

/* Moves the segments of SERVER, which become CLIENT's. There is room for them. */
static void move_segments(struct connection *from, struct connection *to)
{
	size_t kept = 0;

	for (size_t i = 0; i < from->segment_count; i++) {
		struct segment segment = from->segments[i];
		if (segment.from == CLIENT) {
			from->segments[kept++] = segment;
			continue;
		}
		segment.from = CLIENT;
		to->segments[to->segment_count++] = segment;
	}
	from->segment_count = kept;
}

struct connection *connection_split(struct connection *connection, const struct packet *packet)
{
	struct address client = connection->streams[CLIENT].address;
	struct connection *split = connection_new(packet);

	if (split == NULL)
		return NULL;
	struct segment *segments =
		reallocarray(split->segments, connection->segment_count, sizeof *segments);
	if (segments == NULL) {
		connection_free(split);
		return NULL;
	}
	split->segments = segments;
	split->segment_capacity = connection->segment_count;
	split->streams[CLIENT] = connection->streams[SERVER];
	split->streams[SERVER] = (struct stream){.address = client};
	split->paces[CLIENT] = connection->paces[SERVER];
	connection->streams[SERVER] = (struct stream){.address = split->streams[CLIENT].address};
	connection->paces[SERVER] = (struct pace){0};
	move_segments(connection, split);
	connection->opening = connection_opening(connection);
	split->opening = connection_opening(split);
	return split;
}

void connection_free(struct connection *connection)
{
	stream_free(&connection->streams[CLIENT]);
	stream_free(&connection->streams[SERVER]);
	free(connection->segments);
	free(connection);
}

bool connection_lacks(
	const struct connection *connection, enum side *sender, uint64_t *first, uint64_t *last)
{
	for (*sender = CLIENT; *sender <= SERVER; *sender += 1)
		if (stream_lacks(&connection->streams[*sender], first, last))
			return true;
	return false;
}

bool connection_has_port(const struct connection *connection, uint16_t port)
{
	return connection->streams[CLIENT].address.port == port ||
	       connection->streams[SERVER].address.port == port;
}

static bool stream_closed(const struct stream *stream)
{
	return stream->has_fin && stream->acknowledged >= stream->fin_offset + 2;
}

bool connection_closed_in_order(const struct connection *connection)
{
	return stream_closed(&connection->streams[CLIENT]) &&
	       (connection->self_connected || stream_closed(&connection->streams[SERVER]));
}
