/* The verb that waits at two sockets of the case at once. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_READINESS_H
#define WIRECHECK_VERBS_READINESS_H

#include "verbs/verb.h"

/* Waits until one of two sockets has something to receive or to accept; returns that one. */
struct endpoint *case_until_either_ready(
	const struct place *place, struct endpoint *first, struct endpoint *second);
#define until_either_ready(...) VERB(until_either_ready, #__VA_ARGS__, __VA_ARGS__)

#endif
