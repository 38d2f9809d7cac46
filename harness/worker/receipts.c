/* Failures about what the case's sockets received: which packets they are about. */
#include "worker/receipts.h"

#include "worker/context.h"

/*
 * Whether a stream came to the socket from its peer. One that was refused has no port of its own
 * any more, and one that listens has no peer.
 */
static bool is_stream_to(
	const struct receipt *receipt, const struct connection *connection, enum side from)
{
	const struct address *to = &connection->streams[side_peer(from)].address;

	if (receipt->remote.version == 0)
		return receipt->local.port != 0 && to->port == receipt->local.port;
	return address_equal(&connection->streams[from].address, &receipt->remote) &&
	       (receipt->local.port == 0 || address_equal(to, &receipt->local));
}

/* The last connection of the socket, and which side its peer is; NULL: none. */
static const struct connection *connection_of(const struct receipt *receipt, enum side *from)
{
	const struct connections *all = &context.wire.connections;

	for (size_t i = all->count; i > 0; i--)
		for (*from = CLIENT; *from <= SERVER; (*from)++)
			if (is_stream_to(receipt, all->list[i - 1], *from))
				return all->list[i - 1];
	return NULL;
}

/* The packet with the byte that was not as expected; without one the last that the peer sent. */
static bool find_segment(const struct receipt *receipt, uint32_t *packet)
{
	enum side from;
	const struct connection *connection = connection_of(receipt, &from);

	if (connection == NULL)
		return false;
	const struct stream *stream = &connection->streams[from];
	const struct block *block = blocks_at(&stream->blocks, receipt->offset);
	*packet = block != NULL ? block->packet : connection_last_packet(connection, from);
	return true;
}

static bool is_received(const struct receipt *receipt, const struct datagram *datagram)
{
	return datagram->to.port == receipt->local.port &&
	       datagram->payload.length == receipt->length &&
	       bytes_equal(bytes_part(datagram->payload, 0, receipt->beginning_length),
		       (struct bytes){receipt->beginning, receipt->beginning_length});
}

/* The datagram that came; without one the last that went to the socket, or from it. */
static bool find_datagram(const struct receipt *receipt, uint32_t *packet)
{
	const struct datagrams *all = &context.wire.datagrams;
	bool found = false;

	for (size_t i = 0; i < all->count; i++) {
		const struct datagram *each = all->list[i];
		if (receipt->local.port != 0 ? !datagram_has_port(each, receipt->local.port)
					     : !address_equal(&each->to, &receipt->remote))
			continue;
		*packet = each->packets[0];
		found = true;
		if (receipt->length > 0 && is_received(receipt, each))
			return true;
	}
	return found;
}

void receipts_resolve(void)
{
	struct notes *notes = &context.notes;
	uint32_t packet;

	for (size_t i = 0; i < notes->receipt_count; i++) {
		const struct receipt *receipt = &notes->receipts[i];
		if (receipt->is_stream ? find_segment(receipt, &packet)
				       : find_datagram(receipt, &packet))
			notes_found(notes, receipt, packet);
	}
}
