/* The states of a socket, with the kernel's numbers. */
#include "base/socket_state.h"

const char *state_name(enum socket_state state)
{
	static const char *const names[] = {
		[ESTABLISHED] = "ESTABLISHED",
		[SYN_SENT] = "SYN-SENT",
		[SYN_RECEIVED] = "SYN-RECEIVED",
		[FIN_WAIT_1] = "FIN-WAIT-1",
		[FIN_WAIT_2] = "FIN-WAIT-2",
		[TIME_WAIT] = "TIME-WAIT",
		[CLOSE] = "CLOSED",
		[CLOSE_WAIT] = "CLOSE-WAIT",
		[LAST_ACK] = "LAST-ACK",
		[LISTEN] = "LISTEN",
		[CLOSING] = "CLOSING",
	};

	return state >= ESTABLISHED && state <= CLOSING ? names[state] : "a state without a name";
}

enum socket_state listening_state(enum protocol protocol)
{
	return protocol == TCP ? LISTEN : CLOSE;
}
