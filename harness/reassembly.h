/* One fragmented IP datagram: its fragments in any order in, the whole payload out. */
#ifndef WIRECHECK_REASSEMBLY_H
#define WIRECHECK_REASSEMBLY_H

#include "packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Fragments begin at multiples of so many bytes (RFC 791 3.1, RFC 8200 4.5). */
#define FRAGMENT_UNIT 8u

/* An IP datagram of which fragments came. Owned by the table of datagrams. */
struct reassembly {
	struct reassembly *next;
	struct packet first; /* its fragment at offset 0; until that comes, another */
	bool contradicted;   /* fragments disagree: it is never put together (RFC 5722 4) */
	uint32_t *packets;   /* indices in the capture of the fragments that brought something */
	uint32_t *offsets;   /* where in the datagram they begin, in bytes; ascending */
	size_t packet_count, packet_capacity;
	unsigned char *data; /* the datagram's payload so far, with holes */
	uint32_t end;        /* how far fragments reach, in bytes */
	bool has_last;       /* the last fragment came: `end` is the payload's length */
	uint32_t units;      /* how many units came */
	bool *come;          /* which ones; NULL once whole */
	bool looked_at;      /* kept by the expectations; false until then */
};

enum reassembly_step {
	REASSEMBLY_WAITS,       /* more fragments are missing */
	REASSEMBLY_WHOLE,       /* this fragment was the last one missing */
	REASSEMBLY_CONTRADICTS, /* this fragment disagrees with an earlier one and was rejected */
	REASSEMBLY_NO_MEMORY,
};

/* One without fragments, for reassembly_free. NULL without memory. */
struct reassembly *reassembly_new(void);

void reassembly_free(struct reassembly *reassembly);

/* Whether a PACKET_FRAGMENT belongs to it, which has fragments (RFC 791 3.2, RFC 8200 4.5). */
bool reassembly_takes(const struct reassembly *reassembly, const struct packet *fragment);

/*
 * Adds a PACKET_FRAGMENT that belongs to it, unless it came before. Once fragments disagree, what
 * follows is dropped (RFC 5722 4). `index` is its frame's place in the capture. Not to be called
 * once it is whole.
 */
enum reassembly_step reassembly_add(
	struct reassembly *reassembly, const struct packet *fragment, uint32_t index);

/* Decodes what it holds, once whole; views into it live as long as it does. */
void reassembly_decode(const struct reassembly *reassembly, struct packet *whole);

#endif
