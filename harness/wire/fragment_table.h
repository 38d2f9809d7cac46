/* All fragments of a capture, by their identification. */
#ifndef WIRECHECK_FRAGMENT_TABLE_H
#define WIRECHECK_FRAGMENT_TABLE_H

#include "wire/fragment_reassembly.h"

/* Zeroed, it is empty. */
struct fragment_table {
	struct reassembly *first, *last; /* whose fragments are not all in wholes, in the order in
					    which they began; linked by `after` */
	size_t count;                    /* how many these are */
	struct reassembly **buckets;
	size_t bucket_count;
};

/* As reassembly_add, for a PACKET_FRAGMENT of any identity. */
bool fragment_table_add(struct fragment_table *table, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole);

/* Of how many fragments nothing became so far, whatever their identity. */
size_t fragment_table_leftover(const struct fragment_table *table);

/* Frees all of it and leaves it empty. */
void fragment_table_free(struct fragment_table *table);

#endif
