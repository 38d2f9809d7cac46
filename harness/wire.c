/* Everything a capture holds, decoded: connections, datagrams, errors and what is neither. Pure. */
#include "wire.h"

#include "array.h"

#include <stdlib.h>

static bool stray_add(struct wire *wire, const struct packet *packet, uint32_t index)
{
	struct stray *strays = NULL;

	if (wire->stray_count < STRAYS_MAXIMUM)
		strays = array_grow(
			wire->strays, &wire->stray_capacity, wire->stray_count, sizeof *strays);
	if (strays == NULL) {
		wire->beyond++;
		return false;
	}
	wire->strays = strays;
	strays[wire->stray_count++] = (struct stray){
		.packet = index,
		.problem = packet->problem != NULL ? packet->problem : "ICMP: not an error",
		.from = packet->from,
		.to = packet->to,
		.protocol = packet->protocol,
		.bad = packet->kind == PACKET_BAD,
	};
	return true;
}

/* Hands a packet to what it belongs to. One that its last fragment completed comes here again. */
static bool wire_route(struct wire *wire, const struct packet *packet, uint32_t index, int64_t time)
{
	struct packet completed;
	bool has_completed, taken;

	switch (packet->kind) {
	case PACKET_TCP:
		return connections_add(&wire->connections, packet, index, time);
	case PACKET_ICMP:
		if (!packet_is_icmp_error(packet))
			return stray_add(wire, packet, index);
		/* fall through */
	case PACKET_UDP:
	case PACKET_FRAGMENT:
		taken = datagrams_add(
			&wire->datagrams, packet, index, time, &completed, &has_completed);
		return has_completed ? wire_route(wire, &completed, index, time) : taken;
	case PACKET_OTHER:
	case PACKET_BAD:
		break;
	}
	return stray_add(wire, packet, index);
}

bool wire_add(
	struct wire *wire, struct bytes frame, size_t wire_length, uint32_t index, int64_t time)
{
	struct packet packet;

	packet_decode(&packet, frame, wire_length);
	return wire_route(wire, &packet, index, time);
}

size_t wire_beyond(const struct wire *wire)
{
	return wire->connections.beyond + wire->datagrams.beyond + wire->beyond;
}

void wire_free(struct wire *wire)
{
	connections_free(&wire->connections);
	datagrams_free(&wire->datagrams);
	free(wire->strays);
	*wire = (struct wire){0};
}
