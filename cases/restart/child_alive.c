/*
 * A server that forks for each client can end while a child still serves. Then nobody listens any
 * more, but the child's connection still uses the server's port. While it lives, the kernel refuses
 * the port to every program that does not set SO_REUSEADDR. So TIME-WAIT is not the only reason to
 * set the option.
 *
 * A child is a process that holds the accepted socket but not the listening one. Here the case
 * itself is the child, because to the kernel it does not matter which process holds a socket.
 */
#include "wirecheck.h"

CASE(.proves = "while a connection of the old server lives, only SO_REUSEADDR binds its port again",
	.clause = "socket(7) SO_REUSEADDR")
{
	struct endpoint *listener = open_socket(TCP);
	set_option(listener, SOL_SOCKET, SO_REUSEADDR, 1);
	bind_socket(listener, "127.0.0.1", 8898);
	listen_socket(listener, 5);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *child = accept_from(listener);
	close_socket(listener);
	expect_no_state(8898, LISTEN);
	expect_state(8898, ESTABLISHED);

	struct program *without = start("tcp_hello_server");
	until_given_up(without);
	expect_exit(without, 1);
	expect_error(without, "Address already in use");

	struct program *with = start("tcp_restart_server");
	until_listening(TCP, 8898);
	struct endpoint *late = connect_to(TCP, "127.0.0.1", 8898);
	send_text(late, "hello");
	expect_received(late, "hi");
	expect_end_of_stream(late);
	close_socket(late);
	expect_exit(with, 0);
	expect_output(with, "hello\n");

	/* The old connection goes on, undisturbed by the new server. */
	send_text(client, "are you there?");
	expect_received(child, "are you there?");
	send_text(child, "always");
	expect_received(client, "always");
	close_socket(client);
	expect_end_of_stream(child);
	close_socket(child);

	struct connection *old = connection_of(8898, 1, 2);
	expect_sent(old, CLIENT, "are you there?");
	expect_sent(old, SERVER, "always");
	expect_closed(old);
	struct connection *new = connection_of(8898, 2, 2);
	expect_sent(new, CLIENT, "hello");
	expect_sent(new, SERVER, "hi");
}
