/* wire.c: whole frames in, each counted once and in its place. */
#include "wire/wire.h"

#include "craft.h"
#include "memory.h"
#include "unit.h"

#include <netinet/in.h>
#include <string.h>

static struct wire wire;
static uint32_t frames; /* how many went in */

static bool add(struct bytes frame)
{
	uint32_t index = frames++;

	return wire_add(&wire, frame, frame.length, index, index * 1000);
}

static void end(void)
{
	wire_free(&wire);
	craft_free();
	frames = 0;
}

static struct bytes ipv4_frame(struct craft_ip ip, struct bytes payload)
{
	return craft_ethernet(CRAFT_IPV4, craft_ipv4(ip, payload));
}

static struct bytes syn(void)
{
	return craft_tcp(
		(struct craft_tcp){.from = 40000, .to = 8898, .flags = TCP_SYN, .sequence = 77},
		bytes_of(""));
}

TEST(each_kind_in_its_place)
{
	struct craft_ip tcp = {.protocol = IPPROTO_TCP}, udp = {.protocol = IPPROTO_UDP};
	struct craft_ip icmp = {.protocol = IPPROTO_ICMP};
	struct bytes datagram = craft_udp(5000, 9000, bytes_of("hello"));

	CU_ASSERT(add(ipv4_frame(tcp, syn())));
	CU_ASSERT(add(ipv4_frame(udp, datagram)));
	CU_ASSERT(add(ipv4_frame(icmp, craft_icmp(3, 3, 0, craft_ipv4(udp, datagram)))));
	ASSERT_NUMBER(wire.connections.count, 1);
	ASSERT_NUMBER(wire.connections.list[0]->segments[0].time, 0);
	ASSERT_NUMBER(wire.datagrams.count, 1);
	ASSERT_NUMBER(wire.datagrams.list[0]->packets[0], 1);
	ASSERT_NUMBER(wire.datagrams.list[0]->time, 1000);
	ASSERT_NUMBER(wire.datagrams.error_count, 1);
	ASSERT_NUMBER(wire.datagrams.errors[0]->packet, 2);
	ASSERT_NUMBER(wire.stray_count, 0);
	ASSERT_NUMBER(wire_beyond(&wire), 0);
	end();
}

static void assert_stray(size_t index, const char *problem, bool bad, uint8_t protocol)
{
	const struct stray *stray = &wire.strays[index];
	char text[ADDRESS_TEXT];

	ASSERT_NUMBER(stray->packet, index);
	ASSERT_TEXT(stray->problem, problem);
	ASSERT_NUMBER(stray->bad, bad);
	ASSERT_NUMBER(stray->protocol, protocol);
	ASSERT_TEXT(address_text(&stray->from, text), protocol > 0 ? "10.0.0.1:0" : "?:0");
	ASSERT_TEXT(address_text(&stray->to, text), protocol > 0 ? "10.0.0.2:0" : "?:0");
	CU_ASSERT_FALSE(stray->looked_at);
}

TEST(strays)
{
	struct craft_ip icmp = {.protocol = IPPROTO_ICMP}, tcp = {.protocol = IPPROTO_TCP};

	CU_ASSERT(add(craft_ethernet(0x0806, bytes_of("arp"))));
	CU_ASSERT(add(ipv4_frame((struct craft_ip){.protocol = 132}, bytes_of("sctp"))));
	CU_ASSERT(add(ipv4_frame(icmp, craft_icmp(8, 0, 0, bytes_of("ping")))));
	CU_ASSERT(add(ipv4_frame(tcp, craft_with(bytes_of("too short"), 0, 4, 0))));
	ASSERT_NUMBER(wire.stray_count, 4);
	assert_stray(0, "Ethernet header: neither IPv4 nor IPv6", false, 0);
	assert_stray(1, "IP: a protocol other than TCP, UDP, UDP-Lite and ICMP", false, 132);
	assert_stray(2, "ICMP: not an error", false, IPPROTO_ICMP);
	assert_stray(3, "TCP header: cut short", true, IPPROTO_TCP);
	ASSERT_NUMBER(wire.connections.count + wire.datagrams.count, 0);
	end();
}

TEST(a_frame_cut_by_the_capture_is_a_bad_stray)
{
	struct bytes frame = ipv4_frame((struct craft_ip){.protocol = IPPROTO_TCP}, syn());

	CU_ASSERT(wire_add(&wire, frame, frame.length + 1, 0, 0));
	ASSERT_NUMBER(wire.stray_count, 1);
	assert_stray(0, "frame: cut short by the capture", true, 0);
	end();
}

/* Adds an IPv4 packet in two fragments. */
static void add_in_two(uint8_t protocol, uint32_t id, struct bytes whole)
{
	struct craft_ip first = {.protocol = protocol, .fragment = {.id = id, .more = true}};
	struct craft_ip second = {.protocol = protocol, .fragment = {.id = id, .offset = 8}};

	CU_ASSERT(add(ipv4_frame(first, craft_cut(whole, 8))));
	CU_ASSERT(add(ipv4_frame(second, (struct bytes){whole.data + 8, whole.length - 8})));
}

TEST(fragments_count_as_what_they_make_up)
{
	add_in_two(IPPROTO_UDP, 1, craft_udp(5000, 9000, bytes_of("hello")));
	ASSERT_NUMBER(wire.datagrams.count, 1);
	ASSERT_NUMBER(wire.datagrams.list[0]->packet_count, 2);

	add_in_two(IPPROTO_TCP, 2, syn());
	ASSERT_NUMBER(wire.connections.count, 1);
	ASSERT_NUMBER(wire.connections.list[0]->segments[0].packet, 3);
	ASSERT_NUMBER(wire.connections.list[0]->segments[0].time, 3000);
	ASSERT_NUMBER(wire.connections.list[0]->streams[CLIENT].address.port, 40000);

	add_in_two(IPPROTO_ICMP, 3, craft_icmp(8, 0, 0, bytes_of("ping")));
	add_in_two(IPPROTO_TCP, 4, bytes_of("too short"));
	ASSERT_NUMBER(wire.stray_count, 2);
	ASSERT_NUMBER(wire.strays[0].packet, 5);
	CU_ASSERT_FALSE(wire.strays[0].bad);
	ASSERT_NUMBER(wire.strays[1].packet, 7);
	CU_ASSERT(wire.strays[1].bad);
	ASSERT_NUMBER(fragment_table_leftover(&wire.datagrams.fragments), 0);
	end();
}

/* The stream's bytes stay valid without the fragments: they are in memory of the datagram. */
TEST(tcp_out_of_fragments_keeps_its_bytes)
{
	struct craft_tcp data = {.from = 40000, .to = 8898, .flags = TCP_ACK, .sequence = 78};
	uint64_t difference;

	add_in_two(IPPROTO_TCP, 1, syn());
	add_in_two(IPPROTO_TCP, 2, craft_tcp(data, bytes_of("hello")));
	CU_ASSERT(stream_equal(
		&wire.connections.list[0]->streams[CLIENT], bytes_of("hello"), &difference));
	end();
}

TEST(too_many_strays)
{
	struct bytes arp = craft_ethernet(0x0806, bytes_of("arp"));

	for (uint32_t i = 0; i < STRAYS_MAXIMUM + 2; i++)
		CU_ASSERT_EQUAL(add(arp), i < STRAYS_MAXIMUM);
	ASSERT_NUMBER(wire.stray_count, STRAYS_MAXIMUM);
	ASSERT_NUMBER(wire.beyond, 2);
	ASSERT_NUMBER(wire_beyond(&wire), 2);
	end();
}

TEST(what_is_left_out_adds_up)
{
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));

	wire.beyond = 1;
	wire.connections.segment_count = SEGMENTS_MAXIMUM;
	wire.datagrams.count = DATAGRAMS_MAXIMUM;
	CU_ASSERT_FALSE(add(ipv4_frame((struct craft_ip){.protocol = IPPROTO_TCP}, syn())));
	CU_ASSERT_FALSE(add(ipv4_frame((struct craft_ip){.protocol = IPPROTO_UDP}, udp)));
	CU_ASSERT_FALSE(add(ipv4_frame((struct craft_ip){.protocol = IPPROTO_UDP}, udp)));
	ASSERT_NUMBER(wire_beyond(&wire), 4);
	wire.datagrams.count = 0;
	end();
	ASSERT_NUMBER(wire_beyond(&wire), 0);
}

#define SAMPLES 7

/* A small capture: every kind, on few addresses and ports so that they meet. */
static void samples(struct bytes out[SAMPLES])
{
	struct craft_ip tcp = {.protocol = IPPROTO_TCP}, udp = {.protocol = IPPROTO_UDP};
	struct craft_ip part = {.protocol = IPPROTO_UDP, .fragment = {.id = 1, .more = true}};
	struct craft_ip rest = {.protocol = IPPROTO_UDP, .fragment = {.id = 1, .offset = 8}};
	struct craft_tcp data = {.from = 40000, .to = 8898, .flags = TCP_ACK, .sequence = 78};
	struct bytes datagram = craft_udp(40000, 8898, craft_pattern(32));

	out[0] = ipv4_frame(tcp, syn());
	out[1] = ipv4_frame(tcp, craft_tcp(data, craft_pattern(24)));
	data.flags = TCP_FIN | TCP_ACK;
	out[2] = ipv4_frame(tcp, craft_tcp(data, craft_pattern(8)));
	out[3] = ipv4_frame(udp, datagram);
	out[4] = ipv4_frame(part, craft_cut(datagram, 8));
	out[5] = ipv4_frame(rest, (struct bytes){datagram.data + 8, 32});
	out[6] = ipv4_frame((struct craft_ip){.protocol = IPPROTO_ICMP},
		craft_icmp(3, 3, 0, craft_ipv4(udp, datagram)));
}

/* How many frames the wire accounts for, without those in fragments. */
static size_t accounted(void)
{
	return wire.connections.segment_count + wire.datagrams.count + wire.datagrams.error_count +
	       wire.stray_count;
}

TEST(frames_cut_at_every_length_are_strays)
{
	struct bytes good[SAMPLES];

	samples(good);
	for (size_t i = 0; i < SAMPLES; i++)
		for (size_t length = 0; length < good[i].length; length++) {
			size_t before = wire.stray_count;
			CU_ASSERT(add(craft_cut(good[i], length)));
			ASSERT_NUMBER(wire.stray_count, before + 1);
			CU_ASSERT(wire.strays[before].bad);
		}
	ASSERT_NUMBER(accounted(), wire.stray_count);
	end();
}

TEST(mutated_captures_are_accounted_for)
{
	uint32_t state = 5;

	for (unsigned round = 0; round < 300; round++) {
		struct bytes good[SAMPLES];
		samples(good);
		for (unsigned i = 0; i < 60; i++) {
			struct bytes frame = good[craft_random(&state) % SAMPLES];
			for (uint32_t n = craft_random(&state) % 3; n > 0; n--)
				frame = craft_with(frame, craft_random(&state) % frame.length, 1,
					craft_random(&state));
			CU_ASSERT(add(frame));
		}
		CU_ASSERT(accounted() > 20 && accounted() <= 60);
		ASSERT_NUMBER(wire_beyond(&wire), 0);
		end();
	}
}

#define CROWD 70

/* More connections than the table begins with, more of each kind than a list begins with. */
static void crowd(struct bytes out[CROWD])
{
	for (uint16_t i = 0; i < CROWD; i++) {
		struct bytes udp = craft_udp(i, 9000, bytes_of("hello"));
		struct bytes port = craft_ipv4((struct craft_ip){.protocol = IPPROTO_UDP}, udp);
		struct bytes error = craft_icmp(3, 3, 0, port);

		if (i < 6)
			out[i] = ipv4_frame((struct craft_ip){.protocol = IPPROTO_ICMP}, error);
		else
			out[i] = ipv4_frame((struct craft_ip){.protocol = IPPROTO_TCP},
				craft_with(syn(), 0, 2, i));
	}
	for (size_t i = 6; i < 12; i++)
		out[i] = craft_ethernet(0x0806, bytes_of("arp"));
}

/* Adds all of them and returns how many were taken. */
static size_t add_all(const struct bytes *list, size_t count)
{
	size_t taken = 0;

	for (size_t i = 0; i < count; i++)
		taken += add(list[i]);
	return taken;
}

/* Each allocation fails once. What is left out then is counted, and nothing crashes or leaks. */
TEST(any_allocation_may_fail)
{
	struct bytes good[SAMPLES], many[CROWD];
	bool failed = true;
	unsigned more = 0, unharmed = 0;

	samples(good);
	crowd(many);
	for (; failed && more < 10000; more++) {
		memory_fails_after(more);
		size_t taken = add_all(good, SAMPLES) + add_all(good, SAMPLES);
		taken += add_all(many, CROWD);
		failed = memory_has_failed();
		ASSERT_NUMBER(wire_beyond(&wire), 2 * SAMPLES + CROWD - taken);
		unharmed += failed && wire_beyond(&wire) == 0;
		for (size_t i = 0; i < wire.connections.count; i++)
			CU_ASSERT(wire.connections.list[i]->segment_count > 0);
		wire_free(&wire);
	}
	CU_ASSERT(more > 100 && !failed);
	/* Each allocation is needed. */
	ASSERT_NUMBER(unharmed, 0);
	end();
}
