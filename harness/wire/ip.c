/* Decodes the headers of IPv4 and IPv6. For decode.c. */
#include "wire/ip.h"

#include "wire/byte_reader.h"

#include <netinet/in.h>
#include <string.h>

/* At most this many extension headers are read. RFC 8200 4.1 recommends six at most. */
#define HEADERS_MAXIMUM 8

/* RFC 2675 2. */
#define OPTION_PAD1  0
#define OPTION_JUMBO 0xc2

static struct address address_of(uint8_t version, struct bytes ip)
{
	struct address address = {.version = version};

	memcpy(address.ip, ip.data, ip.length);
	return address;
}

/*
 * Narrows `data` to the payload of `length` bytes after a header of `header` bytes. Ethernet
 * padding may follow it. A quoted packet may have fewer bytes than its header says.
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
 * RFC 791 3.1. A kernel leaves the total length 0 in a packet that it has not cut into segments
 *yet, and in one that is too long for 16 bits (BIG TCP). Such a packet ends where its frame ends.
 *	version and header length in words (4 bits each), type of service (1), total length (2),
 *	identification (2), flags (3 bits) and fragment offset in units of 8 bytes (13 bits),
 *	time to live (1), protocol (1), checksum (2), source (4), destination (4), options.
 */
const char *ipv4_header(struct packet *packet, struct bytes *data, bool quoted)
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
	if (total == 0)
		total = data->length;
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
 * The length in the jumbo payload option, from the hop-by-hop options at the beginning of `data`;
 * 0: there is none (RFC 8200 4.2, RFC 2675 2). Only a padding of one byte has no length field.
 */
static uint32_t jumbo_length(struct bytes data)
{
	struct reader whole = {.rest = bytes_part(data, 1, data.length)};
	size_t length = (reader_u8(&whole) + 1u) * 8u - 2u;
	struct reader options = {.rest = reader_take(&whole, length)};

	while (!options.failed && options.rest.length > 0) {
		uint8_t type = reader_u8(&options);
		if (type == OPTION_PAD1)
			continue;
		struct reader value = {.rest = reader_take(&options, reader_u8(&options))};
		if (type == OPTION_JUMBO && value.rest.length == 4)
			return reader_u32(&value);
	}
	return 0;
}

/*
 * Sets the length of what a packet carries. The header says `length`, and `data` follows it. A
 * jumbogram has 0 there, and an option with its length (RFC 2675 3). Newer kernels leave that
 * option out of a packet that they have not cut into segments yet. Such a packet ends where its
 * frame ends.
 */
static const char *ipv6_length(const struct packet *packet, struct bytes data, size_t *length)
{
	bool has_options = packet->protocol == IPPROTO_HOPOPTS;
	uint32_t jumbo = has_options ? jumbo_length(data) : 0;

	if (*length != 0 && jumbo != 0)
		return "IPv6 header: a payload length besides that of a jumbogram";
	if (*length != 0)
		return NULL;
	if (jumbo > IP_LENGTH_MAXIMUM)
		*length = jumbo;
	else if (jumbo == 0 && data.length > IP_LENGTH_MAXIMUM)
		*length = data.length;
	else if (has_options)
		return "IPv6 header: neither a payload length nor that of a jumbogram";
	return NULL;
}

/*
 * RFC 8200 3:
 *	version (4 bits), traffic class (8 bits), flow label (20 bits), payload length (2),
 *	next header (1), hop limit (1), source (16), destination (16).
 */
const char *ipv6_header(struct packet *packet, struct bytes *data, bool quoted)
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
	const char *problem = quoted ? NULL : ipv6_length(packet, reader.rest, &length);
	if (problem != NULL)
		return problem;
	if (quoted && length == 0)
		length = reader.rest.length;
	return ip_narrow(data, 40, length, quoted);
}

/*
 * RFC 8200 4.3, 4.4, 4.6. The three headers have one layout: next header (1), length (1) in units
 * of 8 bytes without the first 8, and the header's data.
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

const char *ipv6_extensions(struct packet *packet, struct bytes *data, unsigned position)
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
