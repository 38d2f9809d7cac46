#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "a socket listens on the port where no program should listen",
	.clause = "none: fails on purpose")
{
	struct program *program = start("udp_hello_server");
	until_listening(UDP, 9000);
	plain_server(SOCK_STREAM, 8898);
	until_given_up(program);
}
