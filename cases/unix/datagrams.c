/*
 * Datagrams over AF_UNIX keep their boundaries as those of UDP do, and they do not get lost. A
 * client that wants an answer must first bind an address of its own, because the kernel gives a
 * datagram socket none.
 */
#include "wirecheck.h"

CASE(.proves = "one datagram each way over AF_UNIX, boundaries kept, no packet",
	.clause = "unix(7) SOCK_DGRAM; POSIX recvfrom")
{
	struct program *server = start("unix_datagram_server", "hello.sock");
	until_bound("hello.sock");
	expect_socket_file("hello.sock");

	struct program *client = start("unix_datagram_client", "hello.sock");
	expect_exit(client, 0);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	expect_output(client, "hi hello.sock\n");
	struct program *listing = start_tool("ls"); /* the client has removed its path */
	expect_output(listing, "");

	/* Two datagrams wait for a server that is held back: its one receive returns the first. */
	struct program *held = start("unix_datagram_server", "held.sock");
	until_bound("held.sock");
	hold(held);
	struct endpoint *sender = connect_to_path(SOCK_DGRAM, "held.sock", "sender.sock");
	send_text(sender, "one");
	send_text(sender, "two");
	release(held);
	expect_received(sender, "hi");
	expect_exit(held, 0);
	expect_output(held, "one\n");

	expect_no_packets();
}
