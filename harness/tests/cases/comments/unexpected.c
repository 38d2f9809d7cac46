/* No expectation looks at these kinds of traffic. Each kind has a packet. */
#include "wirecheck.h"

CASE(.proves = "what nobody expected is found by its packet", .clause = "none: fails on purpose")
{
	start("tcp_hello_server");
	until_listening(TCP, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);

	send_text(client, "hello");
	drain(client);
	close_socket(client);
	expect_handshake(only_connection(8898));
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	close_socket(connect_to(TCP, "127.0.0.1", 7000));
	close_socket(listener);
	struct endpoint *unheard = connect_to(UDP, "127.0.0.1", 7001);
	send_text(unheard, "two");
}
