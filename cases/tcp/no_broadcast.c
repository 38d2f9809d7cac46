/*
 * A TCP connection has exactly two ends. So a program cannot connect to a broadcast or multicast
 * address by TCP, although UDP may send there. The kernel says so before anything is sent: a wrong
 * entry in a configuration cannot make every machine of a network answer.
 */
#include "wirecheck.h"

#include <net/if.h>

CASE(.proves = "connect to a broadcast or multicast address fails, and no SYN is sent",
	.clause = "RFC 9293 3.9.1.1 MUST-46")
{
	static const char *const hosts[] = {"127.255.255.255", "255.255.255.255", "224.0.0.1"};
	int loopback = (int)if_nametoindex("lo");

	for (int i = 0; i < 3; i++) {
		struct endpoint *datagrams = open_socket(UDP);
		set_option(datagrams, SOL_SOCKET, SO_BROADCAST, 1);
		set_option(datagrams, SOL_SOCKET, SO_BINDTOIFINDEX, loopback);
		expect_connect_error(datagrams, hosts[i], 8898, 0);

		struct endpoint *stream = open_socket(TCP);
		set_option(stream, SOL_SOCKET, SO_BROADCAST, 1);
		set_option(stream, SOL_SOCKET, SO_BINDTOIFINDEX, loopback);
		expect_connect_error(stream, hosts[i], 8898, ENETUNREACH);
	}
	expect_no_connection(8898);
	expect_no_packets();
}
