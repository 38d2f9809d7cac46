/* The text of one case's report: what programs printed, and what crossed the wire. */
#include "worker/report.h"

#include "base/text.h"
#include "wire/ladder_connection.h"
#include "wire/ladder_datagrams.h"
#include "wire/unusual_connections.h"
#include "worker/context.h"

#include <inttypes.h>
#include <stdlib.h>

/* How many bytes of an output, lines of a ladder and ladders are shown. The capture has all. */
#define OUTPUT_SHOWN       800
#define ERROR_OUTPUT_SHOWN 200
#define LADDER_SHOWN       24
#define LADDERS_SHOWN      6

/* How many lines a list of connections has. */
#define CONNECTIONS_SHOWN 8

static void report_output(struct buffer *out, const struct program *program, enum output output)
{
	const struct buffer *text = &program->outlets[output].text;

	if (text->length == 0)
		return;
	buffer_printf(out, "    %-15s ", output_name(program, output));
	text_quote(out, buffer_bytes(text), OUTPUT_SHOWN);
	buffer_append(out, "\n", 1);
}

void report_programs(struct buffer *out, struct program *const programs[], size_t count)
{
	if (count == 0)
		buffer_printf(out, "  no program\n");
	for (size_t i = 0; i < count; i++) {
		buffer_printf(out, "  %s: ", buffer_text(&programs[i]->command));
		program_describe_end(programs[i], out);
		buffer_append(out, "\n", 1);
		for (enum output output = STANDARD_OUTPUT; output <= STANDARD_ERROR; output++)
			report_output(out, programs[i], output);
	}
}

bool report_error_output(struct buffer *out, const struct program *program)
{
	const struct buffer *text = &program->outlets[STANDARD_ERROR].text;

	if (text->length == 0)
		return false;
	buffer_printf(out, "%s: %s ", program->name, output_name(program, STANDARD_ERROR));
	text_quote(out, buffer_bytes(text), ERROR_OUTPUT_SHOWN);
	return true;
}

const char *opening_text(enum opening opening)
{
	switch (opening) {
	case OPENING_UNSEEN:
		return "no SYN";
	case OPENING_UNANSWERED:
		return "a SYN without an answer";
	case OPENING_HANDSHAKE:
		return "SYN, SYN+ACK, ACK";
	case OPENING_INCOMPLETE:
		return "SYN, SYN+ACK and no ACK of it";
	case OPENING_REFUSED:
		return "a SYN answered by RST";
	case OPENING_SIMULTANEOUS:
		return "a simultaneous open";
	}
	return "something else";
}

/*
 * Connections on the port are of most interest; with port 0, those on a port that the case named.
 */
static enum interest interest_in(const struct connection *connection, const void *argument)
{
	const struct address *client = &connection->streams[CLIENT].address;
	const struct address *server = &connection->streams[SERVER].address;
	uint16_t port = *(const uint16_t *)argument;

	if (!context_owns(client, server))
		return NO_INTEREST;
	if (port != 0)
		return connection_has_port(connection, port) ? MOST_INTEREST : SOME_INTEREST;
	return context_has_port(client->port) || context_has_port(server->port) ? MOST_INTEREST
										: SOME_INTEREST;
}

static const char *closing_text(const struct connection *connection)
{
	bool client = connection->streams[CLIENT].has_fin;
	bool server = connection->streams[SERVER].has_fin;

	if (connection_closed_in_order(connection))
		return "closed";
	if (client && server)
		return "FIN from both";
	return client ? "FIN from CLIENT" : server ? "FIN from SERVER" : "no FIN";
}

static void report_connection(struct buffer *out, const struct connection *connection)
{
	const struct stream *client = &connection->streams[CLIENT];
	const struct stream *server = &connection->streams[SERVER];
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];

	buffer_printf(out,
		"  %s to %s: %s; %" PRIu64 " bytes from CLIENT, %" PRIu64 " from SERVER; %s",
		address_text(&client->address, from),
		connection->self_connected ? "itself" : address_text(&server->address, to),
		opening_text(connection->opening), client->length, server->length,
		closing_text(connection));
	if (connection->has_reset)
		buffer_printf(out, ", RST from %s", side_name(connection->reset_from));
	buffer_append(out, "\n", 1);
}

static void report_more(struct buffer *out, size_t total, size_t shown)
{
	if (total > shown)
		buffer_printf(out, "  and %zu more connection%s\n", total - shown,
			total - shown == 1 ? "" : "s");
}

void report_connections(struct buffer *out, const struct wire *wire, uint16_t port)
{
	const struct connection *shown[CONNECTIONS_SHOWN];
	size_t total;
	size_t count = unusual_connections(
		&wire->connections, interest_in, &port, shown, CONNECTIONS_SHOWN, &total);

	for (size_t i = 0; i < count; i++)
		report_connection(out, shown[i]);
	report_more(out, total, count);
}

/* Returns how many connections there were. */
static size_t report_ladders(struct buffer *out, const struct connections *connections)
{
	const struct connection *shown[LADDERS_SHOWN];
	const uint16_t any = 0;
	size_t total;
	size_t count =
		unusual_connections(connections, interest_in, &any, shown, LADDERS_SHOWN, &total);

	for (size_t i = 0; i < count; i++)
		ladder_connection(out, shown[i], LADDER_SHOWN);
	report_more(out, total, count);
	return total;
}

/* The datagrams and errors of the case, in lists that the caller frees. */
static struct datagrams own_datagrams(const struct datagrams *all)
{
	struct datagrams own = {
		.list = calloc(all->count + 1, sizeof *own.list),
		.errors = calloc(all->error_count + 1, sizeof *own.errors),
	};

	for (size_t i = 0; own.list != NULL && i < all->count; i++)
		if (context_owns(&all->list[i]->from, &all->list[i]->to))
			own.list[own.count++] = all->list[i];
	for (size_t i = 0; own.errors != NULL && i < all->error_count; i++)
		if (context_owns(&all->errors[i]->sender, &all->errors[i]->target))
			own.errors[own.error_count++] = all->errors[i];
	return own;
}

/* Returns how many datagrams and errors there were. */
static size_t report_datagrams(struct buffer *out, const struct datagrams *all, uint16_t port)
{
	struct datagrams own = own_datagrams(all);
	size_t count = own.count + own.error_count;

	if (count > 0)
		ladder_datagrams(out, &own, port, LADDER_SHOWN);
	free(own.list);
	free(own.errors);
	return count;
}

/* Returns how many packets were neither TCP, UDP, UDP-Lite nor an ICMP error. */
static size_t report_strays(struct buffer *out, const struct wire *wire)
{
	size_t count = 0;

	for (size_t i = 0; i < wire->stray_count; i++)
		count += context_owns(&wire->strays[i].from, &wire->strays[i].to);
	if (count > 0)
		buffer_printf(out, "  and %zu other packets\n", count);
	return count;
}

void report_wire(struct buffer *out, const struct wire *wire, uint16_t port)
{
	size_t count = report_ladders(out, &wire->connections);

	count += report_datagrams(out, &wire->datagrams, port);
	count += report_strays(out, wire);
	if (count == 0)
		buffer_printf(out, "  no packet\n");
}
