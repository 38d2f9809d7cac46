#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket of the case does not reach a state within the limit of a wait",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_STREAM, 8898);
	until_socket_state(connect_to(TCP, "127.0.0.1", 8898), CLOSE_WAIT);
}
