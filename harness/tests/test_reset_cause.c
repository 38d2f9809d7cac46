/* reset_cause.c: why a RST was sent, by the wire and the kernel's counters. */
#include "wire/reset_cause.h"

#include "craft.h"
#include "unit.h"
#include "wire/connections.h"

enum { CLIENT_PORT = 40000, SERVER_PORT = 7000 };

static struct connections table;

/* Relative numbers; the client's initial sequence number is 1000, the server's 5000. */
static void take(
	bool client, uint8_t flags, uint32_t sequence, uint32_t acknowledgment, const char *text)
{
	struct packet packet = craft_segment(
		(struct craft_tcp){
			.from = client ? CLIENT_PORT : SERVER_PORT,
			.to = client ? SERVER_PORT : CLIENT_PORT,
			.sequence = (client ? 1000 : 5000) + sequence,
			.acknowledgment =
				flags & TCP_ACK ? (client ? 5000 : 1000) + acknowledgment : 0,
			.flags = flags,
			.window = 512,
		},
		text);
	uint32_t index = (uint32_t)table.segment_count;

	CU_ASSERT(connections_add(&table, &packet, index, index));
}

static void handshake(void)
{
	take(true, TCP_SYN, 0, 0, "");
	take(false, TCP_SYN | TCP_ACK, 0, 1, "");
	take(true, TCP_ACK, 1, 1, "");
}

static void check(struct reset_counts counts, const char *expected)
{
	struct buffer why;

	CU_ASSERT_EQUAL_FATAL(table.count, 1);
	CU_ASSERT_TRUE(table.list[0]->has_reset);
	buffer_init(&why, 1024);
	reset_explain(&why, table.list[0], &counts);
	ASSERT_TEXT(buffer_text(&why), expected);
	buffer_free(&why);
	connections_free(&table);
	craft_free();
}

TEST(nobody_listened)
{
	take(true, TCP_SYN, 0, 0, "");
	take(false, TCP_RST | TCP_ACK, 0, 1, "");
	check((struct reset_counts){.on_close = 1}, "nobody listened (RFC 9293 3.10.7.1)");
}

TEST(bytes_were_unread)
{
	handshake();
	take(true, TCP_ACK, 1, 1, "hello");
	take(false, TCP_RST | TCP_ACK, 1, 6, "");
	check((struct reset_counts){.on_close = 2},
		"it closed with bytes unread (RFC 2525 2.17; TcpExt TCPAbortOnClose grew by 2)");
}

TEST(of_two_possible_causes_both_are_named)
{
	handshake();
	take(true, TCP_ACK, 1, 1, "hello");
	take(false, TCP_RST | TCP_ACK, 1, 6, "");
	check((struct reset_counts){.on_close = 1, .on_data = 1},
		"it closed with bytes unread (RFC 2525 2.17; TcpExt TCPAbortOnClose grew by 1), or "
		"it closed with SO_LINGER 0 (socket(7); TcpExt TCPAbortOnData grew by 1)");
}

/* The unread bytes were of another connection: here there were none. */
TEST(what_did_not_come_was_not_unread)
{
	handshake();
	take(false, TCP_RST | TCP_ACK, 1, 1, "");
	check((struct reset_counts){.on_close = 1, .on_data = 1},
		"it closed with SO_LINGER 0 (socket(7); TcpExt TCPAbortOnData grew by 1)");
}

TEST(data_came_after_it_had_closed)
{
	handshake();
	take(false, TCP_FIN | TCP_ACK, 1, 1, "");
	take(true, TCP_ACK, 1, 2, "late");
	take(false, TCP_RST, 2, 0, "");
	check((struct reset_counts){.on_data = 1},
		"data came after it had closed (RFC 1122 4.2.2.13)");
}

TEST(no_counter_tells_why)
{
	handshake();
	take(true, TCP_ACK, 1, 1, "hello");
	take(false, TCP_RST | TCP_ACK, 1, 6, "");
	check((struct reset_counts){0},
		"its listening socket was closed before it had accepted the connection, or it was "
		"disconnected by connect(2) with AF_UNSPEC");
}
