/* The text of one case's report: what programs printed, what crossed the wire. */
#include "report.h"

#include "ladder.h"
#include "text.h"

#include <inttypes.h>

/* Bytes of an output, and lines of a ladder, that help a reader; the capture has the rest. */
#define OUTPUT_SHOWN  800
#define LADDER_SHOWN  24
#define LADDERS_SHOWN 6

void report_programs(struct buffer *out, struct program *const programs[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct program *program = programs[i];
		buffer_printf(out, "  %s: ", buffer_text(&program->command));
		program_describe_end(program, out);
		buffer_append(out, "\n", 1);
		for (enum output output = STANDARD_OUTPUT; output <= STANDARD_ERROR; output++) {
			const struct buffer *text = &program->outlets[output].text;
			if (text->length == 0)
				continue;
			buffer_printf(out, "    %-15s ", output_name(output));
			text_quote(out, buffer_bytes(text), OUTPUT_SHOWN);
			buffer_append(out, "\n", 1);
		}
	}
}

void report_connections(struct buffer *out, const struct wire *wire)
{
	char from[ADDRESS_TEXT], to[ADDRESS_TEXT];

	for (size_t i = 0; i < wire->connections.count; i++) {
		const struct connection *connection = wire->connections.list[i];
		const struct stream *client = &connection->streams[CLIENT];
		const struct stream *server = &connection->streams[SERVER];
		buffer_printf(out,
			"  %s to %s: %" PRIu64 " bytes from CLIENT, %" PRIu64 " from SERVER%s\n",
			address_text(&client->address, from), address_text(&server->address, to),
			client->length, server->length,
			connection->has_reset ? ", reset" : "");
	}
}

void report_wire(struct buffer *out, const struct wire *wire, uint16_t port)
{
	const struct connections *connections = &wire->connections;
	const struct datagrams *datagrams = &wire->datagrams;

	for (size_t i = 0; i < connections->count && i < LADDERS_SHOWN; i++)
		ladder_connection(out, connections->list[i], LADDER_SHOWN);
	if (connections->count > LADDERS_SHOWN)
		buffer_printf(out, "  and %zu more connections\n",
			connections->count - LADDERS_SHOWN);
	if (datagrams->count > 0 || datagrams->error_count > 0)
		ladder_datagrams(out, datagrams, port, LADDER_SHOWN);
	if (wire->stray_count > 0)
		buffer_printf(out, "  and %zu other packets\n", wire->stray_count);
	if (connections->count + datagrams->count + datagrams->error_count + wire->stray_count == 0)
		buffer_printf(out, "  no packet\n");
}
