/* Verbs about one datagram on the wire. */
#include "verbs/one_datagram.h"

#include "verbs/texts.h"
#include "wire/decode.h"
#include "worker/context.h"
#include "worker/joined_packets.h"
#include "worker/settle.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdbool.h>

/* A datagram to come. */
struct awaited_datagram {
	uint8_t protocol; /* IPPROTO_UDP or IPPROTO_UDPLITE */
	uint16_t port;
	size_t number, count;
	struct datagram *found;
};

static enum outlook look_for_datagram(void *argument)
{
	const struct datagrams *all = &context.wire.datagrams;
	struct awaited_datagram *awaited = argument;

	awaited->count = 0;
	for (size_t i = 0; awaited->found == NULL && i < all->count; i++)
		if (all->list[i]->protocol == awaited->protocol &&
			datagram_has_port(all->list[i], awaited->port) &&
			++awaited->count == awaited->number)
			awaited->found = all->list[i];
	return awaited->found != NULL ? AS_EXPECTED : NOT_YET;
}

/* The case ends over how many there are: each of them. */
static void note_datagrams_next(uint8_t protocol, uint16_t port)
{
	const struct datagrams *all = &context.wire.datagrams;

	for (size_t i = 0; i < all->count; i++)
		if (all->list[i]->protocol == protocol && datagram_has_port(all->list[i], port))
			context_note_next(all->list[i]->packets[0]);
}

static struct datagram *await_datagram(uint8_t protocol, uint16_t port, size_t number)
{
	struct awaited_datagram awaited = {.protocol = protocol, .port = port, .number = number};

	context_port(port);
	enum outlook outlook = settle_until(look_for_datagram, &awaited);
	must_tell_datagrams_apart(port);
	if (outlook != AS_EXPECTED) {
		note_datagrams_next(protocol, port);
		case_over(FAIL, "expected at least %zu %ss on port %u, found %zu", number,
			datagram_name(protocol), port, awaited.count);
	}
	return awaited.found;
}

struct datagram *case_datagram_of(const struct place *place, uint16_t port, size_t number)
{
	context_at(place);
	return await_datagram(IPPROTO_UDP, port, number);
}

struct datagram *case_udplite_datagram_of(const struct place *place, uint16_t port, size_t number)
{
	context_at(place);
	return await_datagram(IPPROTO_UDPLITE, port, number);
}

void case_expect_coverage(const struct place *place, struct datagram *datagram, size_t bytes)
{
	context_at(place);
	size_t whole = 8 + datagram->payload.length;

	datagram->looked_at = true;
	if (datagram->protocol != IPPROTO_UDPLITE)
		case_over(BROKEN, "a datagram of UDP has no coverage");
	bool held = expect_that(datagram->coverage == (bytes > 0 ? bytes : whole),
		"expected a checksum of %zu bytes, found one of %" PRIu32 " of %zu with the header",
		bytes > 0 ? bytes : whole, datagram->coverage, whole);
	context_note(datagram->packets[0], held);
}

void case_expect_answer(
	const struct place *place, struct datagram *answer, const struct datagram *question)
{
	char from_text[ADDRESS_TEXT], to[ADDRESS_TEXT], asked_from[ADDRESS_TEXT],
		asked[ADDRESS_TEXT];

	context_at(place);
	bool held = address_equal(&answer->from, &question->to) &&
		    address_equal(&answer->to, &question->from);
	expect_that(held, "expected an answer from %s to %s, found one from %s to %s",
		address_text(&question->to, asked), address_text(&question->from, asked_from),
		address_text(&answer->from, from_text), address_text(&answer->to, to));
	context_note(answer->packets[0], held);
}

void case_expect_fragments(const struct place *place, struct datagram *datagram,
	const unsigned offsets[], size_t count)
{
	context_at(place);
	datagram->looked_at = true;
	if (!expect_that(datagram->packet_count == count, "expected %zu fragments, found %zu",
		    count, datagram->packet_count)) {
		for (size_t i = 0; i < datagram->packet_count; i++)
			context_note(datagram->packets[i], false);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct frame *frame = &context.capture.frames[datagram->packets[i]];
		struct packet packet;
		packet_decode(&packet, frame->bytes, frame->wire_length);
		unsigned found = packet.fragment.offset / 8;
		bool held = expect_that(found == offsets[i],
			"offset of fragment %zu in units of 8 bytes: expected %u, found %u", i + 1,
			offsets[i], found);
		context_note(datagram->packets[i], held);
	}
}

void case_expect_dont_fragment(const struct place *place, struct datagram *datagram)
{
	context_at(place);
	const struct frame *frame = &context.capture.frames[datagram->packets[0]];
	struct packet packet;

	datagram->looked_at = true;
	packet_decode(&packet, frame->bytes, frame->wire_length);
	bool held = expect_that(datagram->packet_count == 1 && packet.dont_fragment,
		"expected one packet with DF, found %zu %s", datagram->packet_count,
		packet.dont_fragment ? "with it" : "without it");
	context_note(datagram->packets[0], held);
}

const char *case_payload_text(const struct datagram *datagram)
{
	return format("%.*s", (int)datagram->payload.length, (const char *)datagram->payload.data);
}

struct bytes case_payload_of(const struct datagram *datagram)
{
	return datagram->payload;
}

uint16_t case_sender_port(const struct datagram *datagram)
{
	return datagram->from.port;
}

uint16_t case_receiver_port(const struct datagram *datagram)
{
	return datagram->to.port;
}
