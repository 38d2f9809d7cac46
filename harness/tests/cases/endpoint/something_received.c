#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "something comes where nothing should", .clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	expect_nothing_to_accept(listener);
	struct endpoint *server = accept_from(listener);
	send_text(client, "hello");
	until_acknowledged(client);
	expect_nothing_received(server);
	close_socket(client);
	until_socket_state(server, CLOSE_WAIT);
	expect_nothing_received(server);

	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 9000);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);
	send_text(sender, "");
	send_text(sender, "hello");
	expect_nothing_received(receiver);
	expect_nothing_received(receiver);
	allow_other_traffic();
}
