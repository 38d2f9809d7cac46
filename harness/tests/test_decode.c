/* decode.c, packet.c and transport.c: what is decoded of frames, whole, broken and random. */
#include "wire/decode.h"

#include "craft.h"
#include "unit.h"

#include <netinet/in.h>

#define LITERAL(text) ((struct bytes){(const unsigned char *)(text), sizeof(text) - 1})

static struct bytes ipv4_frame(uint8_t protocol, struct bytes payload)
{
	return craft_ethernet(
		CRAFT_IPV4, craft_ipv4((struct craft_ip){.protocol = protocol}, payload));
}

static struct bytes ipv6_frame(uint8_t protocol, struct bytes payload)
{
	return craft_ethernet(
		CRAFT_IPV6, craft_ipv6((struct craft_ip){.protocol = protocol}, payload));
}

static struct bytes hello_udp(void)
{
	return craft_udp(5000, 9000, bytes_of("hello"));
}

static struct bytes tcp_with(struct bytes options)
{
	return craft_tcp((struct craft_tcp){.from = 5000, .to = 8898, .options = options},
		bytes_of("hello"));
}

static struct packet decode(struct bytes frame)
{
	struct packet packet;

	packet_decode(&packet, frame, frame.length);
	return packet;
}

static const char *problem_of(struct bytes frame, enum packet_kind kind)
{
	struct packet packet = decode(frame);

	CU_ASSERT_EQUAL(packet.kind, kind);
	return packet.problem != NULL ? packet.problem : "none";
}

static void assert_payload(struct bytes actual, const char *expected)
{
	CU_ASSERT(bytes_equal(actual, bytes_of(expected)));
}

static void assert_addresses(const struct packet *packet, const char *from, const char *to)
{
	char text[ADDRESS_TEXT];

	ASSERT_TEXT(address_text(&packet->from, text), from);
	ASSERT_TEXT(address_text(&packet->to, text), to);
}

TEST(udp_over_ipv4)
{
	struct bytes frame = craft_ethernet(CRAFT_IPV4,
		craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP, .dont_fragment = true},
			hello_udp()));
	struct packet packet = decode(frame);

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	CU_ASSERT_PTR_NULL(packet.problem);
	assert_addresses(&packet, "10.0.0.1:5000", "10.0.0.2:9000");
	ASSERT_NUMBER(packet.from.version, 4);
	ASSERT_NUMBER(packet.to.version, 4);
	assert_payload(packet.payload, "hello");
	ASSERT_NUMBER(packet.protocol, IPPROTO_UDP);
	ASSERT_NUMBER(packet.hop_limit, 64);
	CU_ASSERT(packet.dont_fragment);
	craft_free();
}

TEST(udp_over_ipv6)
{
	struct packet packet = decode(ipv6_frame(IPPROTO_UDP, hello_udp()));

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	assert_addresses(&packet, "[fd00::1]:5000", "[fd00::2]:9000");
	assert_payload(packet.payload, "hello");
	ASSERT_NUMBER(packet.protocol, IPPROTO_UDP);
	ASSERT_NUMBER(packet.hop_limit, 64);
	CU_ASSERT_FALSE(packet.dont_fragment);
	craft_free();
}

TEST(udp_without_a_payload)
{
	struct packet packet = decode(ipv4_frame(IPPROTO_UDP, craft_udp(1, 2, bytes_of(""))));

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	ASSERT_NUMBER(packet.payload.length, 0);
	craft_free();
}

TEST(udp_length_ends_the_payload)
{
	struct bytes udp = craft_with(hello_udp(), 4, 2, 8 + 4);

	assert_payload(decode(ipv4_frame(IPPROTO_UDP, udp)).payload, "hell");
	craft_free();
}

TEST(tcp_header_field_by_field)
{
	struct bytes tcp = craft_tcp(
		(struct craft_tcp){
			.from = 5000,
			.to = 8898,
			.sequence = 0x12345678,
			.acknowledgment = 0x9abcdef0,
			.flags = TCP_CWR | TCP_URG | TCP_ACK | TCP_FIN,
			.window = 0xfedc,
			.urgent = 0x4321,
		},
		bytes_of("hello"));
	struct packet packet = decode(ipv4_frame(IPPROTO_TCP, tcp));

	ASSERT_NUMBER(packet.kind, PACKET_TCP);
	assert_addresses(&packet, "10.0.0.1:5000", "10.0.0.2:8898");
	ASSERT_NUMBER(packet.tcp.sequence, 0x12345678);
	ASSERT_NUMBER(packet.tcp.acknowledgment, 0x9abcdef0);
	ASSERT_NUMBER(packet.tcp.flags, TCP_CWR | TCP_URG | TCP_ACK | TCP_FIN);
	ASSERT_NUMBER(packet.tcp.window, 0xfedc);
	ASSERT_NUMBER(packet.tcp.urgent, 0x4321);
	CU_ASSERT_FALSE(packet.dont_fragment);
	CU_ASSERT_FALSE(packet.tcp.options.has_mss || packet.tcp.options.has_timestamps);
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(tcp_options_of_a_syn)
{
	struct packet packet = decode(ipv6_frame(IPPROTO_TCP,
		tcp_with(LITERAL("\x02\x04\xff\xd7\x04\x02\x08\x0a\x01\x02\x03\x04\x05\x06\x07\x08"
				 "\x01\x03\x03\x07"))));

	ASSERT_NUMBER(packet.kind, PACKET_TCP);
	CU_ASSERT(packet.tcp.options.has_mss);
	ASSERT_NUMBER(packet.tcp.options.mss, 65495);
	CU_ASSERT(packet.tcp.options.has_sack_permitted);
	CU_ASSERT(packet.tcp.options.has_timestamps);
	ASSERT_NUMBER(packet.tcp.options.timestamp, 0x01020304);
	ASSERT_NUMBER(packet.tcp.options.timestamp_echo, 0x05060708);
	CU_ASSERT(packet.tcp.options.has_window_scale);
	ASSERT_NUMBER(packet.tcp.options.window_scale, 7);
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(tcp_option_list_may_end_early_and_hold_unknown_ones)
{
	struct packet packet = decode(ipv4_frame(IPPROTO_TCP,
		tcp_with(LITERAL("\xfe\x04\xaa\xbb\x01\x00\x02\x00\x02\x04\x01\x02"))));

	ASSERT_NUMBER(packet.kind, PACKET_TCP);
	CU_ASSERT_FALSE(packet.tcp.options.has_mss);
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(window_scale_is_at_most_14)
{
	struct packet packet =
		decode(ipv4_frame(IPPROTO_TCP, tcp_with(LITERAL("\x03\x03\x0f\x00"))));

	ASSERT_NUMBER(packet.tcp.options.window_scale, 14);
	packet = decode(ipv4_frame(IPPROTO_TCP, tcp_with(LITERAL("\x03\x03\x0e\x00"))));
	ASSERT_NUMBER(packet.tcp.options.window_scale, 14);
	packet = decode(ipv4_frame(IPPROTO_TCP, tcp_with(LITERAL("\x03\x03\x0d\x00"))));
	ASSERT_NUMBER(packet.tcp.options.window_scale, 13);
	craft_free();
}

TEST(broken_tcp_options)
{
	const struct {
		struct bytes options;
		const char *problem;
	} broken[] = {
		{LITERAL("\x01\x01\x01\x08"), "TCP option: goes beyond the header"},
		{LITERAL("\x02\x05\x01\x02"), "TCP option: goes beyond the header"},
		{LITERAL("\xfe\x01\x01\x01"), "TCP option: length is less than 2"},
		{LITERAL("\xfe\x00\x01\x01"), "TCP option: length is less than 2"},
		{LITERAL("\x02\x03\x01\x00"), "TCP option: not of the length that its kind has"},
		{LITERAL("\x02\x05\x01\x02\x03\x00\x00\x00"),
			"TCP option: not of the length that its kind has"},
		{LITERAL("\x03\x02\x00\x00"), "TCP option: not of the length that its kind has"},
		{LITERAL("\x04\x03\x01\x00"), "TCP option: not of the length that its kind has"},
		{LITERAL("\x08\x06\x01\x02\x03\x04\x00\x00"),
			"TCP option: not of the length that its kind has"},
	};

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
		ASSERT_TEXT(problem_of(ipv4_frame(IPPROTO_TCP, tcp_with(broken[i].options)),
				    PACKET_BAD),
			broken[i].problem);
	craft_free();
}

TEST(ethernet_padding_is_no_payload)
{
	struct bytes padding = bytes_of("padding");
	struct packet packet = decode(craft_join(ipv4_frame(IPPROTO_UDP, hello_udp()), padding));

	assert_payload(packet.payload, "hello");
	packet = decode(craft_join(ipv6_frame(IPPROTO_TCP, tcp_with((struct bytes){0})), padding));
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(ipv4_options_are_passed_over)
{
	struct craft_ip ip = {.protocol = IPPROTO_UDP, .options = LITERAL("\x94\x04\x00\x00")};
	struct packet packet = decode(craft_ethernet(CRAFT_IPV4, craft_ipv4(ip, hello_udp())));

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	assert_payload(packet.payload, "hello");
	craft_free();
}

/* One number of a good frame overwritten; offsets count from the Ethernet header's start. */
struct broken {
	size_t offset, width;
	uint32_t value;
	const char *problem;
};

static void assert_broken(struct bytes good, const struct broken *broken, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bytes frame =
			craft_with(good, broken[i].offset, broken[i].width, broken[i].value);
		ASSERT_TEXT(problem_of(frame, PACKET_BAD), broken[i].problem);
	}
	craft_free();
}

TEST(broken_ipv4_and_udp_headers)
{
	static const struct broken broken[] = {
		{14, 1, 0x55, "IPv4 header: version is not 4"},
		{14, 1, 0x44, "IPv4 header: header length is less than 5 words"},
		{14, 1, 0x4f, "IPv4 header: options cut short"},
		{16, 2, 19, "IPv4 header: total length is less than the header"},
		{16, 2, 20 + 8 + 6, "IP header: length is more than the frame holds"},
		{16, 2, 20 + 7, "UDP header: cut short"},
		{16, 2, 20, "UDP header: cut short"},
		{14 + 20 + 4, 2, 7, "UDP header: length is less than 8"},
		{14 + 20 + 4, 2, 0, "UDP header: length is less than 8"},
		{14 + 20 + 4, 2, 14, "UDP header: length is more than the packet holds"},
	};

	assert_broken(ipv4_frame(IPPROTO_UDP, hello_udp()), broken, sizeof broken / sizeof *broken);
}

TEST(broken_ipv6_and_tcp_headers)
{
	static const struct broken broken[] = {
		{14, 1, 0x45, "IPv6 header: version is not 6"},
		{18, 2, 26, "IP header: length is more than the frame holds"},
		{18, 2, 19, "TCP header: cut short"},
		{14 + 40 + 12, 1, 0x40, "TCP header: data offset is less than 5 words"},
		{14 + 40 + 12, 1, 0x70, "TCP header: data offset is beyond the packet's end"},
	};

	assert_broken(ipv6_frame(IPPROTO_TCP, tcp_with((struct bytes){0})), broken,
		sizeof broken / sizeof *broken);
}

TEST(what_is_none_of_the_kinds)
{
	struct bytes arp = craft_ethernet(0x0806, bytes_of("who has"));
	struct packet packet = decode(ipv4_frame(132, bytes_of("sctp")));

	ASSERT_TEXT(problem_of(arp, PACKET_OTHER), "Ethernet header: neither IPv4 nor IPv6");
	ASSERT_NUMBER(packet.kind, PACKET_OTHER);
	ASSERT_TEXT(packet.problem, "IP: a protocol other than TCP, UDP, UDP-Lite and ICMP");
	ASSERT_NUMBER(packet.protocol, 132);
	assert_addresses(&packet, "10.0.0.1:0", "10.0.0.2:0");
	assert_payload(packet.payload, "sctp");

	/* The other version's ICMP. */
	struct bytes icmp = craft_icmp(3, 3, 0, bytes_of(""));
	problem_of(ipv4_frame(IPPROTO_ICMPV6, icmp), PACKET_OTHER);
	problem_of(ipv6_frame(IPPROTO_ICMP, icmp), PACKET_OTHER);
	craft_free();
}

TEST(a_frame_that_the_capture_cut_short)
{
	struct bytes frame = ipv4_frame(IPPROTO_UDP, hello_udp());
	struct packet packet;

	packet_decode(&packet, frame, frame.length + 1);
	ASSERT_NUMBER(packet.kind, PACKET_BAD);
	ASSERT_TEXT(packet.problem, "frame: cut short by the capture");
	ASSERT_NUMBER(packet.from.version, 0);
	craft_free();
}

TEST(ipv6_extension_headers_are_passed_over)
{
	struct bytes second = craft_extension(IPPROTO_UDP, 24, hello_udp());
	struct bytes routing = craft_extension(IPPROTO_DSTOPTS, 8, second);
	struct bytes first = craft_extension(IPPROTO_ROUTING, 16, routing);
	struct bytes hop_by_hop = craft_extension(IPPROTO_DSTOPTS, 8, first);
	struct packet packet = decode(ipv6_frame(IPPROTO_HOPOPTS, hop_by_hop));

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	ASSERT_NUMBER(packet.protocol, IPPROTO_UDP);
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(broken_ipv6_extension_headers)
{
	struct bytes twice =
		craft_extension(IPPROTO_HOPOPTS, 8, craft_extension(IPPROTO_UDP, 8, hello_udp()));
	struct bytes beyond = craft_with(craft_extension(IPPROTO_UDP, 8, hello_udp()), 1, 1, 2);
	struct bytes fragment = bytes_of("1234567");

	ASSERT_TEXT(problem_of(ipv6_frame(IPPROTO_DSTOPTS, twice), PACKET_BAD),
		"IPv6 extension header: hop-by-hop options not in front");
	ASSERT_TEXT(problem_of(ipv6_frame(IPPROTO_DSTOPTS, beyond), PACKET_BAD),
		"IPv6 extension header: cut short");
	ASSERT_TEXT(problem_of(ipv6_frame(IPPROTO_FRAGMENT, fragment), PACKET_BAD),
		"IPv6 fragment header: cut short");
	craft_free();
}

/* A chain of `count` destination options in front of UDP. */
static struct bytes chain(size_t count)
{
	struct bytes data = hello_udp();

	for (size_t i = 0; i < count; i++)
		data = craft_extension(i == 0 ? IPPROTO_UDP : IPPROTO_DSTOPTS, 8, data);
	return ipv6_frame(IPPROTO_DSTOPTS, data);
}

TEST(an_endless_chain_of_extension_headers_is_given_up)
{
	ASSERT_NUMBER(decode(chain(7)).kind, PACKET_UDP);
	ASSERT_TEXT(problem_of(chain(8), PACKET_OTHER),
		"IPv6 extension header: more of them than are read");
	craft_free();
}

static struct bytes ipv4_part(struct ip_fragment fragment, struct bytes payload)
{
	struct craft_ip ip = {.protocol = IPPROTO_UDP, .fragment = fragment};

	return craft_ethernet(CRAFT_IPV4, craft_ipv4(ip, payload));
}

static struct bytes ipv6_part(struct ip_fragment fragment, struct bytes payload)
{
	return ipv6_frame(IPPROTO_FRAGMENT, craft_fragment(IPPROTO_UDP, fragment, payload));
}

static void assert_fragment(struct packet packet, struct ip_fragment expected, const char *payload)
{
	ASSERT_NUMBER(packet.kind, PACKET_FRAGMENT);
	ASSERT_NUMBER(packet.protocol, IPPROTO_UDP);
	ASSERT_NUMBER(packet.fragment.id, expected.id);
	ASSERT_NUMBER(packet.fragment.offset, expected.offset);
	ASSERT_NUMBER(packet.fragment.more, expected.more);
	ASSERT_NUMBER(packet.from.port, 0);
	assert_payload(packet.payload, payload);
}

TEST(fragments)
{
	struct ip_fragment first = {.id = 0xabcd, .offset = 0, .more = true};
	struct ip_fragment last = {.id = 0xabcd, .offset = 1480, .more = false};

	assert_fragment(decode(ipv4_part(first, bytes_of("12345678"))), first, "12345678");
	assert_fragment(decode(ipv4_part(last, bytes_of("end"))), last, "end");
	first.id = last.id = 0x12345678;
	assert_fragment(decode(ipv6_part(first, bytes_of("12345678"))), first, "12345678");
	assert_fragment(decode(ipv6_part(last, bytes_of("end"))), last, "end");
	craft_free();
}

TEST(broken_fragments)
{
	struct ip_fragment first = {.more = true}, far = {.offset = 65528};

	ASSERT_TEXT(problem_of(ipv4_part(first, bytes_of("1234567")), PACKET_BAD),
		"IP fragment: not a multiple of 8 bytes, and more follow");
	ASSERT_TEXT(problem_of(ipv6_part(first, bytes_of("")), PACKET_BAD), "IP fragment: empty");
	ASSERT_TEXT(problem_of(ipv4_part(far, bytes_of("12345678")), PACKET_BAD),
		"IP fragment: goes beyond 65535 bytes");
	ASSERT_NUMBER(decode(ipv6_part(far, bytes_of("1234567"))).kind, PACKET_FRAGMENT);
	craft_free();
}

TEST(a_lone_ipv6_fragment_is_a_whole_packet)
{
	struct packet packet = decode(ipv6_part((struct ip_fragment){.id = 7}, hello_udp()));

	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(a_whole_put_together_from_fragments)
{
	struct packet first =
		decode(ipv4_part((struct ip_fragment){.more = true}, craft_pattern(8)));
	struct packet whole;

	packet_decode_whole(&whole, &first, hello_udp());
	ASSERT_NUMBER(whole.kind, PACKET_UDP);
	CU_ASSERT_PTR_NULL(whole.problem);
	assert_addresses(&whole, "10.0.0.1:5000", "10.0.0.2:9000");
	assert_payload(whole.payload, "hello");
	ASSERT_NUMBER(whole.hop_limit, 64);
	CU_ASSERT_FALSE(whole.fragment.more);

	packet_decode_whole(&whole, &first, bytes_of("short"));
	ASSERT_NUMBER(whole.kind, PACKET_BAD);
	ASSERT_TEXT(whole.problem, "UDP header: cut short");
	ASSERT_NUMBER(whole.payload.length, 0);
	craft_free();
}

/* In IPv6, extension headers may be in the part that was fragmented (RFC 8200 4.5). */
TEST(a_whole_with_extension_headers)
{
	struct packet first = decode(ipv6_frame(
		IPPROTO_FRAGMENT, craft_fragment(IPPROTO_DSTOPTS,
					  (struct ip_fragment){.more = true}, craft_pattern(8))));
	struct packet whole;

	packet_decode_whole(&whole, &first, craft_extension(IPPROTO_UDP, 8, hello_udp()));
	ASSERT_NUMBER(whole.kind, PACKET_UDP);
	assert_payload(whole.payload, "hello");

	packet_decode_whole(&whole, &first, craft_extension(IPPROTO_HOPOPTS, 8, hello_udp()));
	ASSERT_NUMBER(whole.kind, PACKET_BAD);
	packet_decode_whole(&whole, &first, bytes_of("short"));
	ASSERT_NUMBER(whole.kind, PACKET_BAD);
	craft_free();
}

TEST(a_fragment_inside_a_fragment_is_not_put_together)
{
	struct ip_fragment fragment = {.more = true};
	struct packet first = decode(ipv6_frame(
		IPPROTO_FRAGMENT, craft_fragment(IPPROTO_FRAGMENT, fragment, craft_pattern(8))));
	struct packet whole;

	packet_decode_whole(
		&whole, &first, craft_fragment(IPPROTO_UDP, fragment, craft_pattern(16)));
	ASSERT_NUMBER(whole.kind, PACKET_OTHER);
	ASSERT_TEXT(whole.problem, "IPv6 fragment header: a fragment inside a fragment");
	craft_free();
}

TEST(icmp_errors_and_what_is_none)
{
	static const struct {
		uint8_t type;
		bool ipv4, ipv6; /* an error there */
	} types[] = {{0, false, true}, {1, false, true}, {2, false, true}, {3, true, true},
		{4, true, true}, {5, true, true}, {8, false, true}, {11, true, true},
		{12, true, true}, {13, false, true}, {127, false, true}, {128, false, false},
		{129, false, false}, {135, false, false}, {255, false, false}};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct bytes icmp = craft_icmp(types[i].type, 0, 0, bytes_of(""));
		struct packet packet = decode(ipv4_frame(IPPROTO_ICMP, icmp));
		ASSERT_NUMBER(packet.kind, PACKET_ICMP);
		ASSERT_NUMBER(packet_is_icmp_error(&packet), types[i].ipv4);
		packet = decode(ipv6_frame(IPPROTO_ICMPV6, icmp));
		ASSERT_NUMBER(packet.kind, PACKET_ICMP);
		ASSERT_NUMBER(packet_is_icmp_error(&packet), types[i].ipv6);
	}
	struct packet udp = decode(ipv4_frame(IPPROTO_UDP, hello_udp()));
	CU_ASSERT_FALSE(packet_is_icmp_error(&udp));
	craft_free();
}

TEST(icmp_header_field_by_field)
{
	struct bytes error = craft_icmp(3, 4, 0x000005dc, bytes_of("quote"));
	struct packet packet = decode(ipv4_frame(IPPROTO_ICMP, error));

	ASSERT_NUMBER(packet.icmp.type, 3);
	ASSERT_NUMBER(packet.icmp.code, 4);
	ASSERT_NUMBER(packet.icmp.rest, 1500);
	assert_payload(packet.icmp.quoted, "quote");
	assert_addresses(&packet, "10.0.0.1:0", "10.0.0.2:0");

	struct bytes echo = craft_icmp(8, 0, 0, bytes_of("ping"));
	packet = decode(ipv4_frame(IPPROTO_ICMP, echo));
	assert_payload(packet.payload, "ping");
	ASSERT_NUMBER(packet.icmp.quoted.length, 0);

	ASSERT_TEXT(problem_of(ipv6_frame(IPPROTO_ICMPV6, craft_cut(echo, 7)), PACKET_BAD),
		"ICMP header: cut short");
	craft_free();
}

TEST(quoted_udp)
{
	struct packet packet;
	struct bytes quoted = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, hello_udp());

	CU_ASSERT(packet_decode_quoted(&packet, quoted));
	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	assert_addresses(&packet, "10.0.0.1:5000", "10.0.0.2:9000");
	assert_payload(packet.payload, "hello");

	/* RFC 792 asks for the IP header and 8 bytes, no more. */
	CU_ASSERT(packet_decode_quoted(&packet, craft_cut(quoted, 28)));
	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	assert_addresses(&packet, "10.0.0.1:5000", "10.0.0.2:9000");
	ASSERT_NUMBER(packet.payload.length, 0);

	/* What follows the quoted packet is an extension (RFC 4884). */
	CU_ASSERT(packet_decode_quoted(&packet, craft_join(quoted, bytes_of("extension"))));
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(quoted_tcp_over_ipv6)
{
	struct packet packet;
	struct bytes quoted = craft_ipv6((struct craft_ip){.protocol = IPPROTO_DSTOPTS},
		craft_extension(IPPROTO_TCP, 8, tcp_with((struct bytes){0})));

	CU_ASSERT(packet_decode_quoted(&packet, quoted));
	ASSERT_NUMBER(packet.kind, PACKET_TCP);
	ASSERT_NUMBER(packet.protocol, IPPROTO_TCP);
	assert_addresses(&packet, "[fd00::1]:5000", "[fd00::2]:8898");
	ASSERT_NUMBER(packet.payload.length, 25);
	craft_free();
}

TEST(quoted_hop_by_hop_options)
{
	struct packet packet;
	struct craft_ip ip = {.protocol = IPPROTO_HOPOPTS};

	CU_ASSERT(packet_decode_quoted(
		&packet, craft_ipv6(ip, craft_extension(IPPROTO_UDP, 8, hello_udp()))));
	ASSERT_NUMBER(packet.kind, PACKET_UDP);
	CU_ASSERT_PTR_NULL(packet.problem);
	craft_free();
}

/* The chain is longer than is read, and UDP is at its end. */
TEST(quoted_endless_chain)
{
	struct packet packet;

	CU_ASSERT(packet_decode_quoted(&packet, (struct bytes){chain(8).data + 14, 40 + 64 + 13}));
	ASSERT_NUMBER(packet.kind, PACKET_OTHER);
	ASSERT_TEXT(packet.problem, "IPv6 extension header: more of them than are read");
	ASSERT_NUMBER(packet.from.port, 0);
	CU_ASSERT_FALSE(packet_decode_quoted(&packet, bytes_of("")));
	craft_free();
}

TEST(quoted_as_far_as_it_goes)
{
	struct packet packet;
	struct bytes ipv4 = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, hello_udp());
	struct bytes ipv6 = craft_ipv6((struct craft_ip){.protocol = IPPROTO_DSTOPTS},
		craft_extension(IPPROTO_UDP, 8, hello_udp()));

	for (size_t length = 0; length < ipv4.length; length++) {
		ASSERT_NUMBER(packet_decode_quoted(&packet, craft_cut(ipv4, length)), length >= 20);
		ASSERT_NUMBER(packet.to.port, length >= 24 ? 9000 : 0);
		if (length >= 20)
			ASSERT_NUMBER(packet.kind, length >= 24 ? PACKET_UDP : PACKET_OTHER);
	}
	for (size_t length = 0; length < ipv6.length; length++) {
		ASSERT_NUMBER(packet_decode_quoted(&packet, craft_cut(ipv6, length)), length >= 40);
		ASSERT_NUMBER(packet.to.port, length >= 52 ? 9000 : 0);
		ASSERT_NUMBER(packet.protocol, length < 40   ? 0
					       : length < 48 ? IPPROTO_DSTOPTS
							     : IPPROTO_UDP);
	}
	craft_free();
}

TEST(quoted_later_fragment_has_no_ports)
{
	struct packet packet;
	struct craft_ip ip = {.protocol = IPPROTO_UDP, .fragment = {.offset = 8}};

	CU_ASSERT(packet_decode_quoted(&packet, craft_ipv4(ip, hello_udp())));
	ASSERT_NUMBER(packet.kind, PACKET_OTHER);
	ASSERT_TEXT(packet.problem, "quoted: does not reach to the ports");
	ASSERT_NUMBER(packet.from.port, 0);
	ASSERT_NUMBER(packet.payload.length, 13);
	craft_free();
}

TEST(quoted_udplite)
{
	struct packet packet;
	struct craft_ip ip = {.protocol = IPPROTO_UDPLITE};

	CU_ASSERT(packet_decode_quoted(&packet, craft_ipv4(ip, hello_udp())));
	ASSERT_NUMBER(packet.kind, PACKET_UDPLITE);
	ASSERT_NUMBER(packet.to.port, 9000);
	assert_payload(packet.payload, "hello");
	craft_free();
}

/* What is quoted was cut into segments later: its length was not known yet. */
TEST(quoted_without_a_length)
{
	struct packet packet;
	struct bytes four = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, hello_udp());
	struct bytes six = craft_ipv6((struct craft_ip){.protocol = IPPROTO_UDP}, hello_udp());

	CU_ASSERT(packet_decode_quoted(&packet, craft_with(four, 2, 2, 0)));
	assert_payload(packet.payload, "hello");
	CU_ASSERT(packet_decode_quoted(&packet, craft_with(six, 4, 2, 0)));
	assert_payload(packet.payload, "hello");
	craft_free();
}

TEST(quoted_protocol_without_ports)
{
	struct packet packet;
	struct craft_ip ip = {.protocol = IPPROTO_ICMP};

	CU_ASSERT(packet_decode_quoted(&packet, craft_ipv4(ip, hello_udp())));
	ASSERT_NUMBER(packet.kind, PACKET_OTHER);
	ASSERT_TEXT(packet.problem, "quoted: neither TCP, UDP nor UDP-Lite");
	ASSERT_NUMBER(packet.from.port, 0);
	CU_ASSERT_FALSE(packet_decode_quoted(&packet, bytes_of("neither version's header")));
	craft_free();
}

#define SAMPLES 8

/* Good frames of every layout. */
static void samples(struct bytes frames[SAMPLES])
{
	struct bytes options = LITERAL("\x02\x04\xff\xd7\x04\x02\x08\x0a\x01\x02\x03\x04\x05\x06"
				       "\x07\x08\x01\x03\x03\x07");
	struct bytes quoted = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, hello_udp());
	struct bytes chained = craft_extension(IPPROTO_ROUTING, 8,
		craft_extension(IPPROTO_FRAGMENT, 16,
			craft_fragment(IPPROTO_UDP, (struct ip_fragment){.more = true},
				craft_pattern(64))));
	struct craft_ip ip = {.protocol = IPPROTO_UDP, .options = LITERAL("\x94\x04\x00\x00")};

	frames[0] = ipv4_frame(IPPROTO_UDP, hello_udp());
	frames[1] = craft_ethernet(CRAFT_IPV4, craft_ipv4(ip, hello_udp()));
	frames[2] = ipv4_frame(IPPROTO_TCP, tcp_with(options));
	frames[3] = ipv4_frame(IPPROTO_ICMP, craft_icmp(3, 3, 0, quoted));
	frames[4] = ipv4_part((struct ip_fragment){.offset = 1480}, craft_pattern(64));
	frames[5] = ipv6_frame(IPPROTO_TCP, tcp_with(options));
	frames[6] = ipv6_frame(IPPROTO_HOPOPTS, chained);
	frames[7] = ipv6_frame(IPPROTO_ICMPV6, craft_icmp(1, 4, 0, quoted));
}

static bool lies_within(struct bytes part, struct bytes frame)
{
	return part.length == 0 ||
	       (part.data >= frame.data && part.data + part.length <= frame.data + frame.length);
}

/* What holds of any frame, however broken. */
static bool is_consistent(const struct packet *packet, struct bytes frame)
{
	bool explained = packet->kind == PACKET_BAD || packet->kind == PACKET_OTHER;

	if (explained != (packet->problem != NULL) || !lies_within(packet->payload, frame))
		return false;
	if (packet->kind == PACKET_BAD)
		return packet->payload.length == 0;
	if (packet->kind == PACKET_ICMP)
		return lies_within(packet->icmp.quoted, frame);
	return packet->kind != PACKET_FRAGMENT ||
	       packet->fragment.offset + packet->payload.length <= 65535;
}

TEST(frames_cut_at_every_length_are_bad)
{
	struct bytes frames[SAMPLES];

	samples(frames);
	for (size_t i = 0; i < SAMPLES; i++) {
		CU_ASSERT_NOT_EQUAL(decode(frames[i]).kind, PACKET_BAD);
		for (size_t length = 0; length < frames[i].length; length++) {
			struct packet packet = decode(craft_cut(frames[i], length));
			ASSERT_NUMBER(packet.kind, PACKET_BAD);
			CU_ASSERT(is_consistent(&packet, frames[i]));
		}
	}
	craft_free();
}

/* Changes up to four bytes, and cuts some frames. */
static struct bytes mutated(struct bytes frame, uint32_t *state)
{
	struct bytes copy = craft_cut(frame, frame.length);

	for (uint32_t changes = craft_random(state) % 5; changes > 0; changes--)
		copy = craft_with(copy, craft_random(state) % copy.length, 1, craft_random(state));
	if (craft_random(state) % 4 == 0)
		copy = craft_cut(copy, craft_random(state) % (copy.length + 1));
	return copy;
}

TEST(mutated_frames_stay_consistent)
{
	uint32_t state = 1;
	size_t kinds[PACKET_BAD + 1] = {0};

	for (int round = 0; round < 4000; round++) {
		struct bytes frames[SAMPLES];
		samples(frames);
		for (size_t i = 0; i < SAMPLES; i++) {
			struct bytes frame = mutated(frames[i], &state);
			struct packet packet = decode(frame), quoted;
			CU_ASSERT(is_consistent(&packet, frame));
			kinds[packet.kind]++;
			if (packet_is_icmp_error(&packet) &&
				packet_decode_quoted(&quoted, packet.icmp.quoted))
				CU_ASSERT(lies_within(quoted.payload, packet.icmp.quoted));
		}
		craft_free();
	}
	for (size_t kind = 0; kind <= PACKET_BAD; kind++)
		CU_ASSERT(kinds[kind] > 0);
}
