/* Everything a capture holds, decoded: connections, datagrams, errors and what is neither. Pure. */
#ifndef WIRECHECK_WIRE_H
#define WIRECHECK_WIRE_H

#include "wire/connections.h"
#include "wire/datagram.h"

/* A packet that is neither TCP, UDP, UDP-Lite nor an ICMP error, or that could not be read. */
struct stray {
	uint32_t packet;         /* index in the capture */
	const char *problem;     /* static text */
	struct address from, to; /* as in struct packet */
	uint8_t protocol;
	bool bad;        /* PACKET_BAD rather than another protocol */
	bool is_kernels; /* what a kernel says by itself: of groups, of routers, of its neighbours
			  */
	bool looked_at;  /* kept by the expectations */
};

struct wire {
	struct connections connections;
	struct datagrams datagrams;
	struct stray *strays;
	size_t stray_count, stray_capacity;
	size_t beyond; /* strays left out */
};

#define STRAYS_MAXIMUM 65536

/*
 * Takes in the capture's next frame: `frame` is what was captured of it and must outlive the wire,
 * `wire_length` its length on the wire, `time` nanoseconds since the epoch, `index` its place in
 * the capture. False when a limit made it be left out.
 */
bool wire_add(
	struct wire *wire, struct bytes frame, size_t wire_length, uint32_t index, int64_t time);

/* How many packets a kernel sent by itself (struct stray). */
size_t wire_kernels(const struct wire *wire);

/* How many packets were left out because a limit was reached: what is missing from the facts. */
size_t wire_beyond(const struct wire *wire);

/* Frees all of it; a zeroed wire may be freed too. */
void wire_free(struct wire *wire);

#endif
