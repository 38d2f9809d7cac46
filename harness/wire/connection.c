/* One TCP connection, put together from segments: two byte streams, and facts about them. Pure. */
#include "wire/connection.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

enum side connection_side(const struct connection *connection, const struct packet *packet)
{
	return address_equal(&packet->from, &connection->streams[CLIENT].address) ? CLIENT : SERVER;
}

/* The stream that the segments of `side` acknowledge. */
static struct stream *stream_peer(struct connection *connection, enum side side)
{
	return &connection->streams[connection->self_connected ? side : side_peer(side)];
}

/* Whether the connection was open and is over. The same SYN then begins a new connection. */
static bool is_over(const struct connection *connection)
{
	return connection->opening == OPENING_HANDSHAKE &&
	       (connection->has_reset || connection_closed_in_order(connection));
}

/* Whether a SYN repeats the SYN of its side, answers the peer's SYN, or crosses it. */
static bool connection_takes_syn(
	struct connection *connection, const struct packet *packet, int64_t time)
{
	enum side side = connection_side(connection, packet);
	const struct stream *own = &connection->streams[side];
	const struct stream *peer = stream_peer(connection, side);

	if (own->has_start && packet->tcp.sequence == own->initial_sequence)
		return (packet->tcp.flags & TCP_ACK) || !is_over(connection);
	if (!peer->has_syn)
		return false;
	if (packet->tcp.flags & TCP_ACK)
		return !connection->has_reset && stream_is_acknowledged(peer, packet);
	if (own->has_start)
		return false;
	return !connection->has_reset && pace_may_repeat(&connection->paces[side_peer(side)], time);
}

bool connection_fits(struct connection *connection, const struct packet *packet, int64_t time)
{
	enum side side = connection_side(connection, packet);
	const struct stream *own = &connection->streams[side];

	if (packet->tcp.flags & TCP_SYN)
		return connection_takes_syn(connection, packet, time);
	if (own->has_start)
		return stream_spans(own, packet->tcp.sequence, 0);
	return stream_is_acknowledged(stream_peer(connection, side), packet);
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

/* Whether a second SYN+ACK, with other numbers, counts: the peer acknowledged nothing yet. */
static bool starts_anew(const struct stream *own, const struct packet *packet)
{
	const uint8_t both = TCP_SYN | TCP_ACK;

	return own->syn_has_ack && own->acknowledged == 0 && own->promised == 0 && own->next == 1 &&
	       (packet->tcp.flags & both) == both && packet->tcp.sequence != own->initial_sequence;
}

/* The first ACK came to a side that sent two SYN+ACKs: whether it acknowledges the other one. */
static bool takes_other_start(const struct stream *peer, const struct packet *packet)
{
	return peer->has_other_start && peer->acknowledged == 0 && peer->next == 1 &&
	       (packet->tcp.flags & TCP_ACK) && packet->tcp.acknowledgment == peer->other_start + 1;
}

/* Sets the initial numbers of both sides, as far as the segment tells them. */
static void connection_start(struct stream *own, struct stream *peer, const struct packet *packet)
{
	const struct tcp_header *tcp = &packet->tcp;
	bool tells =
		(tcp->flags & TCP_SYN) || !peer->has_syn || stream_is_acknowledged(peer, packet);

	if ((tcp->flags & TCP_RST) || (!own->has_start && !tells))
		return;
	if (starts_anew(own, packet))
		*own = (struct stream){
			.address = own->address,
			.has_other_start = true,
			.other_start = own->initial_sequence,
		};
	if (takes_other_start(peer, packet))
		peer->initial_sequence = peer->other_start;
	stream_start(own, tcp->flags & TCP_SYN ? tcp->sequence : tcp->sequence - 1);
	if ((tcp->flags & TCP_ACK) && stream_spans(own, tcp->sequence, 0))
		stream_start(peer, tcp->acknowledgment - 1);
}

/* The advertised window in bytes. The window in a SYN is never scaled (RFC 7323 2.2). */
static uint32_t segment_window(
	const struct stream *own, const struct stream *peer, const struct tcp_header *tcp)
{
	bool scaled = own->syn_options.has_window_scale && peer->syn_options.has_window_scale &&
		      !(tcp->flags & TCP_SYN);

	return (uint32_t)tcp->window << (scaled ? own->syn_options.window_scale : 0);
}

enum opening connection_opening(const struct connection *connection)
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

/* The side that sent its FIN first. A FIN may be added late: it counted as dropped before. */
static enum side first_to_end(const struct stream *client, const struct stream *server)
{
	if (client->has_fin && server->has_fin)
		return client->fin_packet < server->fin_packet ? CLIENT : SERVER;
	return server->has_fin ? SERVER : CLIENT;
}

/*
 * Updates the facts about the whole connection. When both FINs are acknowledged, a RST cuts nothing
 * off. It comes about so: an ACK comes late, after the FIN that overtook it. TIME-WAIT answers it,
 * and the answer finds no socket any more (RFC 9293 3.10.7.1). On Linux's loopback this happens
 * when one of two CPUs is held up.
 */
static void connection_note(struct connection *connection, const struct segment *segment)
{
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];
	bool resets = (segment->flags & TCP_RST) && !segment->ignored &&
		      !connection_closed_in_order(connection);

	if (resets && !connection->has_reset) {
		connection->has_reset = true;
		connection->reset_from = segment->from;
		connection->reset_packet = segment->packet;
	}
	connection->has_fin = client->has_fin || server->has_fin;
	connection->first_fin_from = first_to_end(client, server);
	connection->opening = connection_opening(connection);
}

static uint64_t not_negative(int64_t number)
{
	return number > 0 ? (uint64_t)number : 0;
}

/*
 * Updates the peer's stream by what a segment acknowledges and by its window. If the segment's own
 * number `fits`, its ACK is believed even if it is for something that the capture does not have
 * yet.
 */
static void connection_acknowledge(const struct stream *own, struct stream *peer,
	const struct segment *segment, int64_t acknowledgment, bool fits)
{
	int64_t ahead = acknowledgment - (int64_t)peer->next;

	if (!peer->has_start || !(segment->flags & TCP_ACK) || (segment->flags & TCP_RST) ||
		ahead > (fits ? WINDOW_MAXIMUM : 0))
		return;
	stream_acknowledge(peer, acknowledgment);
	if (acknowledgment < (int64_t)peer->acknowledged)
		return;
	/* Only the SYNs tell how a window is scaled. But a window of 0 is always 0. */
	bool known = (own->has_syn && peer->has_syn) || segment->window == 0;
	peer->edge = known ? (uint64_t)acknowledgment + segment->window : 0;
	if (peer->edge > peer->reach)
		peer->reach = peer->edge;
}

/* Fills in what the header says, with relative numbers. */
static void segment_fill(struct connection *connection, struct segment *segment,
	const struct packet *packet, int64_t *relative, int64_t *acknowledgment)
{
	const struct tcp_header *tcp = &packet->tcp;
	enum side from = connection_side(connection, packet);
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

/* Adds what the segment carries to the stream of its side. False when memory ran out. */
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
	if (has_content && end == (int64_t)own->next)
		pace_note_end(&connection->paces[segment->from], segment->time, segment->sequence,
			segment->repeated);
	return stored;
}

/* Fills in the segment, except its frame and time, and adds it. False when memory ran out. */
static bool connection_add(
	struct connection *connection, struct segment *segment, const struct packet *packet)
{
	enum side from = connection_side(connection, packet);
	struct stream *own = &connection->streams[from], *peer = stream_peer(connection, from);
	const uint8_t without_bytes = TCP_RST | TCP_SYN;
	bool stored = true, garbage;
	int64_t relative, acknowledgment;

	connection_start(own, peer, packet);
	segment_fill(connection, segment, packet, &relative, &acknowledgment);
	bool fits = acceptance_reaches(own, relative);
	segment->window = segment_window(own, peer, &packet->tcp);
	segment->is_long = peer->syn_options.has_mss && segment->length > peer->syn_options.mss;
	segment->ignored = acceptance_drops(own, peer, packet, relative);
	segment->probe =
		probe_of(own, peer, &connection->paces[from], packet, segment->time, &garbage);
	if (segment->ignored && !(segment->flags & without_bytes))
		stored = dropped_keep(connection, segment, packet->payload);
	else if (own->has_start && !(segment->flags & TCP_RST) && !garbage && !segment->ignored)
		stored = connection_carry(connection, segment, packet, relative);
	pace_note(&connection->paces[from], packet, segment->time);
	stored &= dropped_recover(connection, segment, fits);
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

void connection_free(struct connection *connection)
{
	stream_free(&connection->streams[CLIENT]);
	stream_free(&connection->streams[SERVER]);
	free(connection->segments);
	free(connection->dropped.list);
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

uint32_t connection_last_packet(const struct connection *connection, enum side side)
{
	size_t last = connection->segment_count - 1;

	for (size_t i = connection->segment_count; i > 0; i--)
		if (connection->segments[i - 1].from == side) {
			last = i - 1;
			break;
		}
	return connection->segments[last].packet;
}

bool connection_closed_in_order(const struct connection *connection)
{
	return stream_closed(&connection->streams[CLIENT]) &&
	       (connection->self_connected || stream_closed(&connection->streams[SERVER]));
}
