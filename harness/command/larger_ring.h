/*
 * A run whose capture lost packets, because its ring was too small for them, is done again from the
 * beginning with a larger ring, before there is any verdict. worker/ring.h says how large.
 * Tested by test_command.c.
 */
#ifndef WIRECHECK_LARGER_RING_H
#define WIRECHECK_LARGER_RING_H

#include "command/slot.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether the worker, which is done, asks for a larger ring. If so the slot is AGAIN, and keeps
 * what failed in this run. A run is done again once; then its verdict stands.
 */
bool larger_ring_is_needed(struct slot *slot);

/* Starts what is AGAIN, one at a time: 48 of the largest rings are all the memory of a machine. */
bool larger_ring_start(struct slot slots[], size_t count, struct error *error);

#endif
