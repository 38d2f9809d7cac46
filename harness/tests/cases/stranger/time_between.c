/* PASS: a server answers after 0.3 s, by the times of the wire and by the case's own clock. */
#include "wirecheck.h"

CASE(.proves = "the time between two events is bounded", .clause = "verbs/elapsed.h")
{
	struct program *server = start_tool("socat", "TCP-LISTEN:7000,bind=127.0.0.1",
		"SYSTEM:'read line; sleep 0.3; echo late'");
	until_listening(TCP, 7000);
	struct moment before = moment_now();
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	send_text(client, "go\n");
	expect_received(client, "late\n");
	expect_elapsed(before, 300, 60000);
	expect_end_of_stream(client);
	close_socket(client);
	expect_exit(server, 0);
	struct connection *conn = only_connection(7000);
	expect_sent(conn, SERVER, "late\n");
	expect_between(sent_at(conn, CLIENT, 2), sent_at(conn, SERVER, 0), 300, 60000);
	expect_between(sent_at(conn, SERVER, 4), fin_at(conn, SERVER), 0, 60000);
	expect_between(before, fin_at(conn, SERVER), 300, 60000);
	double between = milliseconds_between(sent_at(conn, SERVER, 0), sent_at(conn, CLIENT, 0));
	expect(between < -299, "found %g ms", between);
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7001);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 7001);
	send_text(sender, "1");
	send_text(sender, "2");
	expect(count_received(receiver, 2) == 2, "one was dropped");
	expect_between(datagram_at(datagram_of(7001, 1)), datagram_at(datagram_of(7001, 2)), 0, 60000);
	expect_datagrams(7001, from(CLIENT, "1"), from(CLIENT, "2"));
}
