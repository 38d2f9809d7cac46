/* All datagrams and ICMP errors of a capture; IP fragments are put together. Pure. */
#include "wire/datagram.h"

#include "base/array.h"
#include "wire/decode.h"

#include <netinet/in.h>
#include <stdlib.h>

/* Adds a datagram: `packet`. If it was put together from fragments, `whole` has them. */
static bool datagram_add(struct datagrams *datagrams, const struct packet *packet,
	const struct whole *whole, uint32_t index, int64_t time)
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
		.protocol = packet->protocol,
		.coverage = packet->kind == PACKET_UDPLITE ? packet->udplite.coverage : 0,
		.from = packet->from,
		.to = packet->to,
		.payload = packet->payload,
		.packets = whole != NULL ? whole->packets : &datagram->packet,
		.offsets = whole != NULL ? whole->offsets : NULL,
		.packet_count = whole != NULL ? whole->packet_count : 1,
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

/* Adds a fragment. Returns the datagram that it completes, which the table owns, or NULL. */
static struct whole *fragment_add(struct datagrams *datagrams, const struct packet *fragment,
	uint32_t index, int64_t time, bool *taken)
{
	struct whole *whole;

	*taken = fragment_table_add(&datagrams->fragments, fragment, index, time, &whole);
	if (whole != NULL) {
		whole->next = datagrams->wholes;
		datagrams->wholes = whole;
	}
	return whole;
}

bool datagrams_add(struct datagrams *datagrams, const struct packet *packet, uint32_t index,
	int64_t time, struct packet *completed, bool *has_completed)
{
	struct whole *whole = NULL;
	bool taken = false;

	*has_completed = false;
	if (packet->kind == PACKET_FRAGMENT) {
		whole = fragment_add(datagrams, packet, index, time, &taken);
		if (whole != NULL)
			packet = &whole->packet;
	}
	if (packet->kind == PACKET_UDP || packet->kind == PACKET_UDPLITE) {
		taken = datagram_add(datagrams, packet, whole, index, time);
	} else if (packet_is_icmp_error(packet)) {
		taken = icmp_error_add(datagrams, packet, index, time);
	} else if (whole != NULL) {
		*completed = whole->packet;
		*has_completed = true;
	}
	if (!taken)
		datagrams->beyond++;
	return taken;
}

void datagrams_free(struct datagrams *datagrams)
{
	for (size_t i = 0; i < datagrams->count; i++)
		free(datagrams->list[i]);
	for (size_t i = 0; i < datagrams->error_count; i++)
		free(datagrams->errors[i]);
	free(datagrams->list);
	free(datagrams->errors);
	fragment_table_free(&datagrams->fragments);
	for (struct whole *whole = datagrams->wholes, *next; whole != NULL; whole = next) {
		next = whole->next;
		whole_free(whole);
	}
	*datagrams = (struct datagrams){0};
}

bool datagram_has_port(const struct datagram *datagram, uint16_t port)
{
	return datagram->from.port == port || datagram->to.port == port;
}

const char *datagram_name(uint8_t protocol)
{
	return protocol == IPPROTO_UDPLITE ? "UDP-Lite datagram" : "datagram";
}

/* Whether the datagram goes from the one to the other, perhaps by multicast or broadcast. */
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
		if (each->protocol != datagram->protocol)
			continue;
		if (datagram_goes(each, from, to))
			return CLIENT;
		if (datagram_goes(each, to, from))
			return SERVER;
	}
	return CLIENT;
}
