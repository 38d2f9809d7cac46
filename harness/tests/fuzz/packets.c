/*
 * Any frame is decoded, and what comes out agrees with itself. The first two bytes of an input say
 * how many zeros follow it, for frames of more than 64 KiB.
 */
#include "fuzz.h"

#include "wire/byte_reader.h"
#include "wire/decode.h"
#include "wire/wire.h"

#include <netinet/in.h>
#include <string.h>

/* Whether a view lies within another, or is empty. */
static bool lies_within(struct bytes part, struct bytes whole)
{
	return part.length == 0 || (part.data >= whole.data && part.length <= whole.length &&
					   part.data + part.length <= whole.data + whole.length);
}

static void check_fragment(const struct packet *packet)
{
	const struct ip_fragment *fragment = &packet->fragment;

	FUZZ_CHECK(fragment->offset > 0 || fragment->more);
	FUZZ_CHECK(fragment->offset % 8 == 0 && packet->payload.length > 0);
	FUZZ_CHECK(!fragment->more || packet->payload.length % 8 == 0);
	FUZZ_CHECK(fragment->offset + packet->payload.length <= 65535);
}

/* Each kind has the protocol that it is of, and no more than that has. */
static void check_kind(const struct packet *packet)
{
	switch (packet->kind) {
	case PACKET_TCP:
		FUZZ_CHECK(packet->protocol == IPPROTO_TCP);
		return;
	case PACKET_UDP:
		FUZZ_CHECK(packet->protocol == IPPROTO_UDP);
		return;
	case PACKET_UDPLITE:
		FUZZ_CHECK(packet->protocol == IPPROTO_UDPLITE);
		FUZZ_CHECK(packet->udplite.coverage >= 8);
		FUZZ_CHECK(packet->udplite.coverage <= 8 + packet->payload.length);
		return;
	case PACKET_ICMP:
		FUZZ_CHECK(packet->protocol ==
			   (packet->from.version == 4 ? IPPROTO_ICMP : IPPROTO_ICMPV6));
		FUZZ_CHECK(lies_within(packet->icmp.quoted, packet->payload));
		break;
	case PACKET_FRAGMENT:
		check_fragment(packet);
		break;
	case PACKET_OTHER:
		break;
	case PACKET_BAD:
		FUZZ_CHECK(packet->payload.length == 0);
		return;
	}
	FUZZ_CHECK(packet->from.port == 0 && packet->to.port == 0);
}

static void check(const struct packet *packet, struct bytes frame)
{
	bool has_problem = packet->kind == PACKET_BAD || packet->kind == PACKET_OTHER;
	uint8_t version = packet->from.version;

	FUZZ_CHECK((packet->problem != NULL) == has_problem);
	FUZZ_CHECK(lies_within(packet->payload, frame));
	FUZZ_CHECK(version == packet->to.version);
	FUZZ_CHECK(version == 4 || version == 6 || (has_problem && version == 0));
	check_kind(packet);
}

/* The padded frame is the same packet, unless a packet ends where its frame ends. */
static void check_padded(const struct packet *packet, struct bytes frame)
{
	struct packet shorter;

	if (frame.length == 0 || packet->kind == PACKET_BAD || packet->kind == PACKET_OTHER)
		return;
	frame.length--;
	packet_decode(&shorter, frame, frame.length);
	check(&shorter, frame);
	if (shorter.kind == packet->kind && shorter.payload.length == packet->payload.length)
		FUZZ_CHECK(shorter.payload.data == packet->payload.data ||
			   packet->payload.length == 0);
}

/* The frame is in exactly one place of the wire. */
static void check_wire(const struct packet *packet, struct bytes frame)
{
	struct wire wire = {0};

	FUZZ_CHECK(wire_add(&wire, frame, frame.length, 0, 0));
	FUZZ_CHECK(wire_beyond(&wire) == 0);
	size_t fragments = fragment_table_leftover(&wire.datagrams.fragments);
	FUZZ_CHECK(wire.connections.segment_count + wire.datagrams.count +
			   wire.datagrams.error_count + wire.stray_count + fragments ==
		   1);
	FUZZ_CHECK((fragments == 1) == (packet->kind == PACKET_FRAGMENT));
	FUZZ_CHECK((wire.connections.segment_count == 1) == (packet->kind == PACKET_TCP));
	FUZZ_CHECK((wire.datagrams.count == 1) ==
		   (packet->kind == PACKET_UDP || packet->kind == PACKET_UDPLITE));
	wire_free(&wire);
}

static void run(struct bytes frame)
{
	struct packet packet, other;

	packet_decode(&packet, frame, frame.length);
	check(&packet, frame);
	check_padded(&packet, frame);
	check_wire(&packet, frame);
	if (packet.kind == PACKET_FRAGMENT) {
		packet_decode_whole(&other, &packet, packet.payload);
		check(&other, packet.payload);
		packet_is_intact(&other, &packet, packet.payload);
	}
	if (packet_decode_quoted(&other, frame))
		FUZZ_CHECK(lies_within(other.payload, frame));
	packet_decode(&other, frame, frame.length + 1);
	FUZZ_CHECK(other.kind == PACKET_BAD && other.from.version == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader reader = {.rest = {data, size}};
	size_t zeros = reader_u16(&reader), length = reader.rest.length;

	/* Only few of them have any. */
	zeros = zeros > 0xff00 ? (zeros - 0xff00) * 512 : zeros > 0xfe00 ? zeros - 0xfe00 : 0;
	unsigned char *frame = malloc(length + zeros + 1);
	FUZZ_CHECK(frame != NULL);
	if (length > 0)
		memcpy(frame, reader.rest.data, length);
	memset(frame + length, 0, zeros + 1);
	/* A block of exactly its length, so that the sanitizer sees its end. */
	unsigned char *exact = realloc(frame, length + zeros > 0 ? length + zeros : 1);
	FUZZ_CHECK(exact != NULL);
	run((struct bytes){exact, length + zeros});
	free(exact);
	return 0;
}
