#include "wirecheck.h"

CASE(.proves = "one side sends something before the exchange, the other side closes",
	.clause = "none: fails on purpose")
{
	struct endpoint *listener = listen_on("127.0.0.1", 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	struct endpoint *server = accept_from(listener);
	send_text(client, "hel");
	shut_down(server, SHUT_WR);
	until_socket_state(client, CLOSE_WAIT);
	exchange(client, bytes_of("help"), server, bytes_of("hi"));
	allow_other_traffic();
}
