/* One frame in, its decoded headers and payload out. Pure: no files, no printing, no globals. */
#include "packet.h"

#include "reader.h"
#include "transport.h"

#include <netinet/in.h>
#include <string.h>

#define ETHERTYPE_IPV4 0x0800
#define ETHERTYPE_IPV6 0x86dd

/* Extension headers and the upper layer's; RFC 8200 4.1 recommends six and the upper layer's. */
#define HEADERS_MAXIMUM 8

/* The largest payload that a fragment may reach to (RFC 791 3.1, RFC 8200 4.5). */
#define IP_PAYLOAD_MAXIMUM 65535

/*
 * A packet is PACKET_BAD until its innermost header was read. Every function below that decodes
 * returns what the problem is, or NULL; one that is no fault of the packet makes it PACKET_OTHER.
 */

static struct address address_of(uint8_t version, struct bytes ip)
{
	struct address address = {.version = version};

	memcpy(address.ip, ip.data, ip.length);
	return address;
}

/*
 * Takes the payload's `length` out of `data`, which begins with a header of `header` bytes and may
 * end in Ethernet padding. A quote may hold less than its header says.
 */
static const char *ip_narrow(struct bytes *data, size_t header, size_t length, bool quoted)
{
	struct bytes payload = bytes_part(*data, header, length);

	if (payload.length < length && !quoted)
		return "IP header: length is more than the frame holds";
	*data = payload;
	return NULL;
}

/*
 * RFC 791 3.1:
 *	version and header length in words (4 bits each), type of service (1), total length (2),
 *	identification (2), flags (3 bits) and fragment offset in units of 8 bytes (13 bits),
 *	time to live (1), protocol (1), checksum (2), source (4), destination (4), options.
 * Fills the packet and narrows `data` to what the header says it carries.
 */
static const char *ipv4_header(struct packet *packet, struct bytes *data, bool quoted)
{
	struct reader reader = {.rest = *data};
	uint8_t first = reader_u8(&reader);
	size_t header = (first & 0x0fu) * 4u;
	reader_take(&reader, 1);
	size_t total = reader_u16(&reader);
	uint16_t id = reader_u16(&reader);
	uint16_t flags = reader_u16(&reader);
	uint8_t hop_limit = reader_u8(&reader);
	uint8_t protocol = reader_u8(&reader);
	reader_take(&reader, 2);
	struct bytes from = reader_take(&reader, 4);
	struct bytes to = reader_take(&reader, 4);

	if (reader.failed)
		return "IPv4 header: cut short";
	if (first >> 4 != 4)
		return "IPv4 header: version is not 4";
	if (header < 20)
		return "IPv4 header: header length is less than 5 words";
	if (header > data->length)
		return "IPv4 header: options cut short";
	if (total < header)
		return "IPv4 header: total length is less than the header";

	packet->from = address_of(4, from);
	packet->to = address_of(4, to);
	packet->protocol = protocol;
	packet->hop_limit = hop_limit;
	packet->dont_fragment = (flags & 0x4000) != 0;
	packet->fragment = (struct ip_fragment){
		.id = id,
		.offset = (flags & 0x1fffu) * 8u,
		.more = (flags & 0x2000) != 0,
	};
	return ip_narrow(data, header, total - header, quoted);
}

/*
 * RFC 8200 3:
 *	version (4 bits), traffic class (8 bits), flow label (20 bits), payload length (2),
 *	next header (1), hop limit (1), source (16), destination (16).
 */
static const char *ipv6_header(struct packet *packet, struct bytes *data, bool quoted)
{
	struct reader reader = {.rest = *data};
	uint32_t first = reader_u32(&reader);
	size_t length = reader_u16(&reader);
	uint8_t protocol = reader_u8(&reader);
	uint8_t hop_limit = reader_u8(&reader);
	struct bytes from = reader_take(&reader, 16);
	struct bytes to = reader_take(&reader, 16);

	if (reader.failed)
		return "IPv6 header: cut short";
	if (first >> 28 != 6)
		return "IPv6 header: version is not 6";

	packet->from = address_of(6, from);
	packet->to = address_of(6, to);
	packet->protocol = protocol;
	packet->hop_limit = hop_limit;
	if (length == 0 && protocol == IPPROTO_HOPOPTS) {
		packet->kind = PACKET_OTHER;
		return "IPv6 header: a jumbogram (RFC 2675)";
	}
	return ip_narrow(data, 40, length, quoted);
}

/*
 * RFC 8200 4.3, 4.4, 4.6, one layout for the three: next header (1), length (1) in units of 8
 * bytes without the first, and what the header is for.
 */
static const char *ipv6_extension(struct packet *packet, struct bytes *data)
{
	struct reader reader = {.rest = *data};
	uint8_t next = reader_u8(&reader);
	size_t length = (reader_u8(&reader) + 1u) * 8u;

	reader_take(&reader, length - 2);
	if (reader.failed)
		return "IPv6 extension header: cut short";
	packet->protocol = next;
	*data = reader.rest;
	return NULL;
}

/*
 * RFC 8200 4.5:
 *	next header (1), reserved (1), offset in units of 8 bytes (13 bits), reserved (2 bits),
 *	more fragments (1 bit), identification (4).
 */
static const char *ipv6_fragment(struct packet *packet, struct bytes *data)
{
	struct reader reader = {.rest = *data};
	uint8_t next = reader_u8(&reader);
	reader_take(&reader, 1);
	uint16_t place = reader_u16(&reader);
	uint32_t id = reader_u32(&reader);

	if (reader.failed)
		return "IPv6 fragment header: cut short";
	packet->protocol = next;
	packet->fragment = (struct ip_fragment){
		.id = id,
		.offset = place & 0xfff8u,
		.more = (place & 1) != 0,
	};
	*data = reader.rest;
	return NULL;
}

/* A lone fragment, at offset 0 with none to follow, is a whole packet (RFC 6946 4). */
static bool packet_is_fragment(const struct packet *packet)
{
	return packet->fragment.offset > 0 || packet->fragment.more;
}

/*
 * Walks the extension headers up to the upper layer's header or into a fragment (RFC 8200 4.1).
 * `position` is that of the first one behind the IPv6 header: hop-by-hop options stand at 0 alone.
 */
static const char *ipv6_extensions(struct packet *packet, struct bytes *data, unsigned position)
{
	for (; position < HEADERS_MAXIMUM; position++) {
		const char *problem;

		switch (packet->protocol) {
		case IPPROTO_HOPOPTS:
			if (position > 0)
				return "IPv6 extension header: hop-by-hop options not in front";
			problem = ipv6_extension(packet, data);
			break;
		case IPPROTO_ROUTING:
		case IPPROTO_DSTOPTS:
			problem = ipv6_extension(packet, data);
			break;
		case IPPROTO_FRAGMENT:
			problem = ipv6_fragment(packet, data);
			break;
		default:
			return NULL;
		}
		if (problem != NULL || packet_is_fragment(packet))
			return problem;
	}
	packet->kind = PACKET_OTHER;
	return "IPv6 extension header: more of them than are read";
}

/* A fragment but the last carries a multiple of 8 bytes (RFC 791 3.2, RFC 8200 4.5). */
static const char *fragment_decode(struct packet *packet, struct bytes data)
{
	if (data.length == 0)
		return "IP fragment: empty";
	if (packet->fragment.more && data.length % 8 != 0)
		return "IP fragment: not a multiple of 8 bytes, and more follow";
	if (packet->fragment.offset + data.length > IP_PAYLOAD_MAXIMUM)
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

/* RFC 894, RFC 2464 3: destination (6), source (6), type (2). */
static const char *ethernet_decode(struct packet *packet, struct bytes frame, size_t wire_length)
{
	struct reader reader = {.rest = frame};

	if (frame.length < wire_length)
		return "frame: cut short by the capture";
	reader_take(&reader, 12);
	uint16_t ethertype = reader_u16(&reader);
	if (reader.failed)
		return "Ethernet header: cut short";
	return ip_decode(packet, reader.rest, ethertype);
}

void packet_decode(struct packet *packet, struct bytes frame, size_t wire_length)
{
	*packet = (struct packet){.kind = PACKET_BAD};
	packet->problem = ethernet_decode(packet, frame, wire_length);
}

static const char *whole_decode(struct packet *packet, struct bytes whole)
{
	/* No hop-by-hop options: they stand in front of the fragment header. */
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

/* The ports stand first in TCP's header as in UDP's (RFC 9293 3.1, RFC 768). */
static const char *quoted_ports(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};
	uint16_t from = reader_u16(&reader);
	uint16_t to = reader_u16(&reader);

	if (reader.failed || packet->fragment.offset > 0)
		return "quoted: does not reach to the ports";
	if (packet->protocol == IPPROTO_TCP) {
		packet->kind = PACKET_TCP;
	} else if (packet->protocol == IPPROTO_UDP) {
		packet->kind = PACKET_UDP;
		packet->payload = bytes_part(data, 8, data.length);
	} else {
		return "quoted: neither TCP nor UDP";
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
