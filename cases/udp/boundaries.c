/*
 * Each send is one datagram and each receive returns one: three sends to a server that is held
 * back are not merged, and an empty datagram is a message like any other, not an end of file.
 * A server that treats 0 bytes as "the client has gone" can be stopped by anybody.
 */
#include "wirecheck.h"

CASE(.proves = "three sends are three datagrams of 1, 0 and 3 bytes, never merged or split",
	.clause = "RFC 768; udp(7)")
{
	struct program *held = start("udp_hello_server");
	until_listening(UDP, 9000);
	until_waiting(held, SERVER, 9000);
	hold(held);
	struct endpoint *client = connect_to(UDP, "127.0.0.1", 9000);
	send_text(client, "a");
	send_text(client, "");
	send_text(client, "ccc");
	release(held);
	expect_received(client, "hi");
	expect_exit(held, 0);
	expect_output(held, "a\n");
	expect_datagrams(
		9000, from(CLIENT, "a"), from(CLIENT, ""), from(CLIENT, "ccc"), from(SERVER, "hi"));

	struct program *empty = start("udp_hello_server");
	until_listening(UDP, 9000);
	send_text(client, "");
	expect_received(client, "hi");
	expect_exit(empty, 0);
	expect_output(empty, "\n");
	expect_datagrams(9000, from(CLIENT, ""), from(SERVER, "hi"));

	/* Printing comes before the answer: while there is no room for the line, none is sent. */
	struct program *three = start("udp_hello_server");
	until_listening(UDP, 9000);
	block_output(three);
	send_text(client, "ccc");
	until_waiting(three, SERVER, 9000);
	expect_datagrams(9000, from(CLIENT, "ccc"));
	unblock_output(three);
	expect_received(client, "hi");
	expect_exit(three, 0);
	expect_output(three, "ccc\n");
	expect_datagrams(9000, from(SERVER, "hi"));
}
