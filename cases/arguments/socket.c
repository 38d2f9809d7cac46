/*
 * Parameters by names that do not exist, and descriptors that are for other things: what a program
 * prints must never go to the peer of a socket.
 */
#include "refused.h"

CASE(.proves = "unknown names and descriptors below 3 get the usage",
	.clause = "POSIX socket; the demos' contract")
{
	refused("socket_parameters");
	refused("socket_parameters", "AF_INET");
	refused("socket_parameters", "AF_NONE", "SOCK_STREAM");
	refused("socket_parameters", "AF_INET", "SOCK_NONE");
	refused("socket_parameters", "AF_INET", "SOCK_STREAM", "IPPROTO_NONE");
	refused("socket_parameters", "AF_INET", "SOCK_STREAM", "IPPROTO_TCP", "more");
	refused("socket_fileno");
	refused("socket_fileno", "");
	refused("socket_fileno", "2");
	refused("socket_fileno", "three");
	refused("socket_fileno", "3", "4");
	expect_no_packets();
}
