/*
 * All TCP connections of a capture, and which segment belongs to which of them. Pure.
 *
 * Tested by test_connection.c.
 */
#ifndef WIRECHECK_CONNECTIONS_H
#define WIRECHECK_CONNECTIONS_H

#include "wire/connection.h"

/* All connections of a capture, in the order of their first segment. */
struct connections {
	struct connection **list;
	size_t count, capacity;
	size_t segment_count; /* of all connections together */
	size_t lacking;       /* connections of which the capture lacks bytes: connection_lacks */
	size_t beyond;        /* segments left out: a limit was reached, or memory ran out */
	struct connection **buckets; /* by both addresses, the newest connection first */
	size_t bucket_count;
};

/* No case comes near these limits. Segments beyond them are counted and left out. */
#define CONNECTIONS_MAXIMUM 65536
#define SEGMENTS_MAXIMUM    (1u << 24)

/*
 * Adds a PACKET_TCP. A SYN with another initial sequence number, on the same addresses and ports,
 * begins a new connection. So does the same SYN after its connection was open and is over. Late
 * segments of the connection before stay with that one. The payload must stay valid as long as the
 * table. False when the segment was left out.
 */
bool connections_add(
	struct connections *connections, const struct packet *packet, uint32_t index, int64_t time);

/* Frees everything. A zeroed table may be freed too. */
void connections_free(struct connections *connections);

#endif
