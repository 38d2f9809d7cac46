/* PASS: a pattern that ends with a star takes all up to the end of the stream, in whichever pieces. */
#include "wirecheck.h"

CASE(.proves = "the last star stands for all that follows", .clause = "verbs/receiving.h")
{
	struct program *server = start_tool("sh", "-c",
		"(printf 'HTTP/1.1 200'; sleep 0.1; printf ' OK'; sleep 0.1; printf ' end') | "
		"socat - TCP-LISTEN:7000,bind=127.0.0.1");
	until_listening(TCP, 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	shut_down(client, SHUT_WR);
	expect_received_matches(client, "HTTP/1.1 200 *");
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	expect_sent(only_connection(7000), SERVER, "HTTP/1.1 200 OK end");
}
