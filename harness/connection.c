/* TCP segments in, byte streams and facts out. Pure: no files, no printing, no globals. */
#include "connection.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

/* How many connections on the same addresses and ports a late segment may go back. */
#define INCARNATIONS_SEARCHED 4

#define BUCKETS_AT_FIRST 64

const char *side_name(enum side side)
{
	return side == CLIENT ? "CLIENT" : "SERVER";
}

enum side side_peer(enum side side)
{
	return side == CLIENT ? SERVER : CLIENT;
}

/* FNV-1a (32 bits). */
static uint32_t address_hash(const struct address *address)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < sizeof address->ip; i++)
		hash = (hash ^ address->ip[i]) * 16777619u;
	hash = (hash ^ (address->port & 0xffu)) * 16777619u;
	return (hash ^ (uint32_t)(address->port >> 8)) * 16777619u;
}

/* A sum, so that both directions of a connection find the same bucket. */
static struct connection **bucket_of(
	const struct connections *table, const struct address *a, const struct address *b)
{
	return &table->buckets[(address_hash(a) + address_hash(b)) % table->bucket_count];
}

static void bucket_put(struct connections *table, struct connection *connection)
{
	struct connection **bucket = bucket_of(
		table, &connection->streams[CLIENT].address, &connection->streams[SERVER].address);

	connection->chain = *bucket;
	*bucket = connection;
}

/* Twice as many buckets, once each holds one connection on average. */
static bool buckets_grow(struct connections *table)
{
	size_t count = table->bucket_count > 0 ? table->bucket_count * 2 : BUCKETS_AT_FIRST;

	if (table->count < table->bucket_count)
		return true;
	struct connection **buckets = calloc(count, sizeof(struct connection *));
	if (buckets == NULL)
		return false;
	free(table->buckets);
	table->buckets = buckets;
	table->bucket_count = count;
	for (size_t i = 0; i < table->count; i++)
		bucket_put(table, table->list[i]);
	return true;
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

/*
 * Whether a SYN belongs to this connection: it repeats the initial sequence number, answers the
 * peer's SYN, or crosses it (RFC 9293 3.5).
 */
static bool connection_takes_syn(struct connection *connection, const struct packet *packet)
{
	enum side side = segment_side(connection, packet);
	const struct stream *own = &connection->streams[side];
	const struct stream *peer = stream_peer(connection, side);

	if (own->has_start)
		return packet->tcp.sequence == own->initial_sequence;
	if (!peer->has_syn)
		return false;
	if (packet->tcp.flags & TCP_ACK)
		return packet->tcp.acknowledgment == peer->initial_sequence + 1;
	return !connection->has_reset;
}

/* Whether a segment's numbers lie in what this connection has seen; a new one's lie elsewhere. */
static bool connection_fits(struct connection *connection, const struct packet *packet)
{
	enum side side = segment_side(connection, packet);
	const struct stream *own = &connection->streams[side];
	const struct stream *peer = stream_peer(connection, side);

	if (packet->tcp.flags & TCP_SYN)
		return connection_takes_syn(connection, packet);
	if (own->has_start)
		return stream_spans(own, packet->tcp.sequence, 0);
	return peer->has_start && (packet->tcp.flags & TCP_ACK) &&
	       stream_spans(peer, packet->tcp.acknowledgment, 1);
}

static bool connection_between(
	const struct connection *connection, const struct address *a, const struct address *b)
{
	return address_equal(a, &connection->streams[CLIENT].address) &&
	       address_equal(b, &connection->streams[SERVER].address);
}

/*
 * The connection that a segment belongs to, or NULL when it starts one. On the same addresses and
 * ports that is the newest one which it fits: a RST, or an ACK out of TIME_WAIT, of the one before
 * may come after a new SYN. A segment that fits none, one behind a gap for example, is the
 * newest's.
 */
static struct connection *connection_find(
	const struct connections *table, const struct packet *packet)
{
	struct connection *newest = NULL;
	unsigned searched = 0;

	if (table->bucket_count == 0)
		return NULL;
	struct connection *each = *bucket_of(table, &packet->from, &packet->to);
	for (; each != NULL && searched < INCARNATIONS_SEARCHED; each = each->chain) {
		if (!connection_between(each, &packet->from, &packet->to) &&
			!connection_between(each, &packet->to, &packet->from))
			continue;
		if (connection_fits(each, packet))
			return each;
		if (newest == NULL)
			newest = each;
		searched++;
	}
	return packet->tcp.flags & TCP_SYN ? NULL : newest;
}

/* One without segments yet, but with room for the first. NULL without memory. */
static struct connection *connection_make(const struct packet *packet)
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

/* A connection that this segment is the first of. NULL at the limit or without memory. */
static struct connection *connection_new(struct connections *table, const struct packet *packet)
{
	if (table->count >= CONNECTIONS_MAXIMUM || !buckets_grow(table))
		return NULL;
	struct connection **list = array_grow(
		table->list, &table->capacity, table->count, sizeof(struct connection *));
	if (list == NULL)
		return NULL;
	table->list = list;

	struct connection *connection = connection_make(packet);
	if (connection == NULL)
		return NULL;
	bucket_put(table, connection);
	table->list[table->count++] = connection;
	return connection;
}

/*
 * The first segment of a side tells its start: a SYN does; so does the peer's acknowledgment, or,
 * in a capture that began too late, the first number seen. A RST's numbers may be made up for it
 * (RFC 9293 3.10.7.1).
 */
static void connection_start(struct stream *own, struct stream *peer, const struct packet *packet)
{
	const struct tcp_header *tcp = &packet->tcp;

	if (tcp->flags & TCP_RST)
		return;
	stream_start(own, tcp->flags & TCP_SYN ? tcp->sequence : tcp->sequence - 1);
	if (tcp->flags & TCP_ACK)
		stream_start(peer, tcp->acknowledgment - 1);
}

/* A keepalive or window probe; see struct segment. */
static bool segment_is_probe(
	const struct stream *own, int64_t relative, const struct packet *packet)
{
	return !(packet->tcp.flags & (TCP_SYN | TCP_FIN | TCP_RST)) &&
	       packet->payload.length <= 1 && relative + 1 == (int64_t)own->next &&
	       own->acknowledged == own->next;
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
	bool resets = (segment->flags & TCP_RST) && !connection_closed_in_order(connection);

	if (resets && !connection->has_reset) {
		connection->has_reset = true;
		connection->reset_from = segment->from;
		connection->reset_packet = segment->packet;
	}
	if (connection->streams[segment->from].has_fin && !connection->has_fin) {
		connection->has_fin = true;
		connection->first_fin_from = segment->from;
	}
	connection->opening = connection_opening(connection);
}

static uint64_t not_negative(int64_t number)
{
	return number > 0 ? (uint64_t)number : 0;
}

/* Fills in the segment, but for its frame and time, and what it says. False without memory. */
static bool connection_add(
	struct connection *connection, struct segment *segment, const struct packet *packet)
{
	const struct tcp_header *tcp = &packet->tcp;
	enum side from = segment_side(connection, packet);
	struct stream *own = &connection->streams[from], *peer = stream_peer(connection, from);
	bool reset = (tcp->flags & TCP_RST) != 0, stored = true;

	connection_start(own, peer, packet);
	int64_t relative = own->has_start ? stream_relative(own, tcp->sequence) : 0;
	int64_t acknowledgment = 0;
	if ((tcp->flags & TCP_ACK) && peer->has_start)
		acknowledgment = stream_relative(peer, tcp->acknowledgment);

	segment->from = from;
	segment->flags = tcp->flags;
	segment->sequence = not_negative(relative);
	segment->acknowledgment = not_negative(acknowledgment);
	segment->length = (uint32_t)packet->payload.length;
	segment->urgent = tcp->urgent;
	segment->probe = segment_is_probe(own, relative, packet);

	/* Bytes in a RST tell why (RFC 9293 3.5.3), those in a probe nothing: no part of a stream.
	 */
	uint64_t content = stream_content(own);
	if (!reset && !segment->probe)
		stored = stream_absorb(own, relative, packet, segment->packet);
	if (!reset)
		stream_acknowledge(peer, acknowledgment);
	bool carries = segment->length > 0 || (tcp->flags & (TCP_SYN | TCP_FIN));
	segment->repeated = carries && !reset && stored && stream_content(own) == content;
	segment->window = segment_window(own, peer, tcp);
	connection_note(connection, segment);
	return stored;
}

/* Takes in a segment; false when a limit was reached or memory ran out. */
static bool connections_take(
	struct connections *table, const struct packet *packet, uint32_t index, int64_t time)
{
	if (table->segment_count >= SEGMENTS_MAXIMUM)
		return false;
	struct connection *connection = connection_find(table, packet);
	if (connection == NULL)
		connection = connection_new(table, packet);
	if (connection == NULL)
		return false;

	struct segment *segments = array_grow(connection->segments, &connection->segment_capacity,
		connection->segment_count, sizeof *segments);
	if (segments == NULL)
		return false;
	connection->segments = segments;
	struct segment *segment = &segments[connection->segment_count++];
	*segment = (struct segment){.packet = index, .time = time};
	table->segment_count++;
	return connection_add(connection, segment, packet);
}

bool connections_add(
	struct connections *connections, const struct packet *packet, uint32_t index, int64_t time)
{
	if (connections_take(connections, packet, index, time))
		return true;
	connections->beyond++;
	return false;
}

static void connection_free(struct connection *connection)
{
	stream_free(&connection->streams[CLIENT]);
	stream_free(&connection->streams[SERVER]);
	free(connection->segments);
	free(connection);
}

void connections_free(struct connections *connections)
{
	for (size_t i = 0; i < connections->count; i++)
		connection_free(connections->list[i]);
	free(connections->list);
	free(connections->buckets);
	*connections = (struct connections){0};
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
