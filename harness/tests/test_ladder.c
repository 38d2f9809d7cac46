/* ladder.c: how a connection, and datagrams with ICMP errors, are drawn. */
#include "unit.h"
#include "wire/ladder_connection.h"
#include "wire/ladder_datagrams.h"

#include <netinet/in.h>
#include <string.h>

/* Times in the tests are microseconds after some second. */
#define AT(microseconds) (1763800000 * INT64_C(1000000000) + (microseconds)*INT64_C(1000))

static struct address address(const char *host, uint16_t port)
{
	struct address address;

	CU_ASSERT_TRUE_FATAL(address_parse(&address, host, port));
	return address;
}

/* A segment with a window; `time` in microseconds. */
static struct segment segment(int64_t time, enum side from, unsigned flags, uint64_t sequence,
	uint64_t acknowledgment, uint32_t length)
{
	return (struct segment){
		.time = AT(time),
		.from = from,
		.flags = (uint8_t)flags,
		.sequence = sequence,
		.acknowledgment = acknowledgment,
		.window = 1,
		.length = length,
	};
}

/* One byte or more from CLIENT. */
static struct segment data(uint64_t sequence, uint32_t length)
{
	return segment(0, CLIENT, TCP_ACK, sequence, 1, length);
}

/* A connection with streams that have these bytes from offset 0 on. */
static struct connection connection_of(
	struct segment *segments, size_t count, struct block *client, struct block *server)
{
	struct connection connection = {
		.streams[CLIENT] = {.address = address("127.0.0.1", 40000)},
		.streams[SERVER] = {.address = address("127.0.0.1", 8898)},
		.segments = segments,
		.segment_count = count,
	};
	struct block *blocks[] = {client, server};
	static struct block_page pages[2];

	for (enum side side = CLIENT; side <= SERVER; side++) {
		struct stream *stream = &connection.streams[side];
		if (blocks[side] == NULL)
			continue;
		pages[side] = (struct block_page){.blocks = blocks[side], .count = 1};
		stream->blocks =
			(struct blocks){.pages = &pages[side], .page_count = 1, .count = 1};
		stream->length = stream->buffered = blocks[side]->bytes.length;
	}
	return connection;
}

/* Every line is within the columns, only ASCII, and without a space at its end. */
static void check_shape(const char *text)
{
	for (size_t length = 0; *text != '\0'; text += length + 1) {
		length = strcspn(text, "\n");
		CU_ASSERT_TRUE(length <= LADDER_COLUMNS);
		CU_ASSERT_TRUE(length == 0 || text[length - 1] != ' ');
		for (size_t i = 0; i < length; i++)
			CU_ASSERT_TRUE(text[i] >= ' ' && text[i] <= '~');
	}
}

static void check_connection(
	const struct connection *connection, size_t maximum, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 1 << 16);
	ladder_connection(&out, connection, maximum);
	ASSERT_TEXT(buffer_text(&out), expected);
	check_shape(buffer_text(&out));
	buffer_free(&out);
}

static void check_segment(struct segment segment, const char *expected)
{
	struct connection connection = connection_of(&segment, 1, NULL, NULL);
	struct buffer out;

	buffer_init(&out, 1 << 16);
	ladder_connection(&out, &connection, 10);
	const char *line = strchr(buffer_text(&out), '\n');
	ASSERT_TEXT(line != NULL ? line + 1 : "", expected);
	check_shape(buffer_text(&out));
	buffer_free(&out);
}

TEST(a_whole_connection)
{
	struct block hello = {.bytes = bytes_of("hello")}, hi = {.bytes = bytes_of("hi")};
	struct segment segments[] = {
		segment(0, CLIENT, TCP_SYN, 0, 0, 0),
		segment(21, SERVER, TCP_SYN | TCP_ACK, 0, 1, 0),
		segment(38, CLIENT, TCP_ACK, 1, 1, 0),
		segment(112, CLIENT, TCP_PSH | TCP_ACK, 1, 1, 5),
		segment(117, SERVER, TCP_ACK, 1, 6, 0),
		segment(1250, SERVER, TCP_PSH | TCP_ACK, 1, 6, 2),
		segment(12345678, SERVER, TCP_FIN | TCP_ACK, 3, 6, 0),
		segment(12345699, CLIENT, TCP_RST, 6, 0, 0),
	};
	struct connection connection = connection_of(segments, 8, &hello, &hi);

	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- SYN seq 0 --------------------------------->|\n"
		"     0.021  |<-- SYN+ACK seq 0 ack 1 ------------------------|\n"
		"     0.038  |--- ACK seq 1 ack 1 --------------------------->|\n"
		"     0.112  |--- PSH+ACK seq 1 ack 1 len 5 ----------------->|  \"hello\"\n"
		"     0.117  |<-- ACK seq 1 ack 6 ----------------------------|\n"
		"     1.250  |<-- PSH+ACK seq 1 ack 6 len 2 ------------------|  \"hi\"\n"
		" 12345.678  |<-- FIN+ACK seq 3 ack 6 ------------------------|\n"
		" 12345.699  |--- RST seq 6 --------------------------------->|\n");
}

TEST(a_connection_without_segments)
{
	struct connection connection = connection_of(NULL, 0, NULL, NULL);

	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n");
}

TEST(a_connection_to_itself)
{
	struct connection connection = connection_of(NULL, 0, NULL, NULL);

	connection.self_connected = true;
	connection.streams[SERVER].address = (struct address){0};
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000      SERVER 127.0.0.1:40000\n");
}

TEST(the_longest_addresses_lose_their_middle)
{
	struct connection connection = connection_of(NULL, 0, NULL, NULL);

	connection.streams[CLIENT].address =
		address("1234:5678:9abc:def0:1234:5678:9abc:def0", 40000);
	connection.streams[SERVER].address = address("::ffff:127.0.0.1", 65535);
	check_connection(&connection, 100,
		"        ms  CLIENT [1234:5678..:def0]:40000 SERVER [::ffff:127.0.0.1]:65535\n");
	connection.streams[SERVER].address = address("::ffff:127.0.0.10", 65535);
	check_connection(&connection, 100,
		"        ms  CLIENT [1234:5678..:def0]:40000 SERVER [::ffff:12...0.10]:65535\n");
}

TEST(every_flag_has_its_name)
{
	struct segment one = segment(0, SERVER, 0xff, 4294967295, 4294967295, 65483);

	check_segment(one,
		"     0.000  |<-- FIN+SYN+RST+PSH+ACK+URG+ECE+CWR seq 4294967295 ack 4294967295 "
		"len 65483 ---|\n");
	one.flags = 0;
	check_segment(one, "     0.000  |<-- no flags seq 4294967295 len 65483 ----------|\n");
}

TEST(the_widest_line_is_cut)
{
	struct segment one = segment(0, SERVER, 0xff, UINT64_MAX - 1, UINT64_MAX, UINT32_MAX);

	check_segment(one,
		"     0.000  |<-- FIN+SYN+RST+PSH+ACK+URG+ECE+CWR seq 18446744073709551614 "
		"ack 1844674407370955161...\n");
}

TEST(marks)
{
	struct segment one = segment(0, CLIENT, TCP_ACK, 1, 1, 0);

	one.repeated = true;
	check_segment(one,
		"     0.000  |--- ACK seq 1 ack 1 --------------------------->|  [repeated]\n");
	one.repeated = false;
	one.window = 0;
	check_segment(one,
		"     0.000  |--- ACK seq 1 ack 1 --------------------------->|  [window 0]\n");
	one.probe = PROBE_WINDOW;
	check_segment(one, "     0.000  |--- ACK seq 1 ack 1 --------------------------->|  "
			   "[window probe]  [window 0]\n");
	one.probe = PROBE_NONE;
	one.flags = TCP_RST | TCP_ACK;
	check_segment(one, "     0.000  |--- RST+ACK seq 1 ack 1 ----------------------->|\n");
}

TEST(a_segment_that_contradicts_an_earlier_one)
{
	struct block hello = {.bytes = bytes_of("hello")};
	struct segment segments[] = {data(1, 5), data(1, 5)};
	struct connection connection = connection_of(segments, 2, &hello, NULL);

	segments[0].packet = 7;
	segments[1].packet = 8;
	connection.streams[CLIENT].conflict_packet = 8;
	connection.streams[CLIENT].has_conflict = true;
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- ACK seq 1 ack 1 len 5 --------------------->|  \"hello\"\n"
		"     0.000  |--- ACK seq 1 ack 1 len 5 --------------------->|  [bytes "
		"changed]\n");

	connection.streams[CLIENT].has_conflict = false;
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- ACK seq 1 ack 1 len 5 --------------------->|  \"hello\"\n"
		"     0.000  |--- ACK seq 1 ack 1 len 5 --------------------->|  \"hello\"\n");
}

TEST(a_payload_is_taken_from_where_its_segment_has_it)
{
	struct block text = {.bytes = bytes_of("one two three")};
	struct segment segments[] = {
		data(5, 3),
		segment(0, CLIENT, TCP_SYN, 0, 0, 3),
		data(0, 1),
		data(5, 1),
		data(100, 1),
	};
	struct connection connection = connection_of(segments, 5, &text, NULL);

	segments[3].probe = PROBE_KEEPALIVE;
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- ACK seq 5 ack 1 len 3 --------------------->|  \"two\"\n"
		"     0.000  |--- SYN seq 0 len 3 --------------------------->|  \"one\"\n"
		"     0.000  |--- ACK seq 0 ack 1 len 1 --------------------->|\n"
		"     0.000  |--- ACK seq 5 ack 1 len 1 --------------------->|  [keepalive]\n"
		"     0.000  |--- ACK seq 100 ack 1 len 1 ------------------->|\n");
}

TEST(a_long_payload_is_cut_at_the_last_column)
{
	static unsigned char bytes[65483];
	struct block block = {.bytes = {bytes, sizeof bytes}};
	struct segment segments[] = {data(1, sizeof bytes), data(1, 8)};
	struct connection connection = connection_of(segments, 2, &block, NULL);

	memset(bytes, 'a', sizeof bytes);
	memcpy(bytes, "h\xc3\xa9\n", 4);
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- ACK seq 1 ack 1 len 65483 ----------------->|  "
		"\"h\\xc3\\xa9\\naaaaaaaaaaaaaaaaaaaa\"...\n"
		"     0.000  |--- ACK seq 1 ack 1 len 8 --------------------->|  "
		"\"h\\xc3\\xa9\\naaaa\"\n");
}

TEST(time_may_run_backwards_or_be_anything)
{
	struct segment segments[] = {
		segment(500, CLIENT, TCP_ACK, 1, 1, 0),
		segment(499, CLIENT, TCP_ACK, 1, 1, 0),
		segment(0, CLIENT, TCP_ACK, 1, 1, 0),
	};
	struct connection connection = connection_of(segments, 3, NULL, NULL);

	segments[2].time = INT64_MIN;
	check_connection(&connection, 100,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- ACK seq 1 ack 1 --------------------------->|\n"
		"    -0.001  |--- ACK seq 1 ack 1 --------------------------->|\n"
		"7459572036854.276  |--- ACK seq 1 ack 1 --------------------------->|\n");
}

TEST(the_middle_of_a_long_ladder_is_left_out)
{
	struct segment segments[1000];
	struct connection connection = connection_of(segments, 8, NULL, NULL);

	for (size_t i = 0; i < 1000; i++)
		segments[i] = (struct segment){.flags = TCP_RST, .sequence = i};

	check_connection(&connection, 9,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- RST seq 0 --------------------------------->|\n"
		"     0.000  |--- RST seq 1 --------------------------------->|\n"
		"     0.000  |--- RST seq 2 --------------------------------->|\n"
		"     0.000  |--- RST seq 3 --------------------------------->|\n"
		"     0.000  |--- RST seq 4 --------------------------------->|\n"
		"     0.000  |--- RST seq 5 --------------------------------->|\n"
		"     0.000  |--- RST seq 6 --------------------------------->|\n"
		"     0.000  |--- RST seq 7 --------------------------------->|\n");
	check_connection(&connection, 8,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- RST seq 0 --------------------------------->|\n"
		"     0.000  |--- RST seq 1 --------------------------------->|\n"
		"     0.000  |--- RST seq 2 --------------------------------->|\n"
		"            ... 2 segments left out ...\n"
		"     0.000  |--- RST seq 5 --------------------------------->|\n"
		"     0.000  |--- RST seq 6 --------------------------------->|\n"
		"     0.000  |--- RST seq 7 --------------------------------->|\n");
	connection.segment_count = 1000;
	check_connection(&connection, 5,
		"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
		"     0.000  |--- RST seq 0 --------------------------------->|\n"
		"     0.000  |--- RST seq 1 --------------------------------->|\n"
		"            ... 997 segments left out ...\n"
		"     0.000  |--- RST seq 999 ------------------------------->|\n");
}

TEST(four_lines_are_the_least)
{
	struct segment segments[100];
	struct connection connection = connection_of(segments, 100, NULL, NULL);

	for (size_t i = 0; i < 100; i++)
		segments[i] = (struct segment){.flags = TCP_RST, .sequence = i};
	for (size_t maximum = 0; maximum <= 4; maximum++)
		check_connection(&connection, maximum,
			"        ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898\n"
			"     0.000  |--- RST seq 0 --------------------------------->|\n"
			"            ... 98 segments left out ...\n"
			"     0.000  |--- RST seq 99 -------------------------------->|\n");
}

/* A whole datagram in frame `*packet`; `time` in microseconds. */
static struct datagram datagram(
	int64_t time, struct address from, struct address to, const char *payload, uint32_t *packet)
{
	return (struct datagram){
		.from = from,
		.to = to,
		.payload = bytes_of(payload),
		.packets = packet,
		.packet_count = 1,
		.time = AT(time),
	};
}

static void check_datagrams(
	const struct datagrams *datagrams, uint16_t port, size_t maximum, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 1 << 16);
	ladder_datagrams(&out, datagrams, port, maximum);
	ASSERT_TEXT(buffer_text(&out), expected);
	check_shape(buffer_text(&out));
	buffer_free(&out);
}

/* An error about a datagram from port 40000 to `target`. */
static struct icmp_error error_about(struct address target)
{
	return (struct icmp_error){
		.from = address("127.0.0.1", 0),
		.to = address("127.0.0.1", 0),
		.type = 3,
		.code = 3,
		.quotes_packet = true,
		.protocol = IPPROTO_UDP,
		.sender = address("127.0.0.1", 40000),
		.target = target,
	};
}

TEST(datagrams_and_errors_in_the_order_of_the_capture)
{
	struct address client = address("127.0.0.1", 40000), server = address("127.0.0.1", 8081);
	uint32_t packets[] = {0, 2, 3};
	struct datagram list[] = {
		datagram(0, client, server, "hello", &packets[0]),
		datagram(210, server, client, "hi", &packets[1]),
		datagram(1500, client, address("127.0.0.1", 9), "", &packets[2]),
	};
	struct icmp_error before = error_about(address("127.0.0.1", 9)), after = before;
	before.packet = 1;
	before.time = AT(34);
	after.packet = 4;
	after.time = AT(1510);
	struct datagrams datagrams = {
		.list = (struct datagram *[]){&list[0], &list[1], &list[2]},
		.count = 3,
		.errors = (struct icmp_error *[]){&before, &after},
		.error_count = 2,
	};

	check_datagrams(&datagrams, 8081, 100,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |--- len 5 --------->| 127.0.0.1:8081  \"hello\"\n"
		"     0.034  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:9     "
		"port unreachable\n"
		"     0.210  127.0.0.1:40000 |<-- len 2 ----------| 127.0.0.1:8081  \"hi\"\n"
		"     1.500  127.0.0.1:40000 |--- len 0 --------->| 127.0.0.1:9\n"
		"     1.510  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:9     "
		"port unreachable\n");
}

TEST(no_datagrams)
{
	check_datagrams(&(struct datagrams){0}, 8081, 100,
		"        ms  CLIENT                        SERVER\n");
}

/* Draws one datagram and returns whether it went from left to right. */
static bool goes_right(struct address from, struct address to, uint16_t port)
{
	uint32_t packet = 0;
	struct datagram one = datagram(0, from, to, "", &packet);
	struct datagrams datagrams = {.list = (struct datagram *[]){&one}, .count = 1};
	struct buffer out;

	buffer_init(&out, 4096);
	ladder_datagrams(&out, &datagrams, port, 10);
	bool right = strstr(buffer_text(&out), "->|") != NULL;
	bool left = strstr(buffer_text(&out), "|<-") != NULL;
	CU_ASSERT_TRUE(right != left);
	buffer_free(&out);
	return right;
}

TEST(the_server_of_datagrams_is_on_the_port_or_on_the_lower_one)
{
	struct address low = address("127.0.0.1", 53), high = address("127.0.0.1", 8081);

	CU_ASSERT_TRUE(goes_right(low, high, 8081));
	CU_ASSERT_FALSE(goes_right(high, low, 8081));
	CU_ASSERT_FALSE(goes_right(low, high, 53));
	CU_ASSERT_TRUE(goes_right(high, low, 53));
	CU_ASSERT_FALSE(goes_right(low, high, 0));
	CU_ASSERT_TRUE(goes_right(high, low, 0));
	CU_ASSERT_TRUE(goes_right(high, low, 9));
}

TEST(both_sides_of_a_datagram_on_the_port)
{
	struct address one = address("127.0.0.1", 53), two = address("127.0.0.2", 53);

	/* The one that was sent to first is SERVER. */
	CU_ASSERT_TRUE(goes_right(two, one, 53));
	CU_ASSERT_TRUE(goes_right(one, two, 53));
	CU_ASSERT_TRUE(goes_right(one, one, 53));
}

TEST(a_datagram_of_fragments)
{
	uint32_t packets[] = {1, 5, 2};
	struct datagram whole = datagram(
		0, address("127.0.0.1", 40000), address("127.0.0.1", 8081), "hello", packets);
	struct icmp_error error = error_about(address("127.0.0.1", 8081));
	whole.packet_count = 3;
	error.time = AT(0);
	error.packet = 4;
	struct datagrams datagrams = {.list = (struct datagram *[]){&whole},
		.count = 1,
		.errors = (struct icmp_error *[]){&error},
		.error_count = 1};

	check_datagrams(&datagrams, 8081, 100,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  "
		"port unreachable\n"
		"     0.000  127.0.0.1:40000 |--- len 5 --------->| 127.0.0.1:8081  "
		"[3 fragments]  \"hello\"\n");
}

TEST(datagrams_that_were_disturbed)
{
	uint32_t packets[] = {1};
	struct datagram lost = datagram(
		0, address("127.0.0.1", 40000), address("127.0.0.1", 8081), "one", packets);
	struct datagram late = lost, overtaken = lost;
	struct datagrams datagrams = {
		.list = (struct datagram *[]){&lost, &late, &overtaken}, .count = 3};

	lost.fate = FATE_LOST;
	late.fate = FATE_LATE;
	late.late = 200;
	overtaken.fate = FATE_OVERTAKEN;
	check_datagrams(&datagrams, 8081, 100,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |--- len 3 --------->| 127.0.0.1:8081  [lost]  "
		"\"one\"\n"
		"     0.000  127.0.0.1:40000 |--- len 3 --------->| 127.0.0.1:8081  [late 200 ms]  "
		"\"one\"\n"
		"     0.000  127.0.0.1:40000 |--- len 3 --------->| 127.0.0.1:8081  [overtaken]  "
		"\"one\"\n");
}

TEST(a_datagram_of_udplite)
{
	uint32_t packets[] = {1};
	struct datagram lite = datagram(
		0, address("127.0.0.1", 40000), address("127.0.0.1", 8081), "hello", packets);
	lite.protocol = IPPROTO_UDPLITE;
	lite.coverage = 10;
	struct datagrams datagrams = {.list = (struct datagram *[]){&lite}, .count = 1};

	check_datagrams(&datagrams, 8081, 100,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |--- len 5 --------->| 127.0.0.1:8081  "
		"[UDP-Lite, covers 10]  \"hello\"\n");
}

static void check_error(struct icmp_error error, const char *expected)
{
	struct datagrams datagrams = {.errors = (struct icmp_error *[]){&error}, .error_count = 1};
	struct buffer out;

	buffer_init(&out, 4096);
	ladder_datagrams(&out, &datagrams, 8081, 10);
	const char *line = strchr(buffer_text(&out), '\n');
	ASSERT_TEXT(line != NULL ? line + 1 : "", expected);
	check_shape(buffer_text(&out));
	buffer_free(&out);
}

TEST(what_an_error_says)
{
	struct icmp_error error = error_about(address("127.0.0.1", 8081));

	error.protocol = IPPROTO_TCP;
	check_error(error, "     0.000  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  "
			   "port unreachable, TCP\n");
	error.protocol = IPPROTO_SCTP;
	check_error(error, "     0.000  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  "
			   "port unreachable, protocol 132\n");
	error = error_about(address("192.0.2.7", 8081));
	error.code = 1;
	check_error(error, "     0.000  127.0.0.1:40000 |<-- ICMP 3/1 -------| 192.0.2.7:8081  "
			   "host unreachable, by 127.0.0.1\n");
	error.quotes_packet = false;
	error.from = address("127.0.0.2", 0);
	check_error(error, "     0.000  127.0.0.2:0 |--- ICMP 3/1 ------>| 127.0.0.1:0  "
			   "host unreachable, nothing quoted\n");
}

TEST(an_ipv6_error)
{
	struct icmp_error error = error_about(address("::1", 8081));

	error.from = error.to = address("::1", 0);
	error.sender = address("::1", 40000);
	error.type = 1;
	error.code = 4;
	check_error(error,
		"     0.000  [::1]:40000 |<-- ICMPv6 1/4 -----| [::1]:8081  port unreachable\n");
}

TEST(the_widest_datagram_line_stays_within_the_columns)
{
	uint32_t packet = 0;
	struct datagram one = datagram(0, address("1234:5678:9abc:def0:1234:5678:9abc:def0", 40000),
		address("1234:5678:9abc:def0:1234:5678:9abc:def1", 65535), "aaaaaaaaaaaaaaaaaaaa",
		&packet);
	struct datagrams datagrams = {.list = (struct datagram *[]){&one}, .count = 1};

	check_datagrams(&datagrams, 65535, 100,
		"        ms  CLIENT                                          SERVER\n"
		"     0.000  [1234:5678..:def0]:40000 |--- len 20 -------->| "
		"[1234:5678..:def1]:65535  \"aaaaaaaaa\"...\n");
}

TEST(the_middle_of_many_datagrams_is_left_out)
{
	uint32_t packet = 0;
	struct datagram one =
		datagram(0, address("127.0.0.1", 40000), address("127.0.0.1", 8081), "", &packet);
	struct datagram *list[1000];
	struct icmp_error error = error_about(address("127.0.0.1", 8081));
	struct datagrams datagrams = {
		.list = list, .count = 1000, .errors = (struct icmp_error *[]){&error}};

	for (size_t i = 0; i < 1000; i++)
		list[i] = &one;
	error.packet = 9;
	error.time = AT(0);
	check_datagrams(&datagrams, 8081, 4,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |--- len 0 --------->| 127.0.0.1:8081\n"
		"            ... 998 datagrams left out ...\n"
		"     0.000  127.0.0.1:40000 |--- len 0 --------->| 127.0.0.1:8081\n");
	datagrams.error_count = 1;
	check_datagrams(&datagrams, 8081, 5,
		"        ms  CLIENT                                 SERVER\n"
		"     0.000  127.0.0.1:40000 |--- len 0 --------->| 127.0.0.1:8081\n"
		"     0.000  127.0.0.1:40000 |--- len 0 --------->| 127.0.0.1:8081\n"
		"            ... 998 datagrams and ICMP errors left out ...\n"
		"     0.000  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  "
		"port unreachable\n");
}
