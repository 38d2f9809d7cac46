/* Verbs that wait until a program listens, or until none does. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_LISTENING_H
#define WIRECHECK_VERBS_LISTENING_H

#include "base/protocol.h"
#include "verbs/verb.h"

#include <stdint.h>

/*
 * Waits until a socket listens on this TCP port, or one is bound to this port of UDP or UDPLITE and
 * the program that was started last sleeps: what it does after bind(2), such as joining a group, is
 * done then.
 */
void case_until_listening(const struct place *place, enum protocol protocol, uint16_t port);
#define until_listening(...) VERB(until_listening, #__VA_ARGS__, __VA_ARGS__)

/*
 * The same for a socket that is bound to this numeric address, and not to all. A server that
 * listens on several is waited for by one after the other; expect_bound_to_all says that there are
 * no more.
 */
void case_until_listening_at(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
#define until_listening_at(...) VERB(until_listening_at, #__VA_ARGS__, __VA_ARGS__)

/*
 * Waits until nobody listens on this port any more. Sockets of open connections do not count. A TCP
 * port may be in TIME-WAIT then; expect_no_state says whether.
 */
void case_until_not_listening(const struct place *place, enum protocol protocol, uint16_t port);
#define until_not_listening(...) VERB(until_not_listening, #__VA_ARGS__, __VA_ARGS__)

/* The same as an expectation, which waits until the last one has ended. */
void case_expect_not_listening(const struct place *place, enum protocol protocol, uint16_t port);
#define expect_not_listening(...) VERB(expect_not_listening, #__VA_ARGS__, __VA_ARGS__)

/* Waits until a program that cannot listen has ended; one that listens after all ends the case. */
void case_until_given_up(const struct place *place, struct program *program);
#define until_given_up(...) VERB(until_given_up, #__VA_ARGS__, __VA_ARGS__)

#endif
