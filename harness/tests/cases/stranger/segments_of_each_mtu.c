/* PASS: at any MTU: the same datagrams, the same stream, no segment above the MSS. */
#include "wirecheck.h"

#define SIZE 300000

/* 64000 bytes in datagrams of 1400 bytes: 45 of them, and one of 1000 bytes. */
static void expect_datagrams_of(const char *host, uint16_t port)
{
	struct message messages[46];
	const char *all = letters(64000);

	struct endpoint *receiver = bind_to(UDP, host, port);
	struct program *sender = start(
		"segment_sender", host, format("%u", port), "1400", all, "option");
	expect_exit(sender, 0);
	for (int i = 0; i < 46; i++) {
		messages[i] = from(CLIENT, format("%.1400s", all + i * 1400));
		expect_received_bytes(receiver, messages[i].payload);
	}
	expect_datagrams_unordered(port, messages, 46);
}

/* `largest` is the client's MSS less 12 bytes for the option of time stamps. */
static void expect_segments_of(const char *host, uint16_t port, int largest)
{
	struct bytes all = pattern(SIZE), question = bytes_of("send me");

	struct endpoint *listener = listen_on(host, port);
	struct endpoint *client = connect_to(TCP, host, port);
	struct endpoint *server = accept_from(listener);
	exchange(client, question, server, all);
	close_socket(client);
	expect_end_of_stream(server);
	close_socket(server);

	struct connection *conn = only_connection(port);
	expect_sent_bytes(conn, CLIENT, question);
	expect_sent_bytes(conn, SERVER, all);
	expect_within(segments_sent(conn, SERVER), SIZE / largest + 1, SIZE);
	expect_closed(conn);
}

CASE(.proves = "at each MTU the same datagrams and streams, in packets that a wire could carry",
	.clause = "RFC 9293 3.7.1; udp(7) UDP_SEGMENT", .ring_mib = 8,
	.needs_ipv6 = true)
{
	expect_datagrams_of("127.0.0.1", 7000);
	expect_segments_of("127.0.0.1", 7000, 65483);
	set_mtu(1500);
	expect_datagrams_of("127.0.0.1", 7001);
	expect_segments_of("127.0.0.1", 7001, 1448);
	expect_datagrams_of("::1", 7002);
	expect_segments_of("::1", 7002, 1428);
	set_mtu(65536);
	expect_datagrams_of("::1", 7003);
	expect_segments_of("::1", 7003, 65464);
	set_mtu(200000);
	expect_datagrams_of("127.0.0.1", 7004);
	expect_segments_of("127.0.0.1", 7004, 65483);
}
