/* Failures about what the case's own sockets received: finds the packets that they are about. */
#include "worker/socket_failures.h"

#include "worker/context.h"

/*
 * Whether a stream came to the socket from its peer. A socket that was refused no longer has a port
 * of its own. A socket that listens has no peer.
 */
static bool is_stream_to(
	const struct socket_failure *failure, const struct connection *connection, enum side from)
{
	const struct address *to = &connection->streams[side_peer(from)].address;

	if (failure->remote.version == 0)
		return failure->local.port != 0 && to->port == failure->local.port;
	return address_equal(&connection->streams[from].address, &failure->remote) &&
	       (failure->local.port == 0 || address_equal(to, &failure->local));
}

/* The last connection of the socket, or NULL. `*from` is the side of the socket's peer. */
static const struct connection *connection_of(const struct socket_failure *failure, enum side *from)
{
	const struct connections *all = &context.wire.connections;

	for (size_t i = all->count; i > 0; i--)
		for (*from = CLIENT; *from <= SERVER; (*from)++)
			if (is_stream_to(failure, all->list[i - 1], *from))
				return all->list[i - 1];
	return NULL;
}

/* Finds the packet with the byte that was not as expected, or else the last one from the peer. */
static bool find_segment(const struct socket_failure *failure, uint32_t *packet)
{
	enum side from;
	const struct connection *connection = connection_of(failure, &from);

	if (connection == NULL)
		return false;
	const struct stream *stream = &connection->streams[from];
	const struct block *block = blocks_at(&stream->blocks, failure->offset);
	*packet = block != NULL ? block->packet : connection_last_packet(connection, from);
	return true;
}

static bool is_received(const struct socket_failure *failure, const struct datagram *datagram)
{
	return datagram->to.port == failure->local.port &&
	       datagram->payload.length == failure->length &&
	       bytes_equal(bytes_part(datagram->payload, 0, failure->beginning_length),
		       (struct bytes){failure->beginning, failure->beginning_length});
}

/* Finds the datagram that was received, or else the last one to or from the socket. */
static bool find_datagram(const struct socket_failure *failure, uint32_t *packet)
{
	const struct datagrams *all = &context.wire.datagrams;
	bool found = false;

	for (size_t i = 0; i < all->count; i++) {
		const struct datagram *each = all->list[i];
		if (failure->local.port != 0 ? !datagram_has_port(each, failure->local.port)
					     : !address_equal(&each->to, &failure->remote))
			continue;
		*packet = each->packets[0];
		found = true;
		if (failure->length > 0 && is_received(failure, each))
			return true;
	}
	return found;
}

void socket_failures_find(void)
{
	struct notes *notes = &context.notes;
	uint32_t packet;

	for (size_t i = 0; i < notes->socket_failure_count; i++) {
		const struct socket_failure *failure = &notes->socket_failures[i];
		if (failure->is_stream ? find_segment(failure, &packet)
				       : find_datagram(failure, &packet))
			notes_found(notes, failure, packet);
	}
}
