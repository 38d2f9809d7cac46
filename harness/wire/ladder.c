/* What crossed the wire as a sequence ladder in plain text, for a terminal or a log. */
#include "wire/ladder.h"

#include "base/text.h"
#include "wire/icmp.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* Columns between the rails; a longer label makes its own line wider. */
#define SEGMENT_SHAFT  48
#define DATAGRAM_SHAFT 20

/* Columns an address may take; the middle of a longer one is left out. */
#define ENDPOINT_COLUMNS 24

/* Bytes of a payload to look at: more than an excerpt can show. */
#define PAYLOAD_BYTES LADDER_COLUMNS

/* One line at a time; the buffer's maximum keeps it within the columns. */
struct ladder {
	struct buffer *out;
	struct buffer line;
	int64_t start;     /* time of the first line */
	size_t head, tail; /* how many lines are drawn at the beginning and at the end */
};

/* Splits `count` lines and a heading into those that fit into `maximum`. */
static void ladder_begin(struct ladder *ladder, struct buffer *out, size_t count, size_t maximum)
{
	size_t room = (maximum > LADDER_LINES ? maximum : LADDER_LINES) - 1;

	*ladder = (struct ladder){.out = out, .head = count};
	buffer_init(&ladder->line, LADDER_COLUMNS);
	if (count > room) {
		ladder->tail = (room - 1) / 2;
		ladder->head = room - 1 - ladder->tail;
	}
}

/* Ends the line, without the padding of a last column that stayed empty. */
static void ladder_end_line(struct ladder *ladder)
{
	struct bytes line = buffer_bytes(&ladder->line);

	while (line.length > 0 && line.data[line.length - 1] == ' ')
		line.length--;
	buffer_append(ladder->out, line.data, line.length);
	buffer_append(ladder->out, "\n", 1);
	buffer_clear(&ladder->line);
}

static void ladder_end(struct ladder *ladder)
{
	buffer_free(&ladder->line);
}

/* Whether line `index` of `count` is drawn; in place of the first that is not, says how many. */
static bool ladder_draws(struct ladder *ladder, size_t index, size_t count, const char *what)
{
	if (index == ladder->head) {
		buffer_printf(&ladder->line, "%12s... %zu %s left out ...", "",
			count - ladder->head - ladder->tail, what);
		ladder_end_line(ladder);
	}
	return index < ladder->head || index >= count - ladder->tail;
}

/* Begins a line with its time, which may run backwards and may be anything. */
static void ladder_time(struct ladder *ladder, int64_t time)
{
	int64_t since = (int64_t)((uint64_t)time - (uint64_t)ladder->start);

	buffer_printf(&ladder->line, "%10.3f  ", (double)since / 1e6);
}

static void ladder_arrow(struct ladder *ladder, bool rightward, const char *label, size_t shaft)
{
	size_t taken = strlen("---  ") + strlen(label);

	buffer_printf(&ladder->line, "|%s %s ", rightward ? "---" : "<--", label);
	for (; taken < shaft - 3; taken++)
		buffer_append(&ladder->line, "-", 1);
	buffer_printf(&ladder->line, "--%c|", rightward ? '>' : '-');
}

static void ladder_payload(struct ladder *ladder, struct bytes payload)
{
	if (payload.length == 0)
		return;
	buffer_printf(&ladder->line, "  ");
	text_excerpt(&ladder->line, payload, LADDER_COLUMNS - ladder->line.length);
}

/* Writes an address of at most ENDPOINT_COLUMNS columns: a longer one keeps both its ends. */
static const char *ladder_endpoint(const struct address *address, char text[ADDRESS_TEXT])
{
	size_t length = strlen(address_text(address, text));
	const size_t tail = ENDPOINT_COLUMNS / 2, head = ENDPOINT_COLUMNS - tail - 2;

	if (length > ENDPOINT_COLUMNS) {
		memcpy(text + head, "..", 2);
		memmove(text + head + 2, text + length - tail, tail + 1);
	}
	return text;
}

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

/* Copies the beginning of the segment's payload out of its stream. */
static struct bytes segment_payload(const struct stream *stream, const struct segment *segment,
	unsigned char copy[PAYLOAD_BYTES])
{
	uint64_t first = segment->sequence + ((segment->flags & TCP_SYN) != 0);
	size_t length = segment->length < PAYLOAD_BYTES ? segment->length : PAYLOAD_BYTES;

	if (first == 0 || segment->probe != PROBE_NONE)
		return (struct bytes){0}; /* its bytes are no part of the stream */
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

/* SERVER's address ends above SERVER's rail. */
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

/* A datagram or an error, whichever is not NULL, with the two sides that it is drawn between. */
struct event {
	const struct datagram *datagram;
	const struct icmp_error *error;
	const struct address *sender, *receiver;
	int64_t time;
	bool rightward;
};

/* Where in the capture the datagram was complete. */
static uint32_t datagram_packet(const struct datagram *datagram)
{
	uint32_t last = 0;

	for (size_t i = 0; i < datagram->packet_count; i++)
		if (datagram->packets[i] > last)
			last = datagram->packets[i];
	return last;
}

static bool ladder_is_server(
	const struct address *address, const struct address *peer, uint16_t port)
{
	if ((address->port == port) != (peer->port == port))
		return address->port == port;
	if (address->port != peer->port)
		return address->port < peer->port;
	return memcmp(address->ip, peer->ip, sizeof address->ip) < 0;
}

static struct event event_of_datagram(const struct datagram *datagram)
{
	return (struct event){
		.datagram = datagram,
		.sender = &datagram->from,
		.receiver = &datagram->to,
		.time = datagram->time,
	};
}

/* An error goes to who sent the packet that it quotes. */
static struct event event_of_error(const struct icmp_error *error)
{
	return (struct event){
		.error = error,
		.sender = error->quotes_packet ? &error->target : &error->from,
		.receiver = error->quotes_packet ? &error->sender : &error->to,
		.time = error->time,
	};
}

/* Takes the next of both lists, in the order of the capture; there is one. */
static struct event event_next(
	const struct datagrams *datagrams, size_t *datagram, size_t *error, uint16_t port)
{
	bool has_datagram = *datagram < datagrams->count;
	bool has_error = *error < datagrams->error_count;

	if (has_datagram && has_error)
		has_datagram = datagram_packet(datagrams->list[*datagram]) <=
			       datagrams->errors[*error]->packet;

	struct event event = has_datagram ? event_of_datagram(datagrams->list[(*datagram)++])
					  : event_of_error(datagrams->errors[(*error)++]);
	if (event.datagram != NULL && event.sender->port == event.receiver->port)
		event.rightward =
			datagram_sender(datagrams, event.datagram, event.sender->port) == CLIENT;
	else
		event.rightward = !ladder_is_server(event.sender, event.receiver, port);
	return event;
}

static const struct address *event_side(const struct event *event, enum side side)
{
	return event->rightward == (side == CLIENT) ? event->sender : event->receiver;
}

/* What it means, and what of it the drawing does not show. */
static void ladder_error_notes(struct ladder *ladder, const struct icmp_error *error)
{
	char by[ADDRESS_TEXT];

	buffer_printf(
		&ladder->line, "  %s", icmp_meaning(error->from.version, error->type, error->code));
	if (!error->quotes_packet) {
		buffer_printf(&ladder->line, ", nothing quoted");
		return;
	}
	if (error->protocol == IPPROTO_TCP)
		buffer_printf(&ladder->line, ", TCP");
	else if (error->protocol == IPPROTO_UDPLITE)
		buffer_printf(&ladder->line, ", UDP-Lite");
	else if (error->protocol != IPPROTO_UDP)
		buffer_printf(&ladder->line, ", protocol %u", error->protocol);
	if (memcmp(error->from.ip, error->target.ip, sizeof error->from.ip) == 0)
		return;
	address_text(&error->from, by);
	buffer_printf(&ladder->line, ", by %.*s", (int)(strrchr(by, ':') - by), by); /* no port */
}

static void ladder_fate(struct ladder *ladder, const struct datagram *datagram)
{
	switch (datagram->fate) {
	case FATE_ARRIVES:
		break;
	case FATE_LATE:
		buffer_printf(&ladder->line, "  [late %u ms]", datagram->late);
		break;
	case FATE_OVERTAKEN:
		buffer_printf(&ladder->line, "  [overtaken]");
		break;
	case FATE_LOST:
		buffer_printf(&ladder->line, "  [lost]");
		break;
	}
}

static void ladder_event(struct ladder *ladder, const struct event *event, const int columns[2])
{
	char left[ADDRESS_TEXT], right[ADDRESS_TEXT], label[32];

	if (event->error != NULL)
		snprintf(label, sizeof label, "ICMP%s %u/%u",
			event->error->from.version == 6 ? "v6" : "", event->error->type,
			event->error->code);
	else
		snprintf(label, sizeof label, "len %zu", event->datagram->payload.length);
	ladder_time(ladder, event->time);
	buffer_printf(&ladder->line, "%-*s ", columns[CLIENT],
		ladder_endpoint(event_side(event, CLIENT), left));
	ladder_arrow(ladder, event->rightward, label, DATAGRAM_SHAFT);
	buffer_printf(&ladder->line, " %-*s", columns[SERVER],
		ladder_endpoint(event_side(event, SERVER), right));

	if (event->error != NULL) {
		ladder_error_notes(ladder, event->error);
	} else {
		ladder_fate(ladder, event->datagram);
		if (event->datagram->packet_count > 1)
			buffer_printf(
				&ladder->line, "  [%zu fragments]", event->datagram->packet_count);
		if (event->datagram->protocol == IPPROTO_UDPLITE)
			buffer_printf(&ladder->line, "  [UDP-Lite, covers %" PRIu32 "]",
				event->datagram->coverage);
		ladder_payload(ladder, event->datagram->payload);
	}
	ladder_end_line(ladder);
}

/* Finds the time of the first event and the widest address on either side. */
static void events_measure(
	const struct datagrams *datagrams, uint16_t port, int64_t *start, int columns[2])
{
	size_t datagram = 0, error = 0, total = datagrams->count + datagrams->error_count;
	char text[ADDRESS_TEXT];

	for (size_t i = 0; i < total; i++) {
		struct event event = event_next(datagrams, &datagram, &error, port);
		if (i == 0)
			*start = event.time;
		for (enum side side = CLIENT; side <= SERVER; side++) {
			const struct address *address = event_side(&event, side);
			int length = (int)strlen(ladder_endpoint(address, text));
			columns[side] = length > columns[side] ? length : columns[side];
		}
	}
}

void ladder_datagrams(
	struct buffer *out, const struct datagrams *datagrams, uint16_t port, size_t maximum)
{
	size_t datagram = 0, error = 0, total = datagrams->count + datagrams->error_count;
	int columns[2] = {(int)strlen("CLIENT"), 0};
	struct ladder ladder;

	ladder_begin(&ladder, out, total, maximum);
	events_measure(datagrams, port, &ladder.start, columns);
	buffer_printf(&ladder.line, "%10s  %-*sSERVER", "ms", columns[CLIENT] + DATAGRAM_SHAFT + 4,
		"CLIENT");
	ladder_end_line(&ladder);
	for (size_t i = 0; i < total; i++) {
		struct event event = event_next(datagrams, &datagram, &error, port);
		const char *what =
			datagrams->error_count > 0 ? "datagrams and ICMP errors" : "datagrams";
		if (ladder_draws(&ladder, i, total, what))
			ladder_event(&ladder, &event, columns);
	}
	ladder_end(&ladder);
}
