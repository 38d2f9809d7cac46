/*
 * Each side says in its SYN how long a segment it takes: the interface's MTU less the headers of IP
 * and TCP. On loopback that is nearly 64 KiB, over Ethernet 1460 bytes. A program that expects a
 * send to arrive in one piece works on the developer's machine and fails over Ethernet.
 *
 * With loopback's default MTU of 65536 the largest segment is 65495 bytes, not 65496, because a
 * packet of IPv4 has at most 65535 bytes.
 */
#include "wirecheck.h"

CASE(.proves = "each SYN says the largest segment: 65495 on loopback, 1460 at an MTU of 1500",
	.clause = "RFC 9293 3.7.1 SHLD-5")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct program *client = start("tcp_hello_client");
	expect_exit(client, 0);
	expect_exit(server, 0);

	set_mtu(1500);
	server = start("tcp_hello_server", "127.0.0.1", "8899");
	until_listening(TCP, 8899);
	client = start("tcp_hello_client", "127.0.0.1", "8899");
	expect_exit(client, 0);
	expect_exit(server, 0);

	static const uint16_t ports[] = {8898, 8899};
	static const unsigned sizes[] = {65495, 1460};
	for (int i = 0; i < 2; i++) {
		struct connection *conn = only_connection(ports[i]);
		expect_mss(conn, CLIENT, sizes[i]);
		expect_mss(conn, SERVER, sizes[i]);
		expect_sent(conn, CLIENT, "hello");
		expect_sent(conn, SERVER, "hi");
	}
}
