/*
 * Which of the expected datagrams each found one is taken for, when their order does not count.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_DATAGRAM_MATCHING_H
#define WIRECHECK_DATAGRAM_MATCHING_H

#include "verbs/datagram_lists.h"

#include <stdbool.h>
#include <stddef.h>

/* Sorts expected datagrams, as lists_match wants them: patterns come last. */
void messages_sort(struct message messages[], size_t count);

/*
 * Puts those found in the order of those expected. Returns whether each that was found is expected;
 * some of the expected may be missing. Ends the case as BROKEN when there is no memory.
 */
bool lists_match(struct datagram_lists *lists);

#endif
