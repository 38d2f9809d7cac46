/*
 * FAIL: a helper that the server has left behind holds the port and accepts no connection.
 * says "TCP 127.0.0.1:7000 of sleep (process 3) in LISTEN with SO_REUSEADDR and 1 connection not accepted"
 * says "helper_server: process 3 (sleep) sleeps in clock_nanosleep"
 */
#include "wirecheck.h"

CASE(.proves = "the port is free when the server has ended", .clause = "open(2) O_CLOEXEC")
{
	struct program *server = start("helper_server");

	until_listening(TCP, 7000);
	struct endpoint *first = connect_to(TCP, "127.0.0.1", 7000);
	send_text(first, "1");
	expect_received(first, "1");
	close_socket(first);
	expect_exit(server, 0);
	struct endpoint *second = connect_to(TCP, "127.0.0.1", 7000);
	send_text(second, "2");
	expect_received(second, "2");
	allow_other_traffic();
}
