/* Verbs that wait until a program waits for its peer. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_WAITING_H
#define WIRECHECK_VERBS_WAITING_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stdint.h>

/*
 * Waits until it waits for its peer: all its processes sleep, all that came to its side of this
 * port has been taken, and nothing is on its way. On UDP for the SERVER alone.
 */
void case_until_waiting(
	const struct place *place, struct program *program, enum side side, uint16_t port);
#define until_waiting(...) VERB(until_waiting, #__VA_ARGS__, __VA_ARGS__)

#endif
