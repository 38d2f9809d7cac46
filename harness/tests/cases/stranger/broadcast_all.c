/* PASS: a datagram to all hosts of the network is sent, from the address that the sandbox has. */
#include "wirecheck.h"

CASE(.proves = "a program may send to 255.255.255.255 with SO_BROADCAST, and is heard",
	.clause = "RFC 919 7; socket(7) SO_BROADCAST")
{
	struct endpoint *listener = bind_to(UDP, "0.0.0.0", 7000);
	struct endpoint *sender = open_socket(UDP);
	set_option(sender, SOL_SOCKET, SO_BROADCAST, 1);
	send_text_to(sender, "255.255.255.255", 7000, "to all");
	expect_received(listener, "to all");
	expect_datagrams(7000, from(CLIENT, "to all"));
}
