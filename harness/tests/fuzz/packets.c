/* Any frame is decoded, and what comes out agrees with itself. */
#include "fuzz.h"

#include "packet.h"

/* Whether a view lies within another, or is empty. */
static bool lies_within(struct bytes part, struct bytes whole)
{
	return part.length == 0 || (part.data >= whole.data && part.length <= whole.length &&
					   part.data + part.length <= whole.data + whole.length);
}

static void check(const struct packet *packet, struct bytes frame)
{
	bool has_problem = packet->kind == PACKET_BAD || packet->kind == PACKET_OTHER;

	FUZZ_CHECK((packet->problem != NULL) == has_problem);
	FUZZ_CHECK(lies_within(packet->payload, frame));
	if (packet->kind == PACKET_BAD)
		FUZZ_CHECK(packet->payload.length == 0);
	if (packet->kind == PACKET_ICMP)
		FUZZ_CHECK(lies_within(packet->icmp.quoted, packet->payload));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes frame = {data, size};
	struct packet packet;

	packet_decode(&packet, frame, size);
	check(&packet, frame);
	packet_decode(&packet, frame, size + 1);
	FUZZ_CHECK(packet.kind == PACKET_BAD);
	if (packet_decode_quoted(&packet, frame))
		FUZZ_CHECK(lies_within(packet.payload, frame));
	return 0;
}
