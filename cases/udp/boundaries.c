/*
 * Each send is one datagram, and each receive returns one. Three sends to a server that is held
 * back are not merged. An empty datagram is a message like any other and not an end of file.
 * Anybody can stop a server that treats 0 bytes as "the client has gone".
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

	/* The server prints first: while it has no room to print the line, it sends no answer. */
	struct program *blocked = start("udp_hello_server");
	until_listening(UDP, 9000);
	block_output(blocked);
	send_text(client, "ccc");
	until_waiting(blocked, SERVER, 9000);
	expect_datagrams(9000, from(CLIENT, "ccc"));
	unblock_output(blocked);
	expect_received(client, "hi");
	expect_exit(blocked, 0);
	expect_output(blocked, "ccc\n");
	expect_datagrams(9000, from(SERVER, "hi"));
}
