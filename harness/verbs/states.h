/*
 * Verbs about the states of TCP sockets, of programs and of the case.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_STATES_H
#define WIRECHECK_VERBS_STATES_H

#include "base/socket_state.h"
#include "verbs/verb.h"

#include <stdint.h>

/* Waits until a TCP socket with this local port is in this state. */
void case_until_state(const struct place *place, uint16_t port, enum socket_state state);
#define until_state(...) VERB(until_state, #__VA_ARGS__, __VA_ARGS__)

/* A TCP socket with this local port is in this state now. */
void case_expect_state(const struct place *place, uint16_t port, enum socket_state state);
#define expect_state(...) VERB(expect_state, #__VA_ARGS__, __VA_ARGS__)

/* No TCP socket with this local port is in this state; waits until the last one has left it. */
void case_expect_no_state(const struct place *place, uint16_t port, enum socket_state state);
#define expect_no_state(...) VERB(expect_no_state, #__VA_ARGS__, __VA_ARGS__)

/* Waits until this socket, and not its peer, is in this state. */
void case_until_socket_state(
	const struct place *place, const struct endpoint *endpoint, enum socket_state state);
#define until_socket_state(...) VERB(until_socket_state, #__VA_ARGS__, __VA_ARGS__)

#endif
