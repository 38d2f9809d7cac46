/* Verbs that find connections on the wire. */
#include "verbs/connections.h"

#include "worker/context.h"
#include "worker/report.h"
#include "worker/settle.h"

static size_t count_on_port(uint16_t port)
{
	const struct connections *all = &context.wire.connections;
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		count += connection_has_port(all->list[i], port);
	return count;
}

/* Connections to come. */
struct awaited_connections {
	uint16_t port;
	size_t total;
};

static enum outlook look_for_connections(void *argument)
{
	const struct awaited_connections *awaited = argument;
	size_t count = count_on_port(awaited->port);

	return count == awaited->total ? AS_EXPECTED : count < awaited->total ? NOT_YET : NEVER;
}

/* The case ends over what is on this port: each connection there, by its first packet. */
static void note_connections_next(uint16_t port)
{
	const struct connections *all = &context.wire.connections;

	for (size_t i = 0; i < all->count; i++)
		if (connection_has_port(all->list[i], port))
			context_note_next(all->list[i]->segments[0].packet);
}

struct connection *case_connection_of(
	const struct place *place, uint16_t port, size_t number, size_t total)
{
	const struct connections *all = &context.wire.connections;
	struct awaited_connections awaited = {port, total};
	struct buffer seen;

	context_at(place);
	context_port(port);
	settle_until(look_for_connections, &awaited);
	size_t count = count_on_port(port);
	if (count != total || number == 0 || number > total) {
		buffer_init(&seen, 8192);
		report_connections(&seen, &context.wire, port);
		note_connections_next(port);
		case_over(FAIL, "expected %zu connection%s on port %u, found %zu%s%s", total,
			total == 1 ? "" : "s", port, count, count > 0 ? "\n" : "",
			count > 0 ? buffer_text(&seen) : "");
	}
	size_t i = 0;
	for (;; i++)
		if (connection_has_port(all->list[i], port) && --number == 0)
			return all->list[i];
}

struct connection *case_only_connection(const struct place *place, uint16_t port)
{
	return case_connection_of(place, port, 1, 1);
}

void case_expect_no_connection(const struct place *place, uint16_t port)
{
	const struct connections *all = &context.wire.connections;
	struct buffer seen;

	context_at(place);
	context_port(port);
	must_settle();
	size_t count = count_on_port(port);
	buffer_init(&seen, 4096);
	buffer_printf(&seen, "expected no connection on port %u, found %zu\n", port, count);
	report_connections(&seen, &context.wire, 0);
	expect_text(count == 0, buffer_text(&seen));
	for (size_t i = 0; i < all->count; i++)
		if (connection_has_port(all->list[i], port))
			context_note(all->list[i]->segments[0].packet, false);
	buffer_free(&seen);
}

uint16_t case_port_of(const struct connection *connection, enum side side)
{
	return connection->streams[side == CLIENT ? CLIENT : SERVER].address.port;
}
