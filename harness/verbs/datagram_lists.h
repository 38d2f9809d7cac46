/*
 * The datagrams that an expectation is about: those expected, and those found on a port.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_DATAGRAM_LISTS_H
#define WIRECHECK_DATAGRAM_LISTS_H

#include "verbs/datagrams.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Two lists. Zero but for the first four fields at first; the caller frees `found`. */
struct datagram_lists {
	uint8_t protocol; /* IPPROTO_UDP or IPPROTO_UDPLITE */
	uint16_t port;
	const struct message *expected;
	size_t expected_count;
	struct datagram **found;
	size_t found_count;
};

/* Finds the datagrams on the port that nobody has looked at, in place of those found before. */
void lists_find(struct datagram_lists *lists);

/* A datagram that was found, as one that is expected has it. */
struct message lists_found(const struct datagram_lists *lists, size_t found);

/* Whether a datagram that was found is as this expected one. */
bool lists_same(const struct datagram_lists *lists, size_t expected, size_t found);

#endif
