/* Which of the fragments that wait are one datagram, for fragment_reassembly.c. */
#ifndef WIRECHECK_FRAGMENT_JOINING_H
#define WIRECHECK_FRAGMENT_JOINING_H

#include "wire/fragment_reassembly.h"

/*
 * Looks for a datagram that the fragment at place `fresh` completes, by the rules of fragment_reassembly.c,
 * and stores it in `*whole`, NULL for none. What has become of the fragments is taken from those
 * that wait. False without memory.
 */
bool joining_find(struct reassembly *reassembly, size_t fresh, struct whole **whole);

/* How many of the fragments that wait begin at `offset` or before. */
size_t joining_until(const struct reassembly *reassembly, uint32_t offset);

/* Whether two fragments have the same bytes wherever both have some. */
bool joining_agree(const struct fragment *a, const struct fragment *b);

#endif
