/* The accounting: traffic and ends of programs that no expectation looked at fail the case. */
#include "worker/accounting.h"

#include "base/text.h"
#include "wire/fragment_reassembly.h"
#include "wire/icmp.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/joined_packets.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/wait.h>

static void unexpected(uint32_t packet, const char *text)
{
	expect_text(false, text);
	context_note(packet, false);
}

/*
 * Whether the case itself sent the whole stream, or received and compared all of it.
 */
static bool is_known_to_case(const struct connection *connection, enum side side)
{
	const struct stream *stream = &connection->streams[side];
	const struct address *from = &stream->address;
	const struct address *to = &connection->streams[side_peer(side)].address;

	for (size_t i = 0; i < context.endpoint_count; i++) {
		const struct endpoint *endpoint = context.endpoints[i];
		if (address_equal(&endpoint->local, from) && address_equal(&endpoint->remote, to) &&
			endpoint->sent >= stream->buffered)
			return true;
		if (address_equal(&endpoint->local, to) && address_equal(&endpoint->remote, from) &&
			endpoint->compared == stream->length)
			return true;
	}
	return false;
}

/* The packet with the first byte that nobody looked at. */
static uint32_t first_unseen(const struct stream *stream)
{
	const struct block *block = blocks_at(&stream->blocks, stream->looked_at);

	return block != NULL ? block->packet : blocks_last(&stream->blocks)->packet;
}

/* Bytes that came after an expectation looked at the stream count as not looked at. */
static void account_stream(const struct connection *connection, enum side side)
{
	const struct stream *stream = &connection->streams[side];
	char from[ADDRESS_TEXT];
	char after[48] = "";

	if (stream->blocks.count == 0 || is_known_to_case(connection, side) ||
		(stream->looked_at > 0 && stream->looked_at >= stream->length))
		return;
	if (stream->looked_at > 0)
		snprintf(after, sizeof after, " after the first %" PRIu64, stream->looked_at);
	expect_that(false,
		"no expectation looked at the %" PRIu64 " bytes that %s %s sent%s; "
		"expect_sent(conn, %s, ...) would",
		stream->length - stream->looked_at, side_name(side),
		address_text(&stream->address, from), after, side_name(side));
	context_note(first_unseen(stream), false);
}

/* Whether the case allows what no expectation looked at between these two. */
static bool is_allowed(const struct address *a, const struct address *b)
{
	for (size_t i = 0; i < context.allowed_port_count; i++)
		if (context.allowed_ports[i] == a->port || context.allowed_ports[i] == b->port)
			return true;
	return false;
}

static void account_connection(const struct connection *connection)
{
	const struct address *client = &connection->streams[CLIENT].address;
	const struct address *server = &connection->streams[SERVER].address;
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];

	if (!context_owns(client, server) || is_allowed(client, server))
		return;
	if (connection->looked_at) {
		account_stream(connection, CLIENT);
		account_stream(connection, SERVER);
		return;
	}
	expect_that(false,
		"unexpected connection, which no expectation looked at: %s to %s; one about "
		"only_connection(%u) or connection_of(%u, ...) would",
		address_text(client, from), address_text(server, to), server->port, server->port);
	context_note(connection->segments[0].packet, false);
}

/* The server's port: one that the case named, or else the port that was sent to. */
static uint16_t port_of_case(const struct address *from, const struct address *to)
{
	return !context_has_port(to->port) && context_has_port(from->port) ? from->port : to->port;
}

static void account_datagram(const struct datagram *datagram)
{
	char from_text[ADDRESS_TEXT], to[ADDRESS_TEXT];
	struct buffer text;

	if (datagram->looked_at || !context_owns(&datagram->from, &datagram->to) ||
		is_allowed(&datagram->from, &datagram->to))
		return;
	must_tell_datagrams_apart(port_of_case(&datagram->from, &datagram->to));
	buffer_init(&text, 1024);
	buffer_printf(&text, "unexpected %s, which no expectation looked at: %s to %s, %zu bytes ",
		datagram_name(datagram->protocol), address_text(&datagram->from, from_text),
		address_text(&datagram->to, to), datagram->payload.length);
	text_quote(&text, datagram->payload, TEXT_SHOWN_IN_SENTENCE);
	buffer_printf(&text, "; expect_%sdatagrams(%u, ...) would",
		datagram->protocol == IPPROTO_UDPLITE ? "udplite_" : "",
		port_of_case(&datagram->from, &datagram->to));
	unexpected(datagram->packets[0], buffer_text(&text));
	buffer_free(&text);
}

static void account_error(const struct icmp_error *icmp)
{
	char sender[ADDRESS_TEXT], target[ADDRESS_TEXT];

	if (icmp->looked_at || !context_owns(&icmp->sender, &icmp->target) ||
		is_allowed(&icmp->sender, &icmp->target))
		return;
	expect_that(false,
		"unexpected ICMP error, which no expectation looked at: %s (type %u, code %u), "
		"about %s from %s to %s; expect_icmp(%u, %u, %u) would",
		icmp_meaning(icmp->from.version, icmp->type, icmp->code), icmp->type, icmp->code,
		icmp->protocol == IPPROTO_TCP ? "a segment" : "a datagram",
		address_text(&icmp->sender, sender), address_text(&icmp->target, target),
		icmp->target.port, icmp->type, icmp->code);
	context_note(icmp->packet, false);
}

/* Strays have no port. On a shared wire it is not known whose they are. */
static void account_strays(void)
{
	for (size_t i = 0; context.settings->isolated && i < context.wire.stray_count; i++) {
		const struct stray *stray = &context.wire.strays[i];
		if (stray->looked_at || stray->is_kernels)
			continue;
		expect_that(false,
			"unexpected packet %" PRIu32 ": %s; allow_other_traffic() would allow it",
			stray->packet + 1, stray->problem);
		context_note(stray->packet, false);
	}
}

/* Only the first fragment of a datagram has a port. So this is the same. */
static void account_fragments(void)
{
	const struct reassembly *each = context.wire.datagrams.fragments.first;
	char from_text[ADDRESS_TEXT], to[ADDRESS_TEXT];

	for (; context.settings->isolated && each != NULL; each = each->after) {
		struct leftover leftover = reassembly_leftover(each);
		if (each->looked_at || leftover.count == 0)
			continue;
		expect_that(false,
			"%zu fragment%s of a datagram that never became whole: %s to %s, "
			"identification %" PRIu32 "; allow_other_traffic() would allow them",
			leftover.count, leftover.count == 1 ? "" : "s",
			address_text(&each->identity.from, from_text),
			address_text(&each->identity.to, to), each->identity.fragment.id);
		context_note(leftover.packet, false);
	}
}

static void account_traffic(void)
{
	const struct wire *wire = &context.wire;

	for (size_t i = 0; i < wire->connections.count; i++)
		account_connection(wire->connections.list[i]);
	for (size_t i = 0; i < wire->datagrams.count; i++)
		account_datagram(wire->datagrams.list[i]);
	for (size_t i = 0; i < wire->datagrams.error_count; i++)
		account_error(wire->datagrams.errors[i]);
	account_fragments();
	account_strays();
}

static void account_program(const struct program *program)
{
	struct buffer end;

	if (program->looked_at || !program->ended || program->status == 0)
		return;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	expect_that(false, "%s ended, and no expectation looked at how: %s; %s would",
		program->name, buffer_text(&end),
		WIFSIGNALED(program->status) ? "expect_killed" : "expect_exit");
	buffer_free(&end);
}

void account(void)
{
	context_at(NULL);
	for (size_t i = 0; i < context.program_count; i++)
		account_program(context.programs[i]);
	if (!context.allows_other_traffic)
		account_traffic();
}
