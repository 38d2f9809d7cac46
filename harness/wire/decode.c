/* Decodes one frame: its headers and its payload. Pure: no files, no printing, no globals. */
#include "wire/decode.h"

#include "wire/byte_reader.h"
#include "wire/checksum.h"
#include "wire/ethernet.h"
#include "wire/ip.h"
#include "wire/transport.h"

#include <netinet/in.h>

/*
 * A packet is PACKET_BAD until its last header was read. Each decoding function below returns the
 * problem or NULL. If the problem is no fault of the packet, the packet is PACKET_OTHER.
 */

/* Each fragment except the last carries a multiple of 8 bytes (RFC 791 3.2, RFC 8200 4.5). */
static const char *fragment_decode(struct packet *packet, struct bytes data)
{
	if (data.length == 0)
		return "IP fragment: empty";
	if (packet->fragment.more && data.length % 8 != 0)
		return "IP fragment: not a multiple of 8 bytes, and more follow";
	if (packet->fragment.offset + data.length > IP_LENGTH_MAXIMUM)
		return "IP fragment: goes beyond 65535 bytes";
	packet->kind = PACKET_FRAGMENT;
	packet->payload = data;
	return NULL;
}

static const char *ip_decode(struct packet *packet, struct bytes data, uint16_t ethertype)
{
	const char *problem = NULL;

	if (ethertype == ETHERTYPE_IPV4) {
		problem = ipv4_header(packet, &data, false);
	} else if (ethertype == ETHERTYPE_IPV6) {
		problem = ipv6_header(packet, &data, false);
		if (problem == NULL)
			problem = ipv6_extensions(packet, &data, 0);
	} else {
		packet->kind = PACKET_OTHER;
		problem = "Ethernet header: neither IPv4 nor IPv6";
	}
	if (problem != NULL)
		return problem;
	return packet_is_fragment(packet) ? fragment_decode(packet, data)
					  : transport_decode(packet, data);
}

static const char *frame_decode(struct packet *packet, struct bytes frame, size_t wire_length)
{
	uint16_t ethertype;

	if (frame.length < wire_length)
		return "frame: cut short by the capture";
	const char *problem = ethernet_headers(packet, &frame, &ethertype);
	return problem != NULL ? problem : ip_decode(packet, frame, ethertype);
}

void packet_decode(struct packet *packet, struct bytes frame, size_t wire_length)
{
	*packet = (struct packet){.kind = PACKET_BAD};
	packet->problem = frame_decode(packet, frame, wire_length);
}

static const char *whole_decode(struct packet *packet, struct bytes whole)
{
	/* There are no hop-by-hop options: these are before the fragment header. */
	const char *problem = packet->from.version == 6 ? ipv6_extensions(packet, &whole, 1) : NULL;

	if (problem != NULL)
		return problem;
	if (packet_is_fragment(packet)) {
		packet->kind = PACKET_OTHER;
		return "IPv6 fragment header: a fragment inside a fragment";
	}
	return transport_decode(packet, whole);
}

void packet_decode_whole(struct packet *packet, const struct packet *first, struct bytes whole)
{
	*packet = (struct packet){
		.kind = PACKET_BAD,
		.from = first->from,
		.to = first->to,
		.protocol = first->protocol,
		.hop_limit = first->hop_limit,
		.dont_fragment = first->dont_fragment,
	};
	packet->problem = whole_decode(packet, whole);
}

bool packet_is_intact(const struct packet *packet, const struct packet *first, struct bytes whole)
{
	struct packet upper = *first;

	if (packet->kind == PACKET_BAD)
		return false;
	if (upper.from.version == 6 && ipv6_extensions(&upper, &whole, 1) != NULL)
		return true;
	return !checksum_is_wrong(&upper, whole);
}

/* The ports are first in all three headers (RFC 9293 3.1, RFC 768, RFC 3828 3.1). */
static const char *quoted_ports(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};
	uint16_t from = reader_u16(&reader);
	uint16_t to = reader_u16(&reader);

	if (reader.failed || packet->fragment.offset > 0)
		return "quoted: does not reach to the ports";
	switch (packet->protocol) {
	case IPPROTO_TCP:
		packet->kind = PACKET_TCP;
		break;
	case IPPROTO_UDP:
	case IPPROTO_UDPLITE:
		packet->kind = packet->protocol == IPPROTO_UDP ? PACKET_UDP : PACKET_UDPLITE;
		packet->payload = bytes_part(data, 8, data.length);
		break;
	default:
		return "quoted: neither TCP, UDP nor UDP-Lite";
	}
	packet->from.port = from;
	packet->to.port = to;
	return NULL;
}

bool packet_decode_quoted(struct packet *packet, struct bytes quoted)
{
	bool version_6 = quoted.length > 0 && quoted.data[0] >> 4 == 6;

	*packet = (struct packet){.kind = PACKET_BAD};
	packet->problem =
		version_6 ? ipv6_header(packet, &quoted, true) : ipv4_header(packet, &quoted, true);
	if (packet->problem != NULL)
		return false;
	if (version_6)
		packet->problem = ipv6_extensions(packet, &quoted, 0);
	packet->payload = quoted;
	if (packet->problem == NULL)
		packet->problem = quoted_ports(packet, quoted);
	if (packet->problem != NULL)
		packet->kind = PACKET_OTHER;
	return true;
}
