/* Puts IP datagrams together from fragments that have one identification, in any order. */
#ifndef WIRECHECK_FRAGMENT_REASSEMBLY_H
#define WIRECHECK_FRAGMENT_REASSEMBLY_H

#include "wire/packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A PACKET_FRAGMENT that waits for others. */
struct fragment {
	struct bytes payload; /* in its frame */
	int64_t time;         /* nanoseconds since the epoch */
	uint32_t packet;      /* index of its frame in the capture */
	uint32_t offset;      /* bytes from the start of the datagram's payload */
	bool more;            /* another one follows */
	bool dont_fragment;
	uint8_t protocol, hop_limit;
	bool reported; /* it is in a datagram that was reported, and may belong to another one */
	bool leads;    /* for fragment_joining.c: a way leads on from here to the end */
};

/* Fragments that are in no datagram: how many, and the first of them. */
struct leftover {
	size_t count;
	uint32_t packet; /* index of its frame in the capture; 0: there is none */
};

/*
 * The fragments of one identification: addresses, number and, in IPv4, protocol (RFC 791 3.2, RFC
 * 8200 4.5). Several datagrams may have the same one after the other. Owned by its table
 * (fragment_table.h).
 */
struct reassembly {
	struct packet identity;     /* one of the fragments */
	struct fragment *fragments; /* those that wait, by offset and then as they came */
	size_t count, capacity;
	uint32_t longest;                          /* length of the longest that ever waited */
	int64_t oldest;                            /* time of the oldest one that waits */
	struct leftover lost;                      /* those that no longer wait */
	bool looked_at;                            /* set by the verbs */
	struct reassembly *chain, *before, *after; /* for the table */
};

/* An IP datagram that was put together. Who gets it frees it with whole_free. */
struct whole {
	struct whole *next;   /* for the owner */
	struct packet packet; /* the decoded datagram, with views into `data` */
	unsigned char *data;  /* the IP payload, `length` bytes */
	size_t length;
	uint32_t *packets;   /* indices of the frames in the capture */
	uint32_t *offsets;   /* of the fragments, in bytes and ascending */
	size_t packet_count; /* length of both */
};

/* At most this many fragments wait. When there are more, the older ones count as lost. */
#define FRAGMENTS_MAXIMUM 16384

/* At most this many of them begin at the same place. */
#define FRAGMENTS_AT_ONE_PLACE 32

/*
 * Adds a PACKET_FRAGMENT of this identification. Its payload must stay valid as long as the
 * reassembly. `*whole` is the datagram that it completes, or NULL. False when memory ran out: then
 * something is left out.
 */
bool reassembly_add(struct reassembly *reassembly, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole);

/* The fragments that are in no datagram so far. */
struct leftover reassembly_leftover(const struct reassembly *reassembly);

/* Bytes from the start of the datagram's payload to where the fragment ends. */
static inline uint32_t fragment_end(const struct fragment *fragment)
{
	return fragment->offset + (uint32_t)fragment->payload.length;
}

/* Frees what it owns, but not the structure. */
void reassembly_free(struct reassembly *reassembly);

/* Frees the datagram and all that it owns. NULL is allowed. */
void whole_free(struct whole *whole);

#endif
