/* connection.c: how connections open, carry on and end, and which segment belongs to which. */
#include "wire/connections.h"

#include "craft.h"
#include "unit.h"

#include <string.h>

/* Ports and initial sequence numbers of the two sides, unless a test says otherwise. */
enum { CLIENT_PORT = 40000, SERVER_PORT = 8898, CLIENT_INITIAL = 1000, SERVER_INITIAL = 500000 };

static struct connections table;

static const struct connection *connection(size_t index)
{
	return table.list[index];
}

/* The last segment of the newest connection. */
static const struct segment *last(void)
{
	const struct connection *newest = table.list[table.count - 1];

	return &newest->segments[newest->segment_count - 1];
}

/* Nanoseconds that passed besides those of the segments. */
static int64_t passed;

static void after_a_second(void)
{
	passed += 1000000000;
}

/* Adds a segment. The index of its packet counts from 0, and its time is a thousand times that. */
static bool take(struct craft_tcp tcp, const char *text)
{
	struct packet packet = craft_segment(tcp, text);
	uint32_t index = (uint32_t)(table.segment_count + table.beyond);

	return connections_add(&table, &packet, index, index * 1000 + passed);
}

/* Ports and numbers as on the wire. */
static bool take_between(uint16_t from, uint16_t to, uint8_t flags, uint32_t sequence,
	uint32_t acknowledgment, const char *text)
{
	return take(
		(struct craft_tcp){
			.from = from,
			.to = to,
			.sequence = sequence,
			.acknowledgment = acknowledgment,
			.flags = flags,
			.window = 512,
		},
		text);
}

static void from_client(uint8_t flags, uint32_t sequence, uint32_t acknowledgment, const char *text)
{
	CU_ASSERT(take_between(CLIENT_PORT, SERVER_PORT, flags, sequence, acknowledgment, text));
}

static void from_server(uint8_t flags, uint32_t sequence, uint32_t acknowledgment, const char *text)
{
	CU_ASSERT(take_between(SERVER_PORT, CLIENT_PORT, flags, sequence, acknowledgment, text));
}

/* Relative numbers, as in struct segment; every segment but the first SYN has an ACK. */
static void client(uint8_t flags, uint32_t sequence, uint32_t acknowledgment, const char *text)
{
	from_client(
		flags | TCP_ACK, CLIENT_INITIAL + sequence, SERVER_INITIAL + acknowledgment, text);
}

static void server(uint8_t flags, uint32_t sequence, uint32_t acknowledgment, const char *text)
{
	from_server(
		flags | TCP_ACK, SERVER_INITIAL + sequence, CLIENT_INITIAL + acknowledgment, text);
}

static void handshake(void)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	server(TCP_SYN, 0, 1, "");
	client(0, 1, 1, "");
}

static void assert_stream(size_t index, enum side side, const char *expected)
{
	const struct stream *stream = &connection(index)->streams[side];
	char found[64] = "";

	ASSERT_NUMBER(stream->length, strlen(expected));
	stream_copy(stream, 0, found, sizeof found - 1);
	ASSERT_TEXT(found, expected);
	CU_ASSERT_FALSE(stream->has_conflict);
	ASSERT_NUMBER(stream_gap(stream), 0);
}

TEST(names_of_the_sides)
{
	ASSERT_TEXT(side_name(CLIENT), "CLIENT");
	ASSERT_TEXT(side_name(SERVER), "SERVER");
	ASSERT_NUMBER(side_peer(CLIENT), SERVER);
	ASSERT_NUMBER(side_peer(SERVER), CLIENT);
}

TEST(hello_from_syn_to_fin)
{
	handshake();
	client(TCP_PSH, 1, 1, "hello");
	server(0, 1, 6, "");
	server(TCP_PSH, 1, 6, "hi");
	server(TCP_FIN, 3, 6, "");
	client(0, 6, 4, "");
	CU_ASSERT_FALSE(connection_closed_in_order(connection(0)));
	client(TCP_FIN, 6, 4, "");
	CU_ASSERT_FALSE(connection_closed_in_order(connection(0)));
	server(0, 4, 7, "");

	ASSERT_NUMBER(table.count, 1);
	const struct connection *found = connection(0);
	ASSERT_NUMBER(found->opening, OPENING_HANDSHAKE);
	assert_stream(0, CLIENT, "hello");
	assert_stream(0, SERVER, "hi");
	ASSERT_NUMBER(found->streams[CLIENT].address.port, CLIENT_PORT);
	ASSERT_NUMBER(found->streams[SERVER].address.port, SERVER_PORT);
	ASSERT_NUMBER(found->streams[CLIENT].initial_sequence, CLIENT_INITIAL);
	ASSERT_NUMBER(found->streams[SERVER].syn_packet, 1);
	ASSERT_NUMBER(found->streams[SERVER].fin_packet, 6);
	ASSERT_NUMBER(found->streams[SERVER].fin_offset, 2);
	CU_ASSERT_FALSE(found->has_reset);
	CU_ASSERT(found->has_fin);
	ASSERT_NUMBER(found->first_fin_from, SERVER);
	CU_ASSERT(connection_closed_in_order(found));
	ASSERT_NUMBER(found->segment_count, 10);
	CU_ASSERT_FALSE(found->self_connected || found->looked_at);
	connections_free(&table);
}

TEST(segments_field_by_field)
{
	struct craft_tcp tcp = {
		.from = SERVER_PORT,
		.to = CLIENT_PORT,
		.sequence = SERVER_INITIAL + 1,
		.acknowledgment = CLIENT_INITIAL + 1,
		.flags = TCP_ACK | TCP_URG | TCP_PSH,
		.window = 777,
		.urgent = 2,
	};

	handshake();
	CU_ASSERT(take(tcp, "abc"));
	ASSERT_NUMBER(last()->packet, 3);
	ASSERT_NUMBER(last()->time, 3000);
	ASSERT_NUMBER(last()->from, SERVER);
	ASSERT_NUMBER(last()->flags, TCP_ACK | TCP_URG | TCP_PSH);
	ASSERT_NUMBER(last()->sequence, 1);
	ASSERT_NUMBER(last()->acknowledgment, 1);
	ASSERT_NUMBER(last()->window, 777);
	ASSERT_NUMBER(last()->length, 3);
	ASSERT_NUMBER(last()->urgent, 2);
	CU_ASSERT_FALSE(last()->repeated);
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	ASSERT_NUMBER(connection(0)->segments[0].acknowledgment, 0);
	connections_free(&table);
}

TEST(openings_step_by_step)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNANSWERED);
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNANSWERED);
	CU_ASSERT(last()->repeated);
	server(TCP_SYN, 0, 1, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_INCOMPLETE);
	CU_ASSERT_FALSE(last()->repeated);
	server(TCP_SYN, 0, 1, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_INCOMPLETE);
	CU_ASSERT(last()->repeated);
	client(0, 1, 1, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_HANDSHAKE);
	CU_ASSERT_FALSE(last()->repeated);
	server(TCP_SYN, 0, 1, "");
	CU_ASSERT(last()->repeated);
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->streams[CLIENT].syn_packet, 0);
	ASSERT_NUMBER(connection(0)->streams[SERVER].syn_packet, 2);
	connections_free(&table);
}

TEST(refused)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_server(TCP_RST | TCP_ACK, 0, CLIENT_INITIAL + 1, "");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->opening, OPENING_REFUSED);
	CU_ASSERT(connection(0)->has_reset);
	ASSERT_NUMBER(connection(0)->reset_from, SERVER);
	ASSERT_NUMBER(connection(0)->reset_packet, 1);
	ASSERT_NUMBER(last()->sequence, 0);
	ASSERT_NUMBER(last()->acknowledgment, 1);

	/* The same ports again: another connection. */
	from_client(TCP_SYN, CLIENT_INITIAL + 9, 0, "");
	ASSERT_NUMBER(table.count, 2);
	ASSERT_NUMBER(connection(1)->opening, OPENING_UNANSWERED);
	connections_free(&table);
}

TEST(given_up_by_the_client_is_not_refused)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_client(TCP_RST, CLIENT_INITIAL + 1, 0, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNANSWERED);
	ASSERT_NUMBER(connection(0)->reset_from, CLIENT);
	connections_free(&table);
}

TEST(a_reset_after_the_syn_ack_is_not_refused)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	server(TCP_SYN, 0, 1, "");
	from_client(TCP_RST, CLIENT_INITIAL + 1, 0, "");
	server(TCP_RST, 1, 1, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_INCOMPLETE);
	ASSERT_NUMBER(connection(0)->reset_from, CLIENT);
	ASSERT_NUMBER(connection(0)->reset_packet, 2);
	connections_free(&table);
}

TEST(simultaneous_open)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_server(TCP_SYN, SERVER_INITIAL, 0, "");
	client(TCP_SYN, 0, 1, "");
	server(TCP_SYN, 0, 1, "");
	client(0, 1, 1, "from one");
	server(0, 1, 1, "from two");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->opening, OPENING_SIMULTANEOUS);
	assert_stream(0, CLIENT, "from one");
	assert_stream(0, SERVER, "from two");
	connections_free(&table);
}

/* A SYN the other way, after the first was refused, crosses nothing. */
TEST(a_syn_back_after_a_refusal_starts_a_connection)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_server(TCP_RST | TCP_ACK, 0, CLIENT_INITIAL + 1, "");
	from_server(TCP_SYN, SERVER_INITIAL, 0, "");
	ASSERT_NUMBER(table.count, 2);
	ASSERT_NUMBER(connection(1)->streams[CLIENT].address.port, SERVER_PORT);
	ASSERT_NUMBER(connection(1)->opening, OPENING_UNANSWERED);
	connections_free(&table);
}

/* A window that is known before either SYN is acknowledged, and a byte after its end. */
TEST(what_was_dropped_before_a_connection_was_given_up_stays_so)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_server(TCP_SYN, SERVER_INITIAL, 0, "");
	server(0, 1, 0, "");
	from_client(0, CLIENT_INITIAL + 2000, 0, "later");
	CU_ASSERT_TRUE(last()->ignored);
	client(TCP_RST, 9000, 1, "");
	ASSERT_NUMBER(table.count, 2);

	from_server(TCP_SYN | TCP_ACK, SERVER_INITIAL + 5000, CLIENT_INITIAL + 1, "");
	from_client(TCP_ACK, CLIENT_INITIAL + 1, SERVER_INITIAL + 5001, "");
	from_server(TCP_ACK, SERVER_INITIAL + 5001, CLIENT_INITIAL + 2005, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_HANDSHAKE);
	ASSERT_NUMBER(connection(0)->segment_count, 5);
	ASSERT_NUMBER(connection(0)->streams[CLIENT].length, 0);
	connections_free(&table);
	craft_free();
}

/* One socket, both ends: its own SYN reaches it, and its SYN+ACK. */
TEST(self_connect)
{
	const uint16_t port = 7000;

	CU_ASSERT(take_between(port, port, TCP_SYN, 100, 0, ""));
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNANSWERED);
	CU_ASSERT(take_between(port, port, TCP_SYN | TCP_ACK, 100, 101, ""));
	CU_ASSERT(connection(0)->self_connected);
	ASSERT_NUMBER(connection(0)->opening, OPENING_SIMULTANEOUS);
	CU_ASSERT(take_between(port, port, TCP_ACK, 101, 101, "me"));
	CU_ASSERT(take_between(port, port, TCP_ACK, 103, 103, ""));
	CU_ASSERT(take_between(port, port, TCP_ACK | TCP_FIN, 103, 103, ""));
	ASSERT_NUMBER(last()->from, CLIENT);
	ASSERT_NUMBER(last()->sequence, 3);
	ASSERT_NUMBER(last()->acknowledgment, 3);
	CU_ASSERT_FALSE(connection_closed_in_order(connection(0)));
	CU_ASSERT(take_between(port, port, TCP_ACK, 104, 104, ""));

	ASSERT_NUMBER(table.count, 1);
	assert_stream(0, CLIENT, "me");
	assert_stream(0, SERVER, "");
	ASSERT_NUMBER(connection(0)->first_fin_from, CLIENT);
	CU_ASSERT(connection_closed_in_order(connection(0)));
	connections_free(&table);
}

TEST(the_handshakes_ack_may_be_overtaken_by_data)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	server(TCP_SYN, 0, 1, "");
	client(TCP_PSH, 1, 1, "hello");
	client(0, 1, 1, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_HANDSHAKE);
	assert_stream(0, CLIENT, "hello");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	connections_free(&table);
}

/* As seen on loopback: the ACK of the server's FIN comes after the client's FIN. */
TEST(a_reset_for_an_ack_that_the_fin_overtook_cuts_nothing_off)
{
	handshake();
	server(TCP_FIN, 1, 1, "");
	client(TCP_FIN, 1, 2, "");
	server(0, 2, 2, "");
	client(0, 1, 2, "");
	server(0, 2, 2, "");
	from_client(TCP_RST, CLIENT_INITIAL + 2, 0, "");
	ASSERT_NUMBER(table.count, 1);
	CU_ASSERT(connection_closed_in_order(connection(0)));
	CU_ASSERT_FALSE(connection(0)->has_reset);
	connections_free(&table);
}

TEST(a_reset_before_the_last_ack_of_a_fin_counts)
{
	handshake();
	server(TCP_FIN, 1, 1, "");
	client(TCP_FIN, 1, 2, "");
	from_client(TCP_RST, CLIENT_INITIAL + 2, 0, "");
	CU_ASSERT(connection(0)->has_reset);
	connections_free(&table);
}

TEST(repeated_has_nothing_new)
{
	handshake();
	client(TCP_PSH, 1, 1, "hello");
	CU_ASSERT_FALSE(last()->repeated);
	client(TCP_PSH, 1, 1, "hello");
	CU_ASSERT(last()->repeated);
	client(TCP_PSH, 3, 1, "llo you");
	CU_ASSERT_FALSE(last()->repeated);
	client(0, 10, 1, "");
	CU_ASSERT_FALSE(last()->repeated);
	client(TCP_FIN, 10, 1, "");
	CU_ASSERT_FALSE(last()->repeated);
	client(TCP_FIN, 10, 1, "");
	CU_ASSERT(last()->repeated);
	client(TCP_RST, 11, 1, "");
	CU_ASSERT_FALSE(last()->repeated);
	assert_stream(0, CLIENT, "hello you");
	connections_free(&table);
}

TEST(a_resets_payload_is_no_part_of_the_stream)
{
	handshake();
	client(TCP_PSH, 1, 1, "hello");
	server(TCP_RST, 1, 6, "go away");
	ASSERT_NUMBER(last()->length, 7);
	CU_ASSERT_FALSE(last()->repeated);
	assert_stream(0, SERVER, "");
	ASSERT_NUMBER(connection(0)->streams[SERVER].next, 1);
	ASSERT_NUMBER(connection(0)->reset_from, SERVER);
	ASSERT_NUMBER(connection(0)->reset_packet, 4);

	/* Nor does it close or acknowledge anything. */
	server(TCP_RST | TCP_FIN, 1, 6, "");
	CU_ASSERT_FALSE(connection(0)->has_fin);
	ASSERT_NUMBER(connection(0)->streams[CLIENT].acknowledged, 1);
	ASSERT_NUMBER(connection(0)->reset_packet, 4);
	connections_free(&table);
}

TEST(keepalive_with_and_without_a_garbage_byte)
{
	handshake();
	after_a_second();
	client(0, 0, 1, "");
	ASSERT_NUMBER(last()->probe, PROBE_KEEPALIVE);
	client(TCP_PSH, 1, 1, "hello");
	server(0, 1, 6, "");
	after_a_second();
	client(0, 5, 1, "");
	ASSERT_NUMBER(last()->probe, PROBE_KEEPALIVE);
	CU_ASSERT_FALSE(last()->repeated);
	ASSERT_NUMBER(last()->sequence, 5);
	client(0, 5, 1, "?");
	ASSERT_NUMBER(last()->probe, PROBE_KEEPALIVE);
	CU_ASSERT_FALSE(last()->repeated);
	client(0, 6, 1, "");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	assert_stream(0, CLIENT, "hello");
	ASSERT_NUMBER(connection(0)->streams[CLIENT].next, 6);
	connections_free(&table);
}

TEST(keepalive_garbage_before_any_data)
{
	handshake();
	client(0, 0, 1, "?");
	ASSERT_NUMBER(last()->probe, PROBE_KEEPALIVE);
	client(TCP_PSH, 1, 1, "hello");
	assert_stream(0, CLIENT, "hello");
	connections_free(&table);
}

/* What was not acknowledged yet may be sent again, and then must be the same. */
TEST(one_byte_sent_again_is_no_probe)
{
	handshake();
	client(TCP_PSH, 1, 1, "a");
	client(TCP_PSH, 1, 1, "X");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	CU_ASSERT(last()->repeated);
	CU_ASSERT(connection(0)->streams[CLIENT].has_conflict);
	connections_free(&table);
}

TEST(what_looks_like_a_probe_and_is_none)
{
	handshake();
	client(TCP_PSH, 1, 1, "ab");
	server(0, 1, 3, "");
	client(0, 1, 1, "ab");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	client(0, 2, 1, "bc");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	server(0, 1, 4, "");
	client(TCP_FIN, 4, 1, "");
	server(0, 1, 5, "");
	client(TCP_FIN, 4, 1, "");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	CU_ASSERT(last()->repeated);
	client(TCP_RST, 4, 1, "");
	ASSERT_NUMBER(last()->probe, PROBE_NONE);
	connections_free(&table);
}

static void syn_with_scale(uint16_t from, uint16_t to, uint8_t flags, uint32_t sequence,
	uint32_t acknowledgment, bool has_scale, uint8_t scale)
{
	struct craft_tcp tcp = {
		.from = from,
		.to = to,
		.sequence = sequence,
		.acknowledgment = acknowledgment,
		.flags = flags,
		.window = 512,
	};
	struct packet packet = craft_segment(tcp, "");

	packet.tcp.options = (struct tcp_options){.has_window_scale = has_scale,
		.window_scale = scale,
		.has_mss = true,
		.mss = 65495};
	CU_ASSERT(connections_add(&table, &packet, 0, 0));
}

static void scaled_handshake(bool client_scales, bool server_scales)
{
	syn_with_scale(CLIENT_PORT, SERVER_PORT, TCP_SYN, CLIENT_INITIAL, 0, client_scales, 7);
	syn_with_scale(SERVER_PORT, CLIENT_PORT, TCP_SYN | TCP_ACK, SERVER_INITIAL,
		CLIENT_INITIAL + 1, server_scales, 14);
}

TEST(windows_are_scaled_once_both_agreed)
{
	scaled_handshake(true, true);
	ASSERT_NUMBER(last()->window, 512);
	client(0, 1, 1, "");
	ASSERT_NUMBER(last()->window, 512 << 7);
	server(0, 1, 1, "");
	ASSERT_NUMBER(last()->window, 512 << 14);
	ASSERT_NUMBER(connection(0)->streams[CLIENT].syn_options.window_scale, 7);
	ASSERT_NUMBER(connection(0)->streams[SERVER].syn_options.mss, 65495);
	server(TCP_SYN, 0, 1, "");
	ASSERT_NUMBER(last()->window, 512);
	ASSERT_NUMBER(connection(0)->streams[SERVER].syn_options.window_scale, 14);
	connections_free(&table);
}

TEST(windows_are_not_scaled_when_one_side_did_not_agree)
{
	scaled_handshake(true, false);
	client(0, 1, 1, "");
	ASSERT_NUMBER(last()->window, 512);
	connections_free(&table);

	scaled_handshake(false, true);
	server(0, 1, 1, "");
	ASSERT_NUMBER(last()->window, 512);
	connections_free(&table);
}

TEST(a_new_syn_starts_a_new_connection)
{
	handshake();
	client(TCP_PSH, 1, 1, "one");
	from_client(TCP_SYN, 90000, 0, "");
	from_server(TCP_SYN | TCP_ACK, 600000, 90001, "");
	from_client(TCP_ACK, 90001, 600001, "two");
	ASSERT_NUMBER(table.count, 2);
	assert_stream(0, CLIENT, "one");
	assert_stream(1, CLIENT, "two");
	ASSERT_NUMBER(connection(1)->opening, OPENING_HANDSHAKE);
	ASSERT_NUMBER(connection(1)->segments[0].packet, 4);
	connections_free(&table);
}

/* Capture order between a side's segments is not certain: a RST may come after the next SYN. */
TEST(a_late_reset_stays_with_the_connection_before)
{
	handshake();
	client(TCP_PSH, 1, 1, "one");
	from_client(TCP_SYN, 90000, 0, "");
	client(TCP_RST, 4, 1, "");
	from_server(TCP_SYN | TCP_ACK, 600000, 90001, "");
	server(0, 1, 4, "");
	ASSERT_NUMBER(table.count, 2);
	CU_ASSERT(connection(0)->has_reset);
	CU_ASSERT_FALSE(connection(1)->has_reset);
	ASSERT_NUMBER(connection(0)->segment_count, 6);
	ASSERT_NUMBER(connection(1)->segment_count, 2);
	connections_free(&table);
}

/* RFC 9293 3.10.7.4: TIME_WAIT answers a SYN it will not take by its last ACK, which is reset. */
TEST(an_ack_out_of_time_wait_stays_with_the_connection_before)
{
	handshake();
	server(TCP_FIN, 1, 1, "");
	client(TCP_FIN, 1, 2, "");
	server(0, 2, 2, "");
	from_client(TCP_SYN, CLIENT_INITIAL - 100, 0, "");
	server(0, 2, 2, "");
	from_client(TCP_RST, CLIENT_INITIAL + 2, 0, "");
	from_client(TCP_SYN, CLIENT_INITIAL - 100, 0, "");
	from_server(TCP_SYN | TCP_ACK, 600000, CLIENT_INITIAL - 99, "");
	from_client(TCP_ACK, CLIENT_INITIAL - 99, 600001, "");
	ASSERT_NUMBER(table.count, 2);
	ASSERT_NUMBER(connection(0)->segment_count, 8);
	CU_ASSERT_FALSE(connection(1)->has_reset);
	ASSERT_NUMBER(connection(1)->opening, OPENING_HANDSHAKE);
	connections_free(&table);
}

/* A RST in answer to a late segment has no ACK (RFC 9293 3.10.7.1): only its number counts. */
TEST(a_late_reset_by_a_side_that_has_not_begun_anew)
{
	handshake();
	from_client(TCP_SYN, 90000, 0, "");
	from_server(TCP_RST, SERVER_INITIAL + 1, 0, "");
	CU_ASSERT(connection(0)->has_reset);
	CU_ASSERT_FALSE(connection(1)->has_reset);

	/* By its number this one belongs to neither, and nobody takes it. */
	from_server(TCP_RST, 4711, 0, "");
	CU_ASSERT(last()->ignored);
	CU_ASSERT_FALSE(connection(1)->has_reset);
	connections_free(&table);
}

/* The numbers of the new connection are among those of the one before. */
TEST(of_two_that_fit_the_newest_has_it)
{
	const char *text = "bytes that take up numbers";

	from_client(TCP_SYN, CLIENT_INITIAL, 0, text);
	from_server(TCP_RST | TCP_ACK, 0, CLIENT_INITIAL + 1, "");
	from_client(TCP_SYN, CLIENT_INITIAL + 10, 0, "");
	from_server(TCP_RST | TCP_ACK, 0, CLIENT_INITIAL + 11, "");
	ASSERT_NUMBER(connection(1)->opening, OPENING_REFUSED);
	connections_free(&table);

	/* The number of a refusal is 0. The server of the connection before has sent that. */
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_server(TCP_SYN | TCP_ACK, 0xfffffff8, CLIENT_INITIAL + 1, "");
	from_server(TCP_ACK, 0xfffffff9, CLIENT_INITIAL + 1, text);
	from_client(TCP_SYN, 90000, 0, "");
	from_server(TCP_RST | TCP_ACK, 0, 90001, "");
	ASSERT_NUMBER(connection(1)->opening, OPENING_REFUSED);
	connections_free(&table);

	handshake();
	client(0, 1, 1, text);
	from_client(TCP_SYN, CLIENT_INITIAL + 10, 0, "");
	from_server(TCP_SYN | TCP_ACK, 600000, CLIENT_INITIAL + 11, "");
	after_a_second();
	from_client(TCP_ACK, CLIENT_INITIAL + 10, 600001, "");
	ASSERT_NUMBER(connection(1)->segment_count, 3);
	ASSERT_NUMBER(last()->probe, PROBE_KEEPALIVE);
	connections_free(&table);
}

/* More connections take a larger table, in which the newest one still comes first. */
TEST(the_newest_has_it_among_many)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	from_client(TCP_SYN, 90000, 0, "");
	for (uint16_t port = 1; port < 1000; port++)
		CU_ASSERT(take_between(port, 50000, TCP_SYN, 7, 0, ""));
	from_client(TCP_ACK, 4711, 0, "neither's by its number");
	ASSERT_NUMBER(connection(0)->segment_count, 1);
	ASSERT_NUMBER(connection(1)->segment_count, 2);
	connections_free(&table);
}

TEST(a_late_segment_goes_back_a_few_connections_only)
{
	for (uint32_t i = 0; i < 5; i++)
		from_client(TCP_SYN, 100000 * (i + 1), 0, "");
	ASSERT_NUMBER(table.count, 5);
	from_client(TCP_RST, 200001, 0, "");
	CU_ASSERT(connection(1)->has_reset);
	from_client(TCP_RST, 100001, 0, "");
	CU_ASSERT_FALSE(connection(0)->has_reset);
	CU_ASSERT_FALSE(connection(4)->has_reset);
	CU_ASSERT(last()->ignored);
	connections_free(&table);
}

TEST(data_after_a_gap_is_the_newest_connections)
{
	handshake();
	from_client(TCP_SYN, 90000, 0, "");
	from_server(TCP_SYN | TCP_ACK, 600000, 90001, "");
	from_client(TCP_ACK, 90011, 600001, "later");
	ASSERT_NUMBER(connection(1)->segment_count, 3);
	ASSERT_NUMBER(stream_gap(&connection(1)->streams[CLIENT]), 10);
	connections_free(&table);
}

TEST(a_syn_ack_of_something_else_is_no_answer)
{
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	server(TCP_SYN, 0, 77, "");
	ASSERT_NUMBER(table.count, 2);
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNANSWERED);
	ASSERT_NUMBER(connection(1)->opening, OPENING_UNSEEN);
	ASSERT_NUMBER(connection(1)->streams[SERVER].address.port, SERVER_PORT);
	connections_free(&table);
}

TEST(a_capture_that_starts_with_the_syn_ack)
{
	server(TCP_SYN, 0, 1, "");
	client(0, 1, 1, "hello");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNSEEN);
	ASSERT_NUMBER(connection(0)->streams[SERVER].address.port, SERVER_PORT);
	ASSERT_NUMBER(last()->from, CLIENT);
	ASSERT_NUMBER(last()->sequence, 1);
	assert_stream(0, CLIENT, "hello");

	/* The SYN itself, out of order after all. */
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->opening, OPENING_HANDSHAKE);
	connections_free(&table);
}

TEST(a_capture_that_starts_mid_stream)
{
	server(0, 7001, 3001, "lo");
	ASSERT_NUMBER(connection(0)->streams[SERVER].next, 1);
	ASSERT_NUMBER(connection(0)->streams[SERVER].acknowledged, 1);
	client(0, 3001, 7003, "");
	client(TCP_PSH, 3001, 7003, "hi");
	server(TCP_FIN, 7003, 3003, "");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNSEEN);
	ASSERT_NUMBER(connection(0)->streams[CLIENT].address.port, SERVER_PORT);
	assert_stream(0, CLIENT, "lo");
	assert_stream(0, SERVER, "hi");
	ASSERT_NUMBER(connection(0)->segments[0].sequence, 1);
	ASSERT_NUMBER(connection(0)->segments[0].acknowledgment, 1);
	CU_ASSERT_FALSE(connection(0)->streams[CLIENT].has_syn);
	ASSERT_NUMBER(connection(0)->streams[SERVER].acknowledged, 3);

	/* Data from before its start is left out, and shown as from 0. */
	server(TCP_PSH, 6998, 3003, "hel");
	ASSERT_NUMBER(last()->sequence, 0);
	CU_ASSERT(last()->repeated);
	assert_stream(0, CLIENT, "lo");

	/* A SYN is a new connection then. */
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	ASSERT_NUMBER(table.count, 2);
	connections_free(&table);
}

TEST(a_reset_alone)
{
	from_client(TCP_RST, 4711, 0, "");
	ASSERT_NUMBER(connection(0)->opening, OPENING_UNSEEN);
	CU_ASSERT(connection(0)->has_reset);
	ASSERT_NUMBER(last()->sequence, 0);
	from_server(TCP_RST | TCP_ACK, 0, 4711, "");
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(last()->acknowledgment, 0);
	CU_ASSERT_FALSE(connection(0)->streams[CLIENT].has_start);
	from_client(TCP_SYN, CLIENT_INITIAL, 0, "");
	ASSERT_NUMBER(table.count, 2);
	connections_free(&table);
}

TEST(sequence_numbers_wrap_within_a_connection)
{
	uint32_t initial = 0xfffffffd;

	from_client(TCP_SYN, initial, 0, "");
	from_server(TCP_SYN | TCP_ACK, 0xffffffff, initial + 1, "");
	from_client(TCP_ACK | TCP_PSH, initial + 1, 0, "hello");
	from_server(TCP_ACK | TCP_PSH, 0, initial + 6, "hi");
	ASSERT_NUMBER(last()->sequence, 1);
	ASSERT_NUMBER(last()->acknowledgment, 6);
	from_client(TCP_ACK | TCP_PSH, initial + 6, 2, " you");
	ASSERT_NUMBER(last()->sequence, 6);
	ASSERT_NUMBER(last()->acknowledgment, 3);
	ASSERT_NUMBER(table.count, 1);
	assert_stream(0, CLIENT, "hello you");
	assert_stream(0, SERVER, "hi");
	ASSERT_NUMBER(connection(0)->opening, OPENING_HANDSHAKE);
	connections_free(&table);
}

TEST(connections_are_told_apart_by_every_part_of_their_addresses)
{
	const char *hosts[] = {"127.0.0.1", "127.0.0.2", "::1", "::2"};
	struct craft_tcp tcp = {.from = CLIENT_PORT, .to = SERVER_PORT, .flags = TCP_SYN};

	for (size_t i = 0; i < 2 * 4; i++) {
		struct packet packet = craft_segment(tcp, "");
		address_parse(i < 4 ? &packet.from : &packet.to, hosts[i % 4],
			i < 4 ? CLIENT_PORT : SERVER_PORT);
		CU_ASSERT(connections_add(&table, &packet, 0, 0));
	}
	ASSERT_NUMBER(table.count, 7);
	tcp.from++;
	CU_ASSERT(take(tcp, ""));
	tcp.to++;
	CU_ASSERT(take(tcp, ""));
	ASSERT_NUMBER(table.count, 9);
	CU_ASSERT(connection_has_port(connection(8), SERVER_PORT + 1));
	CU_ASSERT(connection_has_port(connection(8), CLIENT_PORT + 1));
	CU_ASSERT_FALSE(connection_has_port(connection(8), SERVER_PORT));
	connections_free(&table);
}

TEST(half_close_in_order)
{
	handshake();
	client(TCP_FIN, 1, 1, "");
	server(0, 1, 2, "");
	server(TCP_PSH, 1, 2, "still here");
	client(0, 2, 11, "");
	server(TCP_FIN, 11, 2, "");
	CU_ASSERT_FALSE(connection_closed_in_order(connection(0)));
	client(0, 2, 12, "");
	CU_ASSERT(connection_closed_in_order(connection(0)));
	ASSERT_NUMBER(connection(0)->first_fin_from, CLIENT);
	assert_stream(0, SERVER, "still here");
	connections_free(&table);
}

/* Up to the limit each gets its own. Beyond it, segments of new ones are only counted. */
TEST(too_many_connections)
{
	for (uint32_t i = 0; i < CONNECTIONS_MAXIMUM + 2; i++) {
		uint16_t from = (uint16_t)(i % 60000), to = (uint16_t)(60000 + i / 60000);
		CU_ASSERT_EQUAL(take_between(from, to, TCP_SYN, 7, 0, ""), i < CONNECTIONS_MAXIMUM);
	}
	ASSERT_NUMBER(table.count, CONNECTIONS_MAXIMUM);
	ASSERT_NUMBER(table.beyond, 2);
	for (uint16_t i = 0; i < 4; i++) {
		CU_ASSERT(take_between(i, 60000, TCP_ACK, 8, 0, "known"));
		ASSERT_NUMBER(connection(i)->segment_count, 2);
	}
	ASSERT_NUMBER(table.beyond, 2);
	connections_free(&table);
}

TEST(too_many_segments)
{
	handshake();
	table.segment_count = SEGMENTS_MAXIMUM - 1;
	client(0, 1, 1, "a");
	CU_ASSERT_FALSE(take_between(CLIENT_PORT, SERVER_PORT, TCP_ACK, 2, 0, "b"));
	CU_ASSERT_FALSE(take_between(1, 2, TCP_SYN, 3, 4, ""));
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(table.beyond, 2);
	assert_stream(0, CLIENT, "a");
	connections_free(&table);
}

TEST(freeing_leaves_an_empty_table)
{
	connections_free(&table);
	handshake();
	connections_free(&table);
	ASSERT_NUMBER(table.count, 0);
	ASSERT_NUMBER(table.segment_count, 0);
	connections_free(&table);
	handshake();
	ASSERT_NUMBER(table.count, 1);
	connections_free(&table);
}
