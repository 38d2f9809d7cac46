/* All TCP connections of a capture: which segment belongs to which. Pure. */
#ifndef WIRECHECK_CONNECTIONS_H
#define WIRECHECK_CONNECTIONS_H

#include "wire/connection.h"

/* All connections of a capture, in the order of their first segment. */
struct connections {
	struct connection **list;
	size_t count, capacity;
	size_t segment_count; /* of all connections */
	size_t lacking; /* connections of which the capture lacks something: connection_lacks */
	size_t beyond;  /* segments that were left out: a limit was reached or memory ran out */
	struct connection **buckets; /* by both addresses, the newest connection first */
	size_t bucket_count;
};

/* Limits that no loopback case comes near; beyond them segments are counted and left out. */
#define CONNECTIONS_MAXIMUM 65536
#define SEGMENTS_MAXIMUM    (1u << 24)

/*
 * Takes in a PACKET_TCP. A SYN with another initial sequence number on the same addresses and ports
 * starts a new connection, and so does one with the same when that was open and is over; what is
 * still on its way from the one before stays with that. `packet`'s payload must outlive the table.
 * False when it was left out.
 */
bool connections_add(
	struct connections *connections, const struct packet *packet, uint32_t index, int64_t time);

/* Frees all of it; a zeroed table may be freed too. */
void connections_free(struct connections *connections);

#endif
