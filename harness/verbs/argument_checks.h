/*
 * Checks of what a case gives to a verb. C lets any number stand for a constant of an enum.
 * Tested by test_strangers.c.
 */
#ifndef WIRECHECK_ARGUMENT_CHECKS_H
#define WIRECHECK_ARGUMENT_CHECKS_H

#include "base/place.h"
#include "base/protocol.h"
#include "base/side.h"

/* Each ends the case as BROKEN, at this place, unless the argument is one of its constants. */
void must_be_side(const struct place *place, enum side side);
void must_be_protocol(const struct place *place, enum protocol protocol);

#endif
