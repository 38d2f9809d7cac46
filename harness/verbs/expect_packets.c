/* Verbs about packets: fragments, ICMP errors, and that there are none. */
#include "verbs/wirecheck.h"

#include "base/text.h"
#include "wire/decode.h"
#include "worker/joined_packets.h"
#include "worker/report.h"
#include "worker/settle.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <string.h>

/* Bytes of a quoted datagram that a message shows. */
#define QUOTE_SHOWN 60

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

static struct datagram *await_datagram(
	const struct place *place, uint8_t protocol, uint16_t port, size_t number)
{
	struct awaited_datagram awaited = {.protocol = protocol, .port = port, .number = number};

	context_at(place);
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
	return await_datagram(place, IPPROTO_UDP, port, number);
}

struct datagram *case_udplite_datagram_of(const struct place *place, uint16_t port, size_t number)
{
	return await_datagram(place, IPPROTO_UDPLITE, port, number);
}

void case_expect_coverage(const struct place *place, struct datagram *datagram, size_t bytes)
{
	size_t whole = 8 + datagram->payload.length;

	context_at(place);
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
	const struct frame *frame = &context.capture.frames[datagram->packets[0]];
	struct packet packet;

	context_at(place);
	datagram->looked_at = true;
	packet_decode(&packet, frame->bytes, frame->wire_length);
	bool held = expect_that(datagram->packet_count == 1 && packet.dont_fragment,
		"expected one packet with DF, found %zu %s", datagram->packet_count,
		packet.dont_fragment ? "with it" : "without it");
	context_note(datagram->packets[0], held);
}

/* Whether the datagram is the one that the error is about: a quote may be cut (RFC 1122 3.2.2). */
static bool is_quoted(const struct icmp_error *icmp, const struct datagram *datagram)
{
	return datagram->protocol == icmp->protocol &&
	       address_equal(&datagram->from, &icmp->sender) &&
	       address_equal(&datagram->to, &icmp->target) &&
	       icmp->quoted.length <= datagram->payload.length &&
	       (icmp->quoted.length == 0 ||
		       memcmp(icmp->quoted.data, datagram->payload.data, icmp->quoted.length) == 0);
}

static bool quotes_a_datagram(const struct icmp_error *icmp)
{
	const struct datagrams *all = &context.wire.datagrams;

	for (size_t i = 0; i < all->count; i++)
		if (is_quoted(icmp, all->list[i]))
			return true;
	return false;
}

static void expect_icmp_error(struct icmp_error *icmp, uint16_t port, unsigned type, unsigned code)
{
	bool is_datagram = icmp->protocol == IPPROTO_UDP || icmp->protocol == IPPROTO_UDPLITE;
	bool quotes = !is_datagram || quotes_a_datagram(icmp);
	bool held = quotes && icmp->type == type && icmp->code == code;
	struct buffer text;

	icmp->looked_at = true;
	buffer_init(&text, 1024);
	buffer_printf(&text,
		"ICMP error about a packet to port %u: expected type %u code %u, found type %u "
		"code %u",
		port, type, code, icmp->type, icmp->code);
	if (!quotes) {
		buffer_printf(&text, ", quoting a datagram that was not sent: ");
		text_quote(&text, icmp->quoted, QUOTE_SHOWN);
	}
	expect_text(held, buffer_text(&text));
	context_note(icmp->packet, held);
	buffer_free(&text);
}

/* An ICMP error to come. */
struct awaited_error {
	uint16_t port;
	struct icmp_error *found;
};

static enum outlook look_for_error(void *argument)
{
	const struct datagrams *all = &context.wire.datagrams;
	struct awaited_error *awaited = argument;

	for (size_t i = 0; awaited->found == NULL && i < all->error_count; i++)
		if (!all->errors[i]->looked_at && all->errors[i]->target.port == awaited->port)
			awaited->found = all->errors[i];
	return awaited->found != NULL ? AS_EXPECTED : NOT_YET;
}

/* The last packet that such an error could be about. */
static void note_last_to(uint16_t port)
{
	const struct datagrams *datagrams = &context.wire.datagrams;
	const struct connections *connections = &context.wire.connections;

	for (size_t i = datagrams->count; i > 0; i--)
		if (datagrams->list[i - 1]->to.port == port) {
			context_note(datagrams->list[i - 1]->packets[0], false);
			return;
		}
	for (size_t i = connections->count; i > 0; i--)
		if (connection_has_port(connections->list[i - 1], port)) {
			context_note(
				connection_last_packet(connections->list[i - 1], CLIENT), false);
			return;
		}
}

void case_expect_icmp(const struct place *place, uint16_t port, unsigned type, unsigned code)
{
	struct awaited_error awaited = {.port = port};

	context_at(place);
	context_port(port);
	enum outlook outlook = settle_until(look_for_error, &awaited);
	must_tell_datagrams_apart(port);
	if (outlook == AS_EXPECTED) {
		expect_icmp_error(awaited.found, port, type, code);
		return;
	}
	expect_that(false, "expected ICMP type %u code %u about a packet to port %u, found none",
		type, code, port);
	note_last_to(port);
}

void case_expect_no_connection(const struct place *place, uint16_t port)
{
	const struct connections *all = &context.wire.connections;
	size_t count = 0;
	struct buffer seen;

	context_at(place);
	context_port(port);
	must_settle();
	for (size_t i = 0; i < all->count; i++)
		count += connection_has_port(all->list[i], port);
	buffer_init(&seen, 4096);
	buffer_printf(&seen, "expected no connection on port %u, found %zu\n", port, count);
	report_connections(&seen, &context.wire, 0);
	expect_text(count == 0, buffer_text(&seen));
	for (size_t i = 0; i < all->count; i++)
		if (connection_has_port(all->list[i], port))
			context_note(all->list[i]->segments[0].packet, false);
	buffer_free(&seen);
}

void case_expect_no_datagrams(const struct place *place, uint16_t port)
{
	case_expect_datagrams(place, port, NULL, 0);
}

/* All packets but those that the kernel says by itself, which are among the strays. */
static void note_all_packets(void)
{
	const struct wire *wire = &context.wire;
	size_t next = 0;

	for (size_t i = 0; i < context.capture.count; i++) {
		while (next < wire->stray_count && wire->strays[next].packet < i)
			next++;
		bool is_kernels = next < wire->stray_count && wire->strays[next].packet == i &&
				  wire->strays[next].is_kernels;
		if (!is_kernels)
			context_note((uint32_t)i, false);
	}
}

void case_expect_no_packets(const struct place *place)
{
	struct buffer seen;

	context_at(place);
	must_settle();
	/* What the kernel says by itself is no program's. */
	size_t count = context.capture.count - wire_kernels(&context.wire);
	buffer_init(&seen, 4096);
	buffer_printf(&seen, "expected no packet at all, found %zu\n", count);
	report_wire(&seen, &context.wire, 0);
	/* On the host's loopback others talk too; the accounting tells what is the case's. */
	if (!expect_text(count == 0 || !context.settings->isolated, buffer_text(&seen)))
		note_all_packets();
	buffer_free(&seen);
}
