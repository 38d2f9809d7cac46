/* All TCP connections of a capture, and which segment belongs to which of them. Pure. */
#include "wire/connections.h"

#include "base/array.h"

#include <stdlib.h>

/* A late segment may belong to one of this many last connections on its addresses and ports. */
#define INCARNATIONS_SEARCHED 4

#define BUCKETS_AT_FIRST 64

/* With a sum, both directions of a connection have the same bucket. */
static struct connection **bucket_of(
	const struct connections *table, const struct address *a, const struct address *b)
{
	return &table->buckets[(address_hash(0, a) + address_hash(0, b)) % table->bucket_count];
}

static void bucket_put(struct connections *table, struct connection *connection)
{
	struct connection **bucket = bucket_of(
		table, &connection->streams[CLIENT].address, &connection->streams[SERVER].address);

	connection->chain = *bucket;
	*bucket = connection;
}

/* Doubles the buckets when there is one connection for each on average. */
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

/*
 * Whether CLIENT's answer to SERVER's SYN shows that CLIENT has given up its own SYN. Then SERVER's
 * SYN belongs to another connection.
 */
static bool was_given_up(const struct connection *connection, const struct packet *packet)
{
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];
	bool crossed = client->has_syn && server->has_syn && !server->syn_has_ack &&
		       client->acknowledged == 0 && server->acknowledged == 0;

	if (!crossed || connection_side(connection, packet) != CLIENT ||
		!stream_is_acknowledged(server, packet))
		return false;
	if (packet->tcp.flags & TCP_SYN)
		return packet->tcp.sequence != client->initial_sequence;
	return (packet->tcp.flags & TCP_RST) && !stream_spans(client, packet->tcp.sequence, 0);
}

/* Moves the segments of SERVER to another connection, where they are CLIENT's. It has the room. */
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

/*
 * Makes another connection of what SERVER sent. There that side is CLIENT. NULL when memory ran
 * out.
 */
static struct connection *connection_split(
	struct connection *connection, const struct packet *packet)
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
	connection->dropped.count = 0; /* they have places of segments, which have moved */
	connection->opening = connection_opening(connection);
	split->opening = connection_opening(split);
	return split;
}

static bool connection_between(
	const struct connection *connection, const struct address *a, const struct address *b)
{
	return address_equal(a, &connection->streams[CLIENT].address) &&
	       address_equal(b, &connection->streams[SERVER].address);
}

/*
 * The connection that a segment belongs to, or NULL when it begins one. That is the newest
 * connection on its addresses and ports that it fits: a RST, or an ACK out of TIME-WAIT, of an
 * older one may come after a new SYN. A segment that fits none, such as one after a gap, belongs to
 * the newest one.
 * `*given_up` is the connection whose SYN was given up, as this segment shows; or NULL.
 */
static struct connection *connection_find(const struct connections *table,
	const struct packet *packet, int64_t time, struct connection **given_up)
{
	struct connection *newest = NULL;
	unsigned searched = 0;

	*given_up = NULL;
	if (table->bucket_count == 0)
		return NULL;
	struct connection *each = *bucket_of(table, &packet->from, &packet->to);
	for (; each != NULL && searched < INCARNATIONS_SEARCHED; each = each->chain) {
		if (!connection_between(each, &packet->from, &packet->to) &&
			!connection_between(each, &packet->to, &packet->from))
			continue;
		if (was_given_up(each, packet)) {
			*given_up = each;
			return NULL;
		}
		if (connection_fits(each, packet, time))
			return each;
		if (newest == NULL)
			newest = each;
		searched++;
	}
	return packet->tcp.flags & TCP_SYN ? NULL : newest;
}

/* Inserts a connection by its first segment. One without segments comes last. */
static void connections_put(struct connections *table, struct connection *connection)
{
	size_t place = table->count++;

	for (; connection->segment_count > 0 && place > 0 &&
		table->list[place - 1]->segments[0].packet > connection->segments[0].packet;
		place--)
		table->list[place] = table->list[place - 1];
	table->list[place] = connection;
	bucket_put(table, connection);
}

/* Adds the connection that this segment begins. NULL at the limit, or when memory ran out. */
static struct connection *connections_begin(
	struct connections *table, const struct packet *packet, struct connection *given_up)
{
	if (table->count >= CONNECTIONS_MAXIMUM || !buckets_grow(table))
		return NULL;
	struct connection **list = array_grow(
		table->list, &table->capacity, table->count, sizeof(struct connection *));
	if (list == NULL)
		return NULL;
	table->list = list;

	struct connection *connection =
		given_up != NULL ? connection_split(given_up, packet) : connection_new(packet);
	if (connection != NULL)
		connections_put(table, connection);
	return connection;
}

static bool lacks(const struct connection *connection)
{
	enum side sender;
	uint64_t first, last;

	return connection_lacks(connection, &sender, &first, &last);
}

/* Adds a segment. False when a limit was reached or memory ran out. */
static bool connections_take(
	struct connections *table, const struct packet *packet, uint32_t index, int64_t time)
{
	struct connection *given_up;

	if (table->segment_count >= SEGMENTS_MAXIMUM)
		return false;
	struct connection *connection = connection_find(table, packet, time, &given_up);
	if (connection == NULL)
		connection = connections_begin(table, packet, given_up);
	if (connection == NULL)
		return false;

	size_t count = connection->segment_count;
	table->lacking -= lacks(connection);
	bool taken = connection_take(connection, packet, index, time);
	table->lacking += lacks(connection);
	table->segment_count += connection->segment_count - count;
	return taken;
}

bool connections_add(
	struct connections *connections, const struct packet *packet, uint32_t index, int64_t time)
{
	if (connections_take(connections, packet, index, time))
		return true;
	connections->beyond++;
	return false;
}

void connections_free(struct connections *connections)
{
	for (size_t i = 0; i < connections->count; i++)
		connection_free(connections->list[i]);
	free(connections->list);
	free(connections->buckets);
	*connections = (struct connections){0};
}
