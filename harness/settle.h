/* Settling: waits until the wire is quiet and all of it is in the capture, decoded. */
#ifndef WIRECHECK_SETTLE_H
#define WIRECHECK_SETTLE_H

#include "error.h"

#include <stdbool.h>

/*
 * Settles the capture: no TCP socket is between states or has bytes in flight, and every frame
 * that the interface carried until then is in context.wire. False with what was still going on,
 * or what the capture lacks, when that was not so within the limit of a wait.
 */
bool settle(struct error *error);

/* The same for a verb that looks at the wire: what failed ends the case as BROKEN. */
void must_settle(void);

/* Decodes what the capture has so far into context.wire, settled or not. */
void settle_decode(void);

#endif
