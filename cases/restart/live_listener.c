/*
 * SO_REUSEADDR is for what an ended server leaves behind, not for a server that lives. A second
 * server on the same port is refused, even when one of the two wants all addresses and the other
 * only one. So a server may always set the option: when it is started twice by mistake, it still
 * reports that. This holds on Linux; on some other systems a wildcard and a single address share a
 * port with this option.
 *
 * SO_REUSEPORT does not help the second server either: both must have it (restart/reuseport).
 */
#include "wirecheck.h"

CASE(.proves = "even with SO_REUSEADDR two sockets cannot listen on one port, wildcard or not",
	.clause = "socket(7) SO_REUSEADDR, SO_REUSEPORT")
{
	struct program *server = start("tcp_restart_server");
	until_listening(TCP, 8898);
	expect_unshared(TCP, 8898);
	struct program *same = start("tcp_restart_server");
	expect_exit(same, 1);
	expect_error(same, "Address already in use");
	struct program *wider = start("tcp_restart_server", "0.0.0.0", "8898");
	expect_exit(wider, 1);
	expect_error(wider, "Address already in use");
	struct endpoint *with_reuseport = open_socket(TCP);
	set_option(with_reuseport, SOL_SOCKET, SO_REUSEPORT, 1);
	expect_bind_error(with_reuseport, "127.0.0.1", 8898, EADDRINUSE);

	start("tcp_restart_server", "0.0.0.0", "8899");
	until_listening(TCP, 8899);
	expect_bound_to(TCP, "0.0.0.0", 8899);
	struct program *narrower = start("tcp_restart_server", "127.0.0.1", "8899");
	expect_exit(narrower, 1);
	expect_error(narrower, "Address already in use");

	/* While neither listens, both may bind. Then the first one to listen has the port. */
	struct endpoint *first = open_socket(TCP), *second = open_socket(TCP);
	set_option(first, SOL_SOCKET, SO_REUSEADDR, 1);
	set_option(second, SOL_SOCKET, SO_REUSEADDR, 1);
	bind_socket(first, "127.0.0.1", 8900);
	bind_socket(second, "127.0.0.1", 8900);
	listen_socket(first, 5);
	expect_listen_error(second, EADDRINUSE);

	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, "hello");
	expect_received(client, "hi");
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
}
