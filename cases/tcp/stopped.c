/*
 * A program is stopped and goes on: by Ctrl-Z and fg, when a laptop sleeps, when a debugger
 * attaches. On Linux some calls then fail with EINTR, for instance epoll_wait(2), although no
 * handler ran (signal(7), "Interruption of system calls and library functions by stop signals"). A
 * program that takes that for an error ends without a reason.
 */
#include "wirecheck.h"

CASE(.proves = "a server that was stopped in each of its waits goes on as if nothing had happened",
	.clause = "POSIX SIGSTOP, SIGCONT; signal(7) EINTR")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	until_waiting(server, SERVER, 8898);
	hold(server);
	release(server);
	until_waiting(server, SERVER, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	until_waiting(server, SERVER, 8898);
	hold(server);
	release(server);
	until_waiting(server, SERVER, 8898);

	send_text(client, "hello");
	expect_received(client, "hi");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, "hello\n");
	struct connection *conn = only_connection(8898);
	expect_sent(conn, CLIENT, "hello");
	expect_sent(conn, SERVER, "hi");
}
