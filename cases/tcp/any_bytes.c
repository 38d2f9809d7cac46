/*
 * What a program receives is bytes, not text. A peer may send any bytes, and also half of a
 * character. A program that decodes before it prints ends at the first byte that is not UTF-8, or
 * prints something else than it received.
 */
#include "wirecheck.h"

#define TEXT "\xff\xfe\xc3( \x01\x7f\xe4\xf6 %s \r\n \xf0\x9f"

CASE(.proves = "bytes that are not text are printed as they came, on both sides",
	.clause = "POSIX recv, write; RFC 3629 3")
{
	struct program *server = start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	send_text(client, TEXT);
	expect_received(client, "hi");
	close_socket(client);
	expect_exit(server, 0);
	expect_output(server, TEXT "\n");

	struct endpoint *listener = listen_on("127.0.0.1", 8899);
	struct program *receiving = start("tcp_hello_client", "127.0.0.1", "8899");
	struct endpoint *served = accept_from(listener);
	expect_received(served, "hello");
	send_text(served, TEXT);
	expect_end_of_stream(served);
	close_socket(served);
	expect_exit(receiving, 0);
	expect_output(receiving, TEXT "\n");

	struct connection *to_server = only_connection(8898);
	expect_sent(to_server, CLIENT, TEXT);
	expect_sent(to_server, SERVER, "hi");
	struct connection *to_client = only_connection(8899);
	expect_sent(to_client, CLIENT, "hello");
	expect_sent(to_client, SERVER, TEXT);
}
