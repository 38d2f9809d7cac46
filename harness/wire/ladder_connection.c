/* A TCP connection as a sequence ladder in plain text, for a terminal or a log. */
#include "wire/ladder_connection.h"

#include "wire/ladder_lines.h"

#include <inttypes.h>
#include <string.h>

/* Columns between the rails. A longer label makes its line wider. */
#define SEGMENT_SHAFT 48

/* This many bytes of a payload are copied: more than an excerpt can show. */
#define PAYLOAD_BYTES LADDER_COLUMNS

static void ladder_flags(struct buffer *label, uint8_t flags)
{
	static const char names[][4] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
	const char *between = "";

	for (unsigned bit = 0; bit < 8; bit++) {
		if ((flags & 1u << bit) == 0)
			continue;
		buffer_printf(label, "%s%s", between, names[bit]);
		between = "+";
	}
	if (flags == 0)
		buffer_printf(label, "no flags");
}

static void segment_label(struct buffer *label, const struct segment *segment)
{
	ladder_flags(label, segment->flags);
	buffer_printf(label, " seq %" PRIu64, segment->sequence);
	if ((segment->flags & TCP_ACK) != 0)
		buffer_printf(label, " ack %" PRIu64, segment->acknowledgment);
	if (segment->length > 0)
		buffer_printf(label, " len %u", segment->length);
}

/* Copies the beginning of the segment's payload from its stream. */
static struct bytes segment_payload(const struct stream *stream, const struct segment *segment,
	unsigned char copy[PAYLOAD_BYTES])
{
	uint64_t first = segment->sequence + ((segment->flags & TCP_SYN) != 0);
	size_t length = segment->length < PAYLOAD_BYTES ? segment->length : PAYLOAD_BYTES;

	if (first == 0 || segment->probe != PROBE_NONE)
		return (struct bytes){0}; /* its bytes are no part of it */
	return (struct bytes){copy, stream_copy(stream, first - 1, copy, length)};
}

static void ladder_segment(
	struct ladder *ladder, const struct connection *connection, const struct segment *segment)
{
	const struct stream *stream = &connection->streams[segment->from];
	unsigned char copy[PAYLOAD_BYTES];
	struct buffer label;

	buffer_init(&label, LADDER_COLUMNS);
	segment_label(&label, segment);
	ladder_time(ladder, segment->time);
	ladder_arrow(ladder, segment->from == CLIENT, buffer_text(&label), SEGMENT_SHAFT);
	buffer_free(&label);

	if (segment->repeated)
		buffer_printf(&ladder->line, "  [repeated]");
	if (segment->probe != PROBE_NONE)
		buffer_printf(&ladder->line, "  [%s]",
			segment->probe == PROBE_KEEPALIVE ? "keepalive" : "window probe");
	if (segment->is_long)
		buffer_printf(&ladder->line, "  [over MSS]");
	if (segment->ignored)
		buffer_printf(&ladder->line, "  [ignored]");
	if (segment->window == 0 && (segment->flags & TCP_RST) == 0)
		buffer_printf(&ladder->line, "  [window 0]");
	if (stream->has_conflict && stream->conflict_packet == segment->packet)
		buffer_printf(&ladder->line, "  [bytes changed]");
	else
		ladder_payload(ladder, segment_payload(stream, segment, copy));
	ladder_end_line(ladder);
}

/* SERVER's address ends above the rail of SERVER. */
static void connection_heading(struct ladder *ladder, const struct connection *connection)
{
	const struct address *client = &connection->streams[CLIENT].address;
	const struct address *server = &connection->streams[SERVER].address;
	char left[ADDRESS_TEXT], right[ADDRESS_TEXT];
	int columns = SEGMENT_SHAFT + 2 - (int)strlen("CLIENT  SERVER ");

	ladder_endpoint(client, left);
	ladder_endpoint(connection->self_connected ? client : server, right);
	columns -= (int)(strlen(left) + strlen(right));
	buffer_printf(&ladder->line, "%10s  CLIENT %s %*sSERVER %s", "ms", left,
		columns > 0 ? columns : 0, "", right);
	ladder_end_line(ladder);
}

void ladder_connection(struct buffer *out, const struct connection *connection, size_t maximum)
{
	size_t count = connection->segment_count;
	struct ladder ladder;

	ladder_begin(&ladder, out, count, maximum);
	ladder.start = count > 0 ? connection->segments[0].time : 0;
	connection_heading(&ladder, connection);
	for (size_t i = 0; i < count; i++)
		if (ladder_draws(&ladder, i, count, "segments"))
			ladder_segment(&ladder, connection, &connection->segments[i]);
	ladder_end(&ladder);
}
