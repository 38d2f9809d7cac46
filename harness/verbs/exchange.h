/*
 * The verb by which two sockets of the case send to each other at once.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_EXCHANGE_H
#define WIRECHECK_VERBS_EXCHANGE_H

#include "base/bytes.h"
#include "verbs/verb.h"

/* Both sides send their bytes at the same time and each receives the other's, byte for byte. */
void case_exchange(const struct place *place, struct endpoint *a, struct bytes from_a,
	struct endpoint *b, struct bytes from_b);
#define exchange(...) VERB(exchange, #__VA_ARGS__, __VA_ARGS__)

#endif
