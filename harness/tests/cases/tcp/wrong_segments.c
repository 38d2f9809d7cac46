#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "segments lack what is expected of them", .clause = "none: fails on purpose")
{
	int server = plain_server(SOCK_STREAM, 8898);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 8898);
	int peer = plain_accept(server);
	plain_check((int)send(peer, "not pushed", strlen("not pushed"), MSG_MORE));
	plain_close(peer);
	send_urgent(client, "now");

	struct connection *conn = only_connection(8898);
	expect_window_closed(conn, SERVER);
	expect_window_probed(conn, SERVER);
	expect_window_opened(conn, SERVER);
	expect_urgent(conn, CLIENT, 2);
	expect_urgent(conn, SERVER, 1);
	expect_pushed(conn, SERVER);
	expect_acknowledged_within(conn, SERVER, 0);
	expect_probe(conn, CLIENT);
	expect_sent_in_syn(conn, "now");
	allow_other_traffic();
}
