/* All that a capture has, decoded: connections, datagrams, ICMP errors and strays. Pure. */
#include "wire/wire.h"

#include "base/array.h"
#include "wire/decode.h"

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <stdlib.h>

/* A type of ICMPv6 (RFC 3810 5.2.14). The C library has no name for it. */
#define MLD2_REPORT 143

/*
 * Kernels send these when they like, and programs do not: IGMP (RFC 3376), and in ICMPv6 the
 * messages about groups (RFC 2710, RFC 3810) and of neighbour discovery (RFC 4861).
 */
static bool is_kernels(const struct packet *packet)
{
	if (packet->kind == PACKET_OTHER)
		return packet->protocol == IPPROTO_IGMP;
	if (packet->kind != PACKET_ICMP || packet->protocol != IPPROTO_ICMPV6)
		return false;
	uint8_t type = packet->icmp.type;
	return (type >= MLD_LISTENER_QUERY && type <= MLD_LISTENER_REDUCTION) ||
	       (type >= ND_ROUTER_SOLICIT && type <= ND_REDIRECT) || type == MLD2_REPORT;
}

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
		.is_kernels = is_kernels(packet),
	};
	return true;
}

/* Adds a packet where it belongs. A packet that a fragment completed comes here again. */
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
	case PACKET_UDPLITE:
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

size_t wire_kernels(const struct wire *wire)
{
	size_t count = 0;

	for (size_t i = 0; i < wire->stray_count; i++)
		count += wire->strays[i].is_kernels;
	return count;
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
