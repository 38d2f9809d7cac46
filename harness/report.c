/* The text of one case's report: what programs printed, what crossed the wire. */
#include "report.h"

#include "context.h"
#include "ladder.h"
#include "text.h"

#include <inttypes.h>
#include <stdlib.h>

/* Bytes of an output, and lines of a ladder, that help a reader; the capture has the rest. */
#define OUTPUT_SHOWN       800
#define ERROR_OUTPUT_SHOWN 200
#define LADDER_SHOWN       24
#define LADDERS_SHOWN      6

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

static bool is_own(const struct connection *connection)
{
	return context_owns(
		&connection->streams[CLIENT].address, &connection->streams[SERVER].address);
}

void report_connections(struct buffer *out, const struct wire *wire)
{
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];

	for (size_t i = 0; i < wire->connections.count; i++) {
		const struct connection *connection = wire->connections.list[i];
		const struct stream *client = &connection->streams[CLIENT];
		const struct stream *server = &connection->streams[SERVER];
		if (!is_own(connection))
			continue;
		buffer_printf(out,
			"  %s to %s: %" PRIu64 " bytes from CLIENT, %" PRIu64 " from SERVER%s\n",
			address_text(&client->address, from), address_text(&server->address, to),
			client->length, server->length, connection->has_reset ? ", reset" : "");
	}
}

/* Returns how many connections there were. */
static size_t report_ladders(struct buffer *out, const struct connections *connections)
{
	size_t count = 0;

	for (size_t i = 0; i < connections->count; i++)
		if (is_own(connections->list[i]) && count++ < LADDERS_SHOWN)
			ladder_connection(out, connections->list[i], LADDER_SHOWN);
	if (count > LADDERS_SHOWN)
		buffer_printf(out, "  and %zu more connections\n", count - LADDERS_SHOWN);
	return count;
}

/* The case's part of the datagrams and errors, in lists that are the caller's to free. */
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

/* Returns how many packets there were that are neither TCP, UDP nor an ICMP error. */
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
