/* UDP and ICMP packets in, datagrams and errors out; IP fragments put together. Pure. */
#include "datagram.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

/* Adds a UDP datagram: all of `packet`, or what `parts` put together. */
static bool datagram_add(struct datagrams *datagrams, const struct packet *packet,
	const struct reassembly *parts, uint32_t index, int64_t time)
{
	if (datagrams->count >= DATAGRAMS_MAXIMUM)
		return false;
	struct datagram **list =
		array_grow(datagrams->list, &datagrams->capacity, datagrams->count, sizeof *list);
	if (list == NULL)
		return false;
	datagrams->list = list;
	struct datagram *datagram = malloc(sizeof *datagram);
	if (datagram == NULL)
		return false;

	*datagram = (struct datagram){
		.from = packet->from,
		.to = packet->to,
		.payload = packet->payload,
		.packets = parts != NULL ? parts->packets : &datagram->packet,
		.offsets = parts != NULL ? parts->offsets : NULL,
		.packet_count = parts != NULL ? parts->packet_count : 1,
		.packet = index,
		.time = time,
	};
	list[datagrams->count++] = datagram;
	return true;
}

static struct icmp_error icmp_error_of(const struct packet *packet, uint32_t index, int64_t time)
{
	struct icmp_error error = {
		.from = packet->from,
		.to = packet->to,
		.type = packet->icmp.type,
		.code = packet->icmp.code,
		.rest = packet->icmp.rest,
		.packet = index,
		.time = time,
	};
	struct packet quoted;

	error.quotes_packet = packet_decode_quoted(&quoted, packet->icmp.quoted);
	if (error.quotes_packet) {
		error.protocol = quoted.protocol;
		error.sender = quoted.from;
		error.target = quoted.to;
		error.quoted = quoted.payload;
	}
	return error;
}

static bool icmp_error_add(
	struct datagrams *datagrams, const struct packet *packet, uint32_t index, int64_t time)
{
	if (datagrams->error_count >= DATAGRAMS_MAXIMUM)
		return false;
	struct icmp_error **errors = array_grow(datagrams->errors, &datagrams->error_capacity,
		datagrams->error_count, sizeof *errors);
	if (errors == NULL)
		return false;
	datagrams->errors = errors;
	struct icmp_error *error = malloc(sizeof *error);
	if (error == NULL)
		return false;
	*error = icmp_error_of(packet, index, time);
	errors[datagrams->error_count++] = error;
	return true;
}

/* The link to the reassembly that a fragment belongs to, a new one if need be; NULL for none. */
static struct reassembly **reassembly_find(
	struct datagrams *datagrams, const struct packet *fragment)
{
	struct reassembly **link = &datagrams->incomplete;

	while (*link != NULL && !reassembly_takes(*link, fragment))
		link = &(*link)->next;
	if (*link != NULL)
		return link;

	struct reassembly *made = NULL;
	if (datagrams->incomplete_count < REASSEMBLIES_MAXIMUM)
		made = reassembly_new();
	if (made == NULL)
		return NULL;
	made->next = datagrams->incomplete;
	datagrams->incomplete = made;
	datagrams->incomplete_count++;
	return &datagrams->incomplete;
}

static void reassembly_complete(struct datagrams *datagrams, struct reassembly **link)
{
	struct reassembly *whole = *link;

	*link = whole->next;
	datagrams->incomplete_count--;
	whole->next = datagrams->complete;
	datagrams->complete = whole;
}

/* Adds a fragment. `*whole` is set to what it completes, and left alone when that is nothing. */
static bool fragment_add(struct datagrams *datagrams, const struct packet *fragment, uint32_t index,
	struct reassembly **whole)
{
	struct reassembly **link = reassembly_find(datagrams, fragment);

	if (link == NULL)
		return false;
	switch (reassembly_add(*link, fragment, index)) {
	case REASSEMBLY_WAITS:
		break;
	case REASSEMBLY_WHOLE:
		*whole = *link;
		reassembly_complete(datagrams, link);
		break;
	case REASSEMBLY_CONTRADICTS:
		datagrams->overlapping_fragments++;
		break;
	case REASSEMBLY_NO_MEMORY:
		return false;
	}
	return true;
}

bool datagrams_add(struct datagrams *datagrams, const struct packet *packet, uint32_t index,
	int64_t time, struct packet *completed, bool *has_completed)
{
	struct reassembly *parts = NULL;
	bool taken = false;

	*has_completed = false;
	if (packet->kind == PACKET_FRAGMENT) {
		taken = fragment_add(datagrams, packet, index, &parts);
		if (parts != NULL) {
			reassembly_decode(parts, completed);
			packet = completed;
		}
	}
	if (packet->kind == PACKET_UDP)
		taken = datagram_add(datagrams, packet, parts, index, time);
	else if (packet_is_icmp_error(packet))
		taken = icmp_error_add(datagrams, packet, index, time);
	else if (parts != NULL)
		*has_completed = true;
	if (!taken)
		datagrams->beyond++;
	return taken;
}

static void reassemblies_free(struct reassembly *list)
{
	while (list != NULL) {
		struct reassembly *next = list->next;
		reassembly_free(list);
		list = next;
	}
}

void datagrams_free(struct datagrams *datagrams)
{
	for (size_t i = 0; i < datagrams->count; i++)
		free(datagrams->list[i]);
	for (size_t i = 0; i < datagrams->error_count; i++)
		free(datagrams->errors[i]);
	free(datagrams->list);
	free(datagrams->errors);
	reassemblies_free(datagrams->incomplete);
	reassemblies_free(datagrams->complete);
	*datagrams = (struct datagrams){0};
}

bool datagram_has_port(const struct datagram *datagram, uint16_t port)
{
	return datagram->from.port == port || datagram->to.port == port;
}

/* Whether what is sent there goes to many: a group, or all on the network. */
static bool address_is_shared(const struct address *address)
{
	static const uint8_t everybody[4] = {255, 255, 255, 255};
	static const uint8_t everybody_here[4] = {127, 255, 255, 255};

	if (address->version == 6)
		return address->ip[0] == 0xff;
	return (address->ip[0] & 0xf0) == 0xe0 || memcmp(address->ip, everybody, 4) == 0 ||
	       memcmp(address->ip, everybody_here, 4) == 0;
}

/* Whether the datagram, from one of the two, comes to the other. */
static bool datagram_goes(
	const struct datagram *datagram, const struct address *from, const struct address *to)
{
	return address_equal(&datagram->from, from) &&
	       (address_equal(&datagram->to, to) ||
		       (address_is_shared(&datagram->to) && datagram->to.port == to->port));
}

enum side datagram_sender(
	const struct datagrams *datagrams, const struct datagram *datagram, uint16_t port)
{
	const struct address *from = &datagram->from, *to = &datagram->to;

	if (to->port != port)
		return SERVER;
	for (size_t i = 0; from->port == port && i < datagrams->count; i++) {
		const struct datagram *each = datagrams->list[i];
		if (datagram_goes(each, from, to))
			return CLIENT;
		if (datagram_goes(each, to, from))
			return SERVER;
	}
	return CLIENT;
}
