/* All fragments of a capture that wait for others, by their identification. */
#ifndef WIRECHECK_FRAGMENT_TABLE_H
#define WIRECHECK_FRAGMENT_TABLE_H

#include "wire/fragment_reassembly.h"

/* A zeroed table is empty. */
struct fragment_table {
	struct reassembly *first, *last; /* those with waiting or lost fragments, in the order in
					    which they began; linked by `after` */
	size_t count;                    /* of these */
	struct reassembly **buckets;
	size_t bucket_count;
};

/* The same as reassembly_add, for a PACKET_FRAGMENT of any identification. */
bool fragment_table_add(struct fragment_table *table, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole);

/* How many fragments are in no datagram so far. */
size_t fragment_table_leftover(const struct fragment_table *table);

/* Frees all of it and leaves it empty. */
void fragment_table_free(struct fragment_table *table);

#endif
