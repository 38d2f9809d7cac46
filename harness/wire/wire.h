/* All that a capture has, decoded: connections, datagrams, ICMP errors and strays. Pure. */
#ifndef WIRECHECK_WIRE_H
#define WIRECHECK_WIRE_H

#include "wire/connections.h"
#include "wire/datagram.h"

/* A stray: a packet that is neither TCP, UDP, UDP-Lite nor an ICMP error, or is not readable. */
struct stray {
	uint32_t packet;         /* index in the capture */
	const char *problem;     /* static text */
	struct address from, to; /* as in struct packet */
	uint8_t protocol;
	bool bad;        /* PACKET_BAD, not another protocol */
	bool is_kernels; /* a kernel sent it by itself: about groups, routers or neighbours */
	bool looked_at;  /* set by the verbs */
};

/* All of it. A zeroed structure is empty. */
struct wire {
	struct connections connections;
	struct datagrams datagrams;
	struct stray *strays;
	size_t stray_count, stray_capacity;
	size_t beyond; /* strays left out */
};

#define STRAYS_MAXIMUM 65536

/*
 * Adds the next frame of the capture. `frame` is what was captured of it, and must stay valid as
 * long as the wire. `wire_length` is its length on the wire, `time` is in nanoseconds since the
 * epoch, and `index` is its place in the capture. False when it was left out, because of a limit or
 * because memory ran out.
 */
bool wire_add(
	struct wire *wire, struct bytes frame, size_t wire_length, uint32_t index, int64_t time);

/* How many packets a kernel sent by itself (struct stray). */
size_t wire_kernels(const struct wire *wire);

/* How many packets were left out, because of a limit or because memory ran out. */
size_t wire_beyond(const struct wire *wire);

/* Frees everything. A zeroed structure may be freed too. */
void wire_free(struct wire *wire);

#endif
