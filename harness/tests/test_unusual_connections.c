/* unusual_connections.c: of many connections the ones that differ are picked. */
#include "craft.h"
#include "unit.h"
#include "wire/unusual_connections.h"

#define PICKED 3

/* A SYN, each from a port of its own; some are answered by RST, and so refused. */
static void add(struct connections *connections, uint16_t port, bool refused)
{
	struct packet syn = craft_segment(
		(struct craft_tcp){.from = port, .to = 80, .sequence = 100, .flags = TCP_SYN}, "");
	struct packet rst = craft_segment(
		(struct craft_tcp){
			.from = 80, .to = port, .acknowledgment = 101, .flags = TCP_RST | TCP_ACK},
		"");
	uint32_t packet = (uint32_t)connections->segment_count;

	CU_ASSERT_TRUE(connections_add(connections, &syn, packet, packet));
	if (refused)
		CU_ASSERT_TRUE(connections_add(connections, &rst, packet + 1, packet + 1));
}

static const char given; /* what interest_in is to be given */

/* Ports below 1000 are of no interest, port 2000 is of most. */
static enum interest interest_in(const struct connection *connection, const void *argument)
{
	uint16_t port = connection->streams[CLIENT].address.port;

	CU_ASSERT_PTR_EQUAL(argument, &given);
	if (port < 1000)
		return NO_INTEREST;
	return port == 2000 ? MOST_INTEREST : SOME_INTEREST;
}

static void check(
	const struct connections *connections, size_t total, const uint16_t ports[], size_t count)
{
	const struct connection *picked[PICKED];
	size_t found_total;
	size_t found =
		unusual_connections(connections, interest_in, &given, picked, PICKED, &found_total);

	ASSERT_NUMBER(found_total, total);
	ASSERT_NUMBER(found, count);
	for (size_t i = 0; i < count && i < found; i++)
		ASSERT_NUMBER(picked[i]->streams[CLIENT].address.port, ports[i]);
}

TEST(few_connections_are_all_picked_in_their_order)
{
	struct connections connections = {0};

	check(&connections, 0, NULL, 0);
	add(&connections, 1001, false);
	add(&connections, 999, true);
	add(&connections, 1002, true);
	add(&connections, 2000, false);
	check(&connections, 3, (const uint16_t[]){1001, 1002, 2000}, 3);
	connections_free(&connections);
}

TEST(of_many_the_rare_ones_are_picked)
{
	struct connections connections = {0};

	for (uint16_t port = 1000; port < 1010; port++)
		add(&connections, port, port == 1007);
	check(&connections, 10, (const uint16_t[]){1007, 1000, 1001}, 3);
	add(&connections, 2000, false);
	check(&connections, 11, (const uint16_t[]){2000, 1007, 1000}, 3);
	connections_free(&connections);
}
