/* Why a side sent a RST: by what was on the wire before, and by the kernel's counters. Pure. */
#include "wire/reset_cause.h"

#include <inttypes.h>
#include <stdbool.h>

/* A list of possible causes. From the second on, each comes after an "or". */
struct causes {
	struct buffer *out;
	size_t count;
};

static void cause(struct causes *causes, const char *text)
{
	buffer_printf(causes->out, "%s%s", causes->count++ > 0 ? ", or " : "", text);
}

/* Adds a cause if a counter of TcpExt has grown. */
static void counted_cause(
	struct causes *causes, int64_t count, const char *text, const char *counter)
{
	if (count <= 0)
		return;
	cause(causes, text);
	buffer_printf(causes->out, "TcpExt %s grew by %" PRId64 ")", counter, count);
}

/* The segment with the RST. Never NULL when the connection has one. */
static const struct segment *reset_segment(const struct connection *connection)
{
	const struct segment *segment = connection->segments;
	const struct segment *end = segment + connection->segment_count;

	while (segment < end && segment->packet != connection->reset_packet)
		segment++;
	return segment < end ? segment : NULL;
}

/* Whether a side sent its FIN before this segment, and whether data from its peer came after it. */
static bool had_closed(const struct connection *connection, enum side side,
	const struct segment *before, bool *data_later)
{
	bool closed = false;

	*data_later = false;
	for (const struct segment *segment = connection->segments; segment < before; segment++) {
		if (segment->from == side)
			closed = closed || (segment->flags & TCP_FIN) != 0;
		else if (segment->length > 0 && !segment->repeated)
			*data_later = closed;
	}
	return closed;
}

/*
 * When no socket takes a segment, Linux answers it with a RST without ACK. When Linux itself ends a
 * connection, its RST has an ACK (RFC 9293 3.10.7.1, 3.10.4).
 */
static void explain_answer(struct causes *causes, const struct connection *connection,
	const struct segment *reset, const struct reset_counts *counts)
{
	bool data_later,
		closed = had_closed(connection, connection->reset_from, reset, &data_later);

	if (closed && data_later)
		cause(causes, "data came after it had closed (RFC 1122 4.2.2.13)");
	else if (closed)
		cause(causes, "it had closed, and its kernel had no such connection any more");
	else if (connection->reset_from == SERVER && counts->listen_overflows > 0)
		counted_cause(causes, counts->listen_overflows,
			"its queue of connections to accept was full "
			"(net.ipv4.tcp_abort_on_overflow; ",
			"ListenOverflows");
	else
		cause(causes, "its kernel had no such connection");
}

/* When a listener is closed, the connections that were not accepted end. */
static void explain_uncounted(struct causes *causes, const struct connection *connection)
{
	const struct stream *own = &connection->streams[connection->reset_from];

	if (connection->reset_from == SERVER && own->length == 0)
		cause(causes,
			"its listening socket was closed before it had accepted the connection");
	cause(causes, "it was disconnected by connect(2) with AF_UNSPEC");
}

static void explain_abort(struct causes *causes, const struct connection *connection,
	const struct reset_counts *counts)
{
	const struct stream *peer = &connection->streams[side_peer(connection->reset_from)];

	if (peer->length > 0)
		counted_cause(causes, counts->on_close,
			"it closed with bytes unread (RFC 2525 2.17; ", "TCPAbortOnClose");
	counted_cause(causes, counts->on_data, "it closed with SO_LINGER 0 (socket(7); ",
		"TCPAbortOnData");
	counted_cause(causes, counts->on_linger, "it closed with TCP_LINGER2 below 0 (tcp(7); ",
		"TCPAbortOnLinger");
	counted_cause(causes, counts->on_memory, "its kernel lacked memory for it (tcp(7); ",
		"TCPAbortOnMemory");
	counted_cause(causes, counts->on_timeout, "its peer did not answer for too long (tcp(7); ",
		"TCPAbortOnTimeout");
	if (causes->count == 0)
		explain_uncounted(causes, connection);
}

void reset_explain(
	struct buffer *out, const struct connection *connection, const struct reset_counts *counts)
{
	const struct segment *reset = reset_segment(connection);
	struct causes causes = {.out = out};

	if (connection->opening == OPENING_REFUSED)
		cause(&causes, "nobody listened (RFC 9293 3.10.7.1)");
	else if (reset != NULL && (reset->flags & TCP_ACK) == 0)
		explain_answer(&causes, connection, reset, counts);
	else
		explain_abort(&causes, connection, counts);
}
