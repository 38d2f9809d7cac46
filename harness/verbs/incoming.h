/* Verbs by which a socket of the case loses what comes to it. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_INCOMING_H
#define WIRECHECK_VERBS_INCOMING_H

#include "verbs/verb.h"

/*
 * From drop_incoming to take_incoming the kernel drops all that reaches this socket, after the
 * capture saw it (socket(7) SO_ATTACH_FILTER). TCP sends it again afterwards.
 */
void case_drop_incoming(const struct place *place, struct endpoint *endpoint);
void case_take_incoming(const struct place *place, struct endpoint *endpoint);
#define drop_incoming(...) VERB(drop_incoming, #__VA_ARGS__, __VA_ARGS__)
#define take_incoming(...) VERB(take_incoming, #__VA_ARGS__, __VA_ARGS__)

#endif
