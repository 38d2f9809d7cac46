/* Verbs about the CAN bus. Tested by test_readers.c, where the kernel has AF_CAN. */
#ifndef WIRECHECK_VERBS_CAN_H
#define WIRECHECK_VERBS_CAN_H

#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* Opens a CAN_RAW socket of the case that takes all frames of an interface (AF_CAN). */
struct endpoint *case_open_can(const struct place *place, const char *interface);
#define open_can(...) VERB(open_can, #__VA_ARGS__, __VA_ARGS__)

/* Waits until `sockets` sockets, of programs or of the case, take the frames of a CAN interface. */
void case_until_listening_can(const struct place *place, const char *interface, size_t sockets);
#define until_listening_can(...) VERB(until_listening_can, #__VA_ARGS__, __VA_ARGS__)

/* Receives a CAN frame: it has this identifier and text. */
void case_expect_can_frame(const struct place *place, struct endpoint *endpoint,
	uint32_t identifier, const char *text);
#define expect_can_frame(...) VERB(expect_can_frame, #__VA_ARGS__, __VA_ARGS__)

#endif
