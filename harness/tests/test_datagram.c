/* datagram.c: datagrams one by one, ICMP errors with their quotes, fragments put together. */
#include "wire/datagram.h"

#include "craft.h"
#include "unit.h"

#include <netinet/in.h>

static struct datagrams table;
static struct packet completed;
static bool has_completed;

/* Adds a packet. Indices count from 0 with the frames that were added. */
static bool take(const struct packet *packet, uint32_t index)
{
	return datagrams_add(&table, packet, index, index * 1000, &completed, &has_completed);
}

static struct packet udp_packet(uint16_t from, uint16_t to, const char *text)
{
	struct packet packet = {
		.kind = PACKET_UDP, .protocol = IPPROTO_UDP, .payload = bytes_of(text)};

	address_parse(&packet.from, "127.0.0.1", from);
	address_parse(&packet.to, "127.0.0.1", to);
	return packet;
}

/* Adds the whole in two fragments, with the second one first. */
static void take_in_two(struct bytes whole, uint8_t protocol, uint32_t id)
{
	struct packet second = craft_part(whole, protocol, id, 8, whole.length - 8);
	struct packet first = craft_part(whole, protocol, id, 0, 8);

	CU_ASSERT(take(&second, 20));
	CU_ASSERT_FALSE(has_completed);
	CU_ASSERT(take(&first, 21));
}

static struct packet icmp_packet(const char *host, uint8_t type, uint8_t code, struct bytes quoted)
{
	struct packet packet = {.kind = PACKET_ICMP,
		.icmp = {.type = type, .code = code, .rest = 9, .quoted = quoted}};

	address_parse(&packet.from, host, 0);
	address_parse(&packet.to, "127.0.0.9", 0);
	return packet;
}

TEST(datagrams_are_never_merged_or_split)
{
	const char *texts[] = {"a", "", "ccc"};

	for (uint32_t i = 0; i < 3; i++) {
		struct packet packet = udp_packet(5000, 9000, texts[i]);
		CU_ASSERT(take(&packet, i + 10));
		CU_ASSERT_FALSE(has_completed);
	}
	ASSERT_NUMBER(table.count, 3);
	for (uint32_t i = 0; i < 3; i++) {
		const struct datagram *datagram = table.list[i];
		CU_ASSERT(bytes_equal(datagram->payload, bytes_of(texts[i])));
		ASSERT_NUMBER(datagram->packet_count, 1);
		ASSERT_NUMBER(datagram->packets[0], i + 10);
		CU_ASSERT_PTR_NULL(datagram->offsets);
		ASSERT_NUMBER(datagram->time, (i + 10) * 1000);
		CU_ASSERT_FALSE(datagram->looked_at);
	}
	datagrams_free(&table);
}

TEST(from_to_and_ports)
{
	struct packet packet = udp_packet(5000, 9000, "hello");
	char text[ADDRESS_TEXT];

	take(&packet, 0);
	ASSERT_TEXT(address_text(&table.list[0]->from, text), "127.0.0.1:5000");
	ASSERT_TEXT(address_text(&table.list[0]->to, text), "127.0.0.1:9000");
	CU_ASSERT(datagram_has_port(table.list[0], 5000));
	CU_ASSERT(datagram_has_port(table.list[0], 9000));
	CU_ASSERT_FALSE(datagram_has_port(table.list[0], 5001));
	datagrams_free(&table);
}

TEST(a_datagram_out_of_three_fragments)
{
	struct bytes whole = craft_udp(5000, 9000, craft_pattern(4000));
	const uint32_t order[] = {1480, 0, 2960};

	for (uint32_t i = 0; i < 3; i++) {
		size_t length = order[i] == 2960 ? whole.length - 2960 : 1480;
		struct packet part = craft_part(whole, IPPROTO_UDP, 7, order[i], length);
		CU_ASSERT(take(&part, 30 + i));
		ASSERT_NUMBER(table.fragments.count, i < 2);
		ASSERT_NUMBER(table.count, i == 2);
	}
	CU_ASSERT_FALSE(has_completed);
	const struct datagram *datagram = table.list[0];
	ASSERT_NUMBER(datagram->from.port, 5000);
	ASSERT_NUMBER(datagram->to.port, 9000);
	CU_ASSERT(bytes_equal(datagram->payload, craft_pattern(4000)));
	ASSERT_NUMBER(datagram->packet_count, 3);
	for (uint32_t i = 0; i < 3; i++)
		ASSERT_NUMBER(datagram->offsets[i], 1480 * i);
	ASSERT_NUMBER(datagram->packets[0], 31);
	ASSERT_NUMBER(datagram->packets[1], 30);
	ASSERT_NUMBER(datagram->packets[2], 32);
	ASSERT_NUMBER(datagram->time, 32000);
	CU_ASSERT_PTR_NULL(table.fragments.first);
	datagrams_free(&table);
	craft_free();
}

TEST(fragments_of_several_datagrams_mixed)
{
	struct bytes wholes[4];

	for (uint16_t i = 0; i < 4; i++)
		wholes[i] = craft_udp(i, 9000, bytes_of("a message"));
	for (uint32_t half = 0; half < 2; half++) {
		for (uint32_t i = 0; i < 4; i++) {
			struct packet part = craft_part(
				wholes[i], IPPROTO_UDP, i, half == 0 ? 8 : 0, half == 0 ? 9 : 8);
			CU_ASSERT(take(&part, i));
		}
		ASSERT_NUMBER(table.fragments.count, half == 0 ? 4 : 0);
	}
	ASSERT_NUMBER(table.count, 4);
	for (uint16_t i = 0; i < 4; i++) {
		ASSERT_NUMBER(table.list[i]->from.port, i);
		CU_ASSERT(bytes_equal(table.list[i]->payload, bytes_of("a message")));
	}
	datagrams_free(&table);
	craft_free();
}

TEST(what_is_neither_udp_nor_an_error_goes_back)
{
	struct bytes tcp = craft_tcp((struct craft_tcp){.to = 8898}, bytes_of("hello"));

	take_in_two(tcp, IPPROTO_TCP, 1);
	CU_ASSERT(has_completed);
	ASSERT_NUMBER(completed.kind, PACKET_TCP);
	ASSERT_NUMBER(completed.to.port, 8898);
	CU_ASSERT(bytes_equal(completed.payload, bytes_of("hello")));

	take_in_two(bytes_of("another protocol"), 132, 1);
	CU_ASSERT(has_completed);
	ASSERT_NUMBER(completed.kind, PACKET_OTHER);

	take_in_two(craft_icmp(8, 0, 0, bytes_of("ping")), IPPROTO_ICMP, 1);
	CU_ASSERT(has_completed);
	ASSERT_NUMBER(completed.kind, PACKET_ICMP);
	ASSERT_NUMBER(table.count + table.error_count + table.beyond, 0);
	ASSERT_NUMBER(fragment_table_leftover(&table.fragments), 0);
	datagrams_free(&table);
	craft_free();
}

TEST(an_icmp_error_out_of_fragments)
{
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));
	struct bytes quoted = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, udp);

	take_in_two(craft_icmp(3, 3, 0, quoted), IPPROTO_ICMP, 1);
	CU_ASSERT_FALSE(has_completed);
	ASSERT_NUMBER(table.error_count, 1);
	ASSERT_NUMBER(table.errors[0]->sender.port, 5000);
	ASSERT_NUMBER(table.errors[0]->packet, 21);
	datagrams_free(&table);
	craft_free();
}

TEST(an_icmp_error_and_what_it_quotes)
{
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));
	struct bytes quoted = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, udp);
	struct packet packet = icmp_packet("127.0.0.1", 3, 3, quoted);
	char text[ADDRESS_TEXT];

	CU_ASSERT(take(&packet, 4));
	ASSERT_NUMBER(table.error_count, 1);
	const struct icmp_error *error = table.errors[0];
	ASSERT_NUMBER(error->type, 3);
	ASSERT_NUMBER(error->code, 3);
	ASSERT_NUMBER(error->rest, 9);
	ASSERT_NUMBER(error->packet, 4);
	ASSERT_NUMBER(error->time, 4000);
	ASSERT_TEXT(address_text(&error->from, text), "127.0.0.1:0");
	ASSERT_TEXT(address_text(&error->to, text), "127.0.0.9:0");
	CU_ASSERT(error->quotes_packet);
	ASSERT_NUMBER(error->protocol, IPPROTO_UDP);
	ASSERT_TEXT(address_text(&error->sender, text), "10.0.0.1:5000");
	ASSERT_TEXT(address_text(&error->target, text), "10.0.0.2:9000");
	CU_ASSERT(bytes_equal(error->quoted, bytes_of("hello")));
	CU_ASSERT_FALSE(error->looked_at);
	datagrams_free(&table);
	craft_free();
}

TEST(an_icmpv6_error)
{
	struct bytes tcp = craft_tcp((struct craft_tcp){.from = 5000, .to = 8898}, bytes_of(""));
	struct bytes quoted = craft_ipv6((struct craft_ip){.protocol = IPPROTO_TCP}, tcp);
	struct packet packet = icmp_packet("::1", 1, 4, quoted);
	char text[ADDRESS_TEXT];

	CU_ASSERT(take(&packet, 0));
	ASSERT_NUMBER(table.errors[0]->protocol, IPPROTO_TCP);
	ASSERT_TEXT(address_text(&table.errors[0]->target, text), "[fd00::2]:8898");
	datagrams_free(&table);
	craft_free();
}

TEST(an_icmp_error_with_a_broken_quote)
{
	struct packet packet = icmp_packet("127.0.0.1", 3, 1, bytes_of("no packet"));

	CU_ASSERT(take(&packet, 0));
	ASSERT_NUMBER(table.error_count, 1);
	CU_ASSERT_FALSE(table.errors[0]->quotes_packet);
	ASSERT_NUMBER(table.errors[0]->sender.version, 0);
	ASSERT_NUMBER(table.errors[0]->quoted.length, 0);
	datagrams_free(&table);
}

/* What does not fit is another datagram's. */
TEST(contradicting_fragments_are_left_over)
{
	struct bytes whole = craft_udp(5000, 9000, bytes_of("hello, whole"));
	struct packet second = craft_part(whole, IPPROTO_UDP, 7, 8, 12);
	struct packet forged = craft_part(craft_with(whole, 8, 1, 'H'), IPPROTO_UDP, 7, 8, 12);
	struct packet first = craft_part(whole, IPPROTO_UDP, 7, 0, 8);

	CU_ASSERT(take(&forged, 0));
	CU_ASSERT(take(&second, 1));
	CU_ASSERT(take(&second, 2));
	CU_ASSERT(take(&first, 3));
	ASSERT_NUMBER(table.count, 1);
	CU_ASSERT(bytes_equal(table.list[0]->payload, bytes_of("hello, whole")));
	ASSERT_NUMBER(table.fragments.count, 1);
	ASSERT_NUMBER(reassembly_leftover(table.fragments.first).packet, 0);
	ASSERT_NUMBER(table.beyond, 0);
	datagrams_free(&table);
	craft_free();
}

TEST(udplite)
{
	struct packet packet = udp_packet(5000, 9000, "hello");

	packet.kind = PACKET_UDPLITE;
	packet.protocol = IPPROTO_UDPLITE;
	packet.udplite.coverage = 10;
	CU_ASSERT(take(&packet, 0));
	take_in_two(
		craft_with(craft_udp(5000, 9000, bytes_of("whole")), 4, 2, 9), IPPROTO_UDPLITE, 1);
	ASSERT_NUMBER(table.count, 2);
	for (size_t i = 0; i < 2; i++) {
		ASSERT_NUMBER(table.list[i]->protocol, IPPROTO_UDPLITE);
		ASSERT_NUMBER(table.list[i]->coverage, i == 0 ? 10 : 9);
	}
	datagrams_free(&table);
	craft_free();
}

TEST(too_many_datagrams_and_errors)
{
	struct packet udp = udp_packet(5000, 9000, "hello");
	struct packet icmp = icmp_packet("127.0.0.1", 3, 3, bytes_of(""));

	table.count = table.error_count = DATAGRAMS_MAXIMUM;
	CU_ASSERT_FALSE(take(&udp, 0));
	CU_ASSERT_FALSE(take(&icmp, 1));
	ASSERT_NUMBER(table.beyond, 2);
	ASSERT_NUMBER(table.count, DATAGRAMS_MAXIMUM);
	ASSERT_NUMBER(table.error_count, DATAGRAMS_MAXIMUM);
	table.count = table.error_count = 0;
	CU_ASSERT(take(&udp, 2));
	CU_ASSERT(take(&icmp, 3));
	datagrams_free(&table);
}

TEST(freeing_leaves_an_empty_table)
{
	datagrams_free(&table);
	struct packet packet = udp_packet(5000, 9000, "hello");
	take(&packet, 0);
	datagrams_free(&table);
	ASSERT_NUMBER(table.count, 0);
	datagrams_free(&table);
}
