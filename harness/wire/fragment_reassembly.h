/* Fragments of IP datagrams that have one identification: in any order in, whole datagrams out. */
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
	bool told;  /* it is in a datagram that was told of, and that it may not belong to */
	bool leads; /* fragment_joining.c's: from it on, the datagram is whole */
};

/* Of how many fragments nothing became, and the first of them. */
struct leftover {
	size_t count;
	uint32_t packet; /* index of its frame in the capture; 0 for none */
};

/*
 * What has one identification: addresses, number and, in IPv4, protocol (RFC 791 3.2, RFC 8200
 * 4.5). Datagrams have it one after the other. Owned by its table (fragment_table.h).
 */
struct reassembly {
	struct packet identity;     /* a fragment of it */
	struct fragment *fragments; /* those that wait, by offset and then as they came */
	size_t count, capacity;
	uint32_t longest;                          /* bytes of the longest that ever waited */
	int64_t oldest;                            /* time of the oldest one that waits */
	struct leftover lost;                      /* those that no longer wait */
	bool looked_at;                            /* kept by the expectations; false until then */
	struct reassembly *chain, *before, *after; /* the table's */
};

/* An IP datagram put together. Owned by whoever took it, for whole_free. */
struct whole {
	struct whole *next;   /* the owner's */
	struct packet packet; /* what is in it, with views into `data` */
	unsigned char *data;  /* the IP payload, `length` bytes */
	size_t length;
	uint32_t *packets;   /* indices of the frames in the capture */
	uint32_t *offsets;   /* of the fragments, in bytes and ascending */
	size_t packet_count; /* length of both */
};

/* Fragments that wait, at most; the older ones make room and count as lost. */
#define FRAGMENTS_MAXIMUM 16384

/* Of these, so many that begin at the same place. */
#define FRAGMENTS_AT_ONE_PLACE 32

/*
 * Adds a PACKET_FRAGMENT of this identity, whose payload must outlive the reassembly. `*whole` is
 * set to the datagram that it completes, or to NULL. False without memory: then something is left
 * out.
 */
bool reassembly_add(struct reassembly *reassembly, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole);

/* Of which fragments nothing became so far. */
struct leftover reassembly_leftover(const struct reassembly *reassembly);

/* Bytes from the start of the datagram's payload to where the fragment ends. */
static inline uint32_t fragment_end(const struct fragment *fragment)
{
	return fragment->offset + (uint32_t)fragment->payload.length;
}

/* Frees what it holds, and not the struct. */
void reassembly_free(struct reassembly *reassembly);

/* Frees it, and all that it owns; NULL is fine. */
void whole_free(struct whole *whole);

#endif
