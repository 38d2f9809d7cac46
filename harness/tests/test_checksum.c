/* checksum.c: what a checksum is to be, and which are those of a pseudo-header alone. */
#include "craft.h"
#include "unit.h"
#include "wire/checksum.h"
#include "wire/decode.h"

#include <netinet/in.h>

/* The place of the checksum in a frame, after Ethernet's header of 14 bytes. */
#define TCP_IN_IPV4 (14 + 20 + 16)
#define UDP_IN_IPV4 (14 + 20 + 6)
#define TCP_IN_IPV6 (14 + 40 + 16)

static bool is_partial(struct bytes frame)
{
	struct packet packet;

	packet_decode(&packet, frame, frame.length);
	return checksum_is_partial(&packet);
}

static struct bytes tcp_frame(const char *text)
{
	struct bytes segment = craft_tcp((struct craft_tcp){.from = 1, .to = 2}, bytes_of(text));

	return craft_ethernet(CRAFT_IPV4, craft_ipv4((struct craft_ip){.protocol = IPPROTO_TCP,
							     .from = "127.0.0.1",
							     .to = "127.0.0.1"},
						  segment));
}

static struct bytes udp_frame(const char *text)
{
	return craft_ethernet(CRAFT_IPV4, craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP,
							     .from = "127.0.0.1",
							     .to = "127.0.0.1"},
						  craft_udp(1, 2, bytes_of(text))));
}

/* fe1c of the pseudo-header, and 0001 + 0002 + ffff + 0001 + 5000: 24e1f, folded 4e21. */
TEST(a_checksum_is_the_complement_of_the_sum)
{
	struct bytes segment = craft_tcp(
		(struct craft_tcp){.from = 1, .to = 2, .sequence = 0xffff0001}, bytes_of(""));
	struct packet packet = {.protocol = IPPROTO_TCP};

	CU_ASSERT_TRUE_FATAL(address_parse(&packet.from, "127.0.0.1", 0));
	packet.to = packet.from;
	ASSERT_NUMBER(checksum_of(&packet, segment), 0xffff - 0x4e21);
	craft_free();
}

/* 7f00 + 0001 + 7f00 + 0001, the protocol and the length. */
TEST(the_sum_of_the_pseudo_header_is_partial)
{
	CU_ASSERT_TRUE(is_partial(craft_with(tcp_frame(""), TCP_IN_IPV4, 2, 0xfe1c)));
	CU_ASSERT_TRUE(is_partial(craft_with(tcp_frame("hello"), TCP_IN_IPV4, 2, 0xfe21)));
	CU_ASSERT_TRUE(is_partial(craft_with(udp_frame("hello"), UDP_IN_IPV4, 2, 0xfe20)));
	craft_free();
}

TEST(any_other_checksum_is_the_senders_own)
{
	struct bytes frame = tcp_frame("hello");

	for (uint32_t sum = 0; sum <= 0xffff; sum++)
		if (is_partial(craft_with(frame, TCP_IN_IPV4, 2, sum)) != (sum == 0xfe21))
			ASSERT_NUMBER(sum, -1);
	/* None, as UDP may have it (RFC 768), and its complement. */
	CU_ASSERT_FALSE(is_partial(craft_with(udp_frame("hello"), UDP_IN_IPV4, 2, 0)));
	CU_ASSERT_FALSE(is_partial(craft_with(udp_frame("hello"), UDP_IN_IPV4, 2, 0x01df)));
	craft_free();
}

/* With carries: ffff and more is folded. */
TEST(in_ipv6_it_is_the_same_sum_over_longer_addresses)
{
	struct bytes segment = craft_tcp((struct craft_tcp){.from = 1, .to = 2}, bytes_of(""));
	struct craft_ip local = {.protocol = IPPROTO_TCP, .from = "::1", .to = "::1"};
	struct craft_ip large = {.protocol = IPPROTO_TCP, .from = "ffff::ffff", .to = "ffff::2"};
	struct bytes frame = craft_ethernet(CRAFT_IPV6, craft_ipv6(local, segment));

	CU_ASSERT_TRUE(is_partial(craft_with(frame, TCP_IN_IPV6, 2, 0x001c)));
	CU_ASSERT_FALSE(is_partial(craft_with(frame, TCP_IN_IPV6, 2, 0xfe1c)));
	frame = craft_ethernet(CRAFT_IPV6, craft_ipv6(large, segment));
	CU_ASSERT_TRUE(is_partial(craft_with(frame, TCP_IN_IPV6, 2, 0x001c)));
	craft_free();
}

TEST(what_is_neither_tcp_nor_udp_or_not_whole_has_none)
{
	struct bytes icmp =
		craft_ethernet(CRAFT_IPV4, craft_ipv4((struct craft_ip){.protocol = IPPROTO_ICMP,
							      .from = "127.0.0.1",
							      .to = "127.0.0.1"},
						   craft_icmp(8, 0, 0, bytes_of("hello, ping"))));
	struct bytes fragment =
		craft_ethernet(CRAFT_IPV4, craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP,
							      .from = "127.0.0.1",
							      .to = "127.0.0.1",
							      .fragment = {.more = true}},
						   craft_udp(1, 2, bytes_of("12345678"))));
	struct bytes tcp = craft_with(tcp_frame(""), TCP_IN_IPV4, 2, 0xfe1c);

	for (uint32_t sum = 0; sum <= 0xffff; sum += 0xff)
		CU_ASSERT_FALSE(is_partial(craft_with(icmp, UDP_IN_IPV4, 2, sum)));
	CU_ASSERT_FALSE(is_partial(craft_with(fragment, UDP_IN_IPV4, 2, 0xfe23)));
	for (size_t cut = 0; cut < tcp.length; cut++)
		CU_ASSERT_FALSE(is_partial(craft_cut(tcp, cut)));
	craft_free();
}
