/* The states of a socket, with the kernel's numbers. Tested by test_names.c. */
#ifndef WIRECHECK_SOCKET_STATE_H
#define WIRECHECK_SOCKET_STATE_H

#include "base/protocol.h"

/* The numbers are those of include/net/tcp_states.h. A bound UDP socket is in CLOSE. */
enum socket_state {
	ESTABLISHED = 1,
	SYN_SENT,
	SYN_RECEIVED,
	FIN_WAIT_1,
	FIN_WAIT_2,
	TIME_WAIT,
	CLOSE,
	CLOSE_WAIT,
	LAST_ACK,
	LISTEN,
	CLOSING,
};

/* The name of a state as in RFC 9293 3.3.2: "TIME-WAIT", for example. */
const char *state_name(enum socket_state state);

/* The state of a socket of this protocol that takes what comes from anybody: LISTEN, or CLOSE. */
enum socket_state listening_state(enum protocol protocol);

#endif
