/*
 * Finds which of the waiting fragments make one datagram. For fragment_reassembly.c.
 *
 * Tested by test_fragment_reassembly.c.
 */
#ifndef WIRECHECK_FRAGMENT_JOINING_H
#define WIRECHECK_FRAGMENT_JOINING_H

#include "wire/fragment_reassembly.h"

/*
 * Looks for a datagram that the fragment at place `fresh` completes, by the rules in
 * fragment_reassembly.c. Stores it in `*whole`, or NULL. Fragments that are in the datagram no
 * longer wait. False when memory ran out.
 */
bool joining_find(struct reassembly *reassembly, size_t fresh, struct whole **whole);

/* How many of the waiting fragments begin at `offset` or before it. */
size_t joining_until(const struct reassembly *reassembly, uint32_t offset);

/* Whether two fragments have the same bytes where they overlap. */
bool joining_agree(const struct fragment *a, const struct fragment *b);

#endif
