/* Datagrams and ICMP errors as a sequence ladder in plain text, for a terminal or a log. */
#include "wire/ladder_datagrams.h"

#include "wire/icmp.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* Columns between the rails. A longer label makes its line wider. */
#define DATAGRAM_SHAFT 20

/* A datagram or an error (the other one is NULL), and the two sides between which it is drawn. */
struct event {
	const struct datagram *datagram;
	const struct icmp_error *error;
	const struct address *sender, *receiver;
	int64_t time;
	bool rightward;
};

/* The place in the capture at which the datagram was complete. */
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

/* An error goes to the sender of the packet that it quotes. */
static struct event event_of_error(const struct icmp_error *error)
{
	return (struct event){
		.error = error,
		.sender = error->quotes_packet ? &error->target : &error->from,
		.receiver = error->quotes_packet ? &error->sender : &error->to,
		.time = error->time,
	};
}

/* Takes the next one from both lists, in the order of the capture. There is one. */
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

/* Appends what the error means, and what the drawing does not show. */
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

/* Finds the time of the first event, and the widest address on each side. */
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
