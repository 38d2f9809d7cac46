/* Each verb about the wire, or about what a socket received, fails. Each failure has a packet. */
#include "wirecheck.h"

#include <errno.h>
#include <sys/socket.h>

/* All of these fail on one connection, which both sides closed. */
static void fail_on(struct connection *conn)
{
	expect_refused(conn);
	expect_simultaneous_open(conn);
	expect_mss(conn, CLIENT, 1);
	expect_sent_in_syn(conn, "x");
	expect_sent(conn, CLIENT, "y");
	expect_sent(conn, SERVER, "");
	expect_sent_bytes(conn, CLIENT, bytes_of("xx"));
	expect_sent_prefix(conn, CLIENT, bytes_of("z"));
	expect_sent_matches(conn, CLIENT, "y*");
	expect_open(conn);
	expect_closed_first(conn, SERVER);
	expect_simultaneous_close(conn);
	expect_half_close(conn, SERVER);
	expect_no_fin(conn, CLIENT);
	expect_reset(conn, SERVER);
	expect_window_closed(conn, SERVER);
	expect_window_probed(conn, SERVER);
	expect_window_opened(conn, SERVER);
	expect_probe(conn, CLIENT);
	expect_urgent(conn, CLIENT, 1);
	expect_acknowledged_within(conn, CLIENT, 0);
}

/* These fail on a connection that was reset before a side had sent anything. */
static void fail_on_reset(struct connection *conn)
{
	expect_handshake(conn);
	expect_closed(conn);
	expect_no_reset(conn);
	expect_pushed(conn, CLIENT);
	expect_sent(conn, CLIENT, "x");
	expect_sent_prefix(conn, SERVER, bytes_of("x"));
}

static void fail_on_sockets(void)
{
	struct endpoint *listener = listen_on("127.0.0.1", 7000);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", 7000);
	struct endpoint *server = accept_from(listener);

	send_text(client, "x");
	expect_received(server, "y");
	send_text(server, "abc");
	expect_nothing_received(client);
	expect_received_flags(client, MSG_PEEK, "ab!");
	expect_receive_error(client, EAGAIN);
	close_socket(client);
	drain(server);
	close_socket(server);
	expect_connect_error(open_socket(TCP), "127.0.0.1", 7000, ECONNREFUSED);
	expect_nothing_to_accept(listener);
}

static void fail_on_datagrams(void)
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7002);
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 7002);

	send_text(sender, "one");
	expect_received(receiver, "two");
	struct datagram *datagram = datagram_of(7002, 1);
	expect_answer(datagram, datagram);
	expect_fragments(datagram, 0, 185);
	expect_datagrams(7002, from(SERVER, "two"));
	expect_icmp(7002, 3, 3);
	send_text(sender, "three");
	expect_no_datagrams(7002);
	expect_no_connection(7001);
	expect_no_packets();
}

CASE(.proves = "a failure is found by its packet", .clause = "none: fails on purpose")
{
	struct endpoint *refused = open_socket(TCP);

	expect_connect_error(refused, "127.0.0.1", 7001, EPERM);
	fail_on_sockets();
	fail_on(connection_of(7000, 1, 2));
	fail_on_reset(only_connection(7001));
	fail_on_datagrams();
	expect_state(7001, ESTABLISHED);
	expect_no_state(7000, LISTEN);
	only_connection(7000);
}
