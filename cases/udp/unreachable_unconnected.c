/*
 * A socket that is not connected may have sent to many addresses, so Linux does not report to it
 * that one of them is not there. The ICMP error is on the wire, and the client goes on waiting as
 * if nothing had happened. Such a client should give up after a time of its own, connect its
 * socket, or set IP_RECVERR. With IP_RECVERR the next call fails, and the error queue says which
 * datagram it was.
 *
 * RFC 1122 4.1.3.3 wants every such error passed on. Linux does so for a socket with IP_RECVERR.
 * udp(7) says that unconnected sockets always get these errors; it is wrong there.
 */
#include "wirecheck.h"

CASE(.proves = "an unconnected socket is not told that nobody is there, unless it sets IP_RECVERR",
	.clause = "RFC 1122 4.1.3.3; ip(7) IP_RECVERR")
{
	struct program *client = start("udp_hello_client");
	until_counter("Icmp", "InDestUnreachs", 1);
	expect_icmp(9000, 3, 3);
	uint16_t client_port = sender_port(datagram_of(9000, 1));
	struct endpoint *server = bind_to(UDP, "127.0.0.1", 9000);
	send_text_to(server, "127.0.0.1", client_port, "hi");
	expect_exit(client, 0);
	expect_output(client, "hi 127.0.0.1:9000\n");
	close_socket(server);

	struct endpoint *asking = open_socket(UDP);
	set_option(asking, IPPROTO_IP, IP_RECVERR, 1);
	send_text_to(asking, "127.0.0.1", 9000, "anybody there?");
	expect_receive_error(asking, ECONNREFUSED);
	expect_queued_error(asking, ECONNREFUSED, "127.0.0.1", 9000, "anybody there?");
	expect_nothing_received(asking);
	expect_icmp(9000, 3, 3);

	expect_datagrams(
		9000, from(CLIENT, "hello"), from(SERVER, "hi"), from(CLIENT, "anybody there?"));
}
