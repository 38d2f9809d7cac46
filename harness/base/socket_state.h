/* The states of a socket, as the kernel has them. */
#ifndef WIRECHECK_SOCKET_STATE_H
#define WIRECHECK_SOCKET_STATE_H

/* tcp(7); the kernel's numbers (include/net/tcp_states.h). A bound UDP socket is in CLOSE. */
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

/* The state's name as RFC 9293 3.3.2 writes it, TIME-WAIT for instance. */
const char *state_name(enum socket_state state);

#endif
