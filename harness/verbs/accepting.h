/*
 * Verbs about the connections that wait at a listener of the case.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_ACCEPTING_H
#define WIRECHECK_VERBS_ACCEPTING_H

#include "verbs/verb.h"

/* Waits for a connection and accepts it. */
struct endpoint *case_accept_from(const struct place *place, struct endpoint *listener);
#define accept_from(...) VERB(accept_from, #__VA_ARGS__, __VA_ARGS__)

/* Waits until `count` connections are in its queue, to be accepted. */
void case_until_queued(const struct place *place, struct endpoint *listener, unsigned count);
#define until_queued(...) VERB(until_queued, #__VA_ARGS__, __VA_ARGS__)

/* No connection waits to be accepted now. */
void case_expect_nothing_to_accept(const struct place *place, const struct endpoint *listener);
#define expect_nothing_to_accept(...) VERB(expect_nothing_to_accept, #__VA_ARGS__, __VA_ARGS__)

#endif
