/* Decodes the headers above IP: TCP, UDP, UDP-Lite and ICMP. For decode.c. */
#include "wire/transport.h"

#include "wire/byte_reader.h"

#include <netinet/in.h>

/* RFC 9293 3.2, RFC 7323 2.2 and 3.2, RFC 2018 2. False when a known option has another length. */
static bool tcp_option(struct tcp_options *options, uint8_t kind, struct bytes value)
{
	struct reader reader = {.rest = value};

	switch (kind) {
	case 2:
		options->has_mss = true;
		options->mss = reader_u16(&reader);
		break;
	case 3:
		options->has_window_scale = true;
		options->window_scale = reader_u8(&reader);
		if (options->window_scale > 14)
			options->window_scale = 14;
		break;
	case 4:
		options->has_sack_permitted = true;
		break;
	case 8:
		options->has_timestamps = true;
		options->timestamp = reader_u32(&reader);
		options->timestamp_echo = reader_u32(&reader);
		break;
	default:
		return true;
	}
	return !reader.failed && reader.rest.length == 0;
}

/*
 * RFC 9293 3.1: kind (1), length of the whole option (1), value. Only the kinds 0, the end of the
 * list, and 1, no operation, have no length. Returns the problem or NULL.
 */
static const char *tcp_options(struct tcp_options *options, struct bytes data)
{
	struct reader reader = {.rest = data};

	while (reader.rest.length > 0) {
		uint8_t kind = reader_u8(&reader);
		if (kind == 0)
			break;
		if (kind == 1)
			continue;
		uint8_t length = reader_u8(&reader);
		if (!reader.failed && length < 2)
			return "TCP option: length is less than 2";
		struct bytes value = reader_take(&reader, length - 2u);
		if (reader.failed)
			return "TCP option: goes beyond the header";
		if (!tcp_option(options, kind, value))
			return "TCP option: not of the length that its kind has";
	}
	return NULL;
}

/*
 * RFC 9293 3.1:
 *	source port (2), destination port (2), sequence number (4), acknowledgment number (4),
 *	data offset in words (4 bits), reserved (4 bits), flags (1), window (2), checksum (2),
 *	urgent pointer (2), options.
 */
static const char *tcp_decode(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};
	struct tcp_header *tcp = &packet->tcp;

	packet->from.port = reader_u16(&reader);
	packet->to.port = reader_u16(&reader);
	tcp->sequence = reader_u32(&reader);
	tcp->acknowledgment = reader_u32(&reader);
	size_t header = (reader_u8(&reader) >> 4) * 4u;
	tcp->flags = reader_u8(&reader);
	tcp->window = reader_u16(&reader);
	reader_take(&reader, 2);
	tcp->urgent = reader_u16(&reader);
	if (reader.failed)
		return "TCP header: cut short";
	if (header < 20)
		return "TCP header: data offset is less than 5 words";
	if (header > data.length)
		return "TCP header: data offset is beyond the packet's end";

	const char *problem = tcp_options(&tcp->options, bytes_part(data, 20, header - 20));
	if (problem != NULL)
		return problem;
	packet->kind = PACKET_TCP;
	packet->payload = bytes_part(data, header, data.length);
	return NULL;
}

/*
 * RFC 768: source port (2), destination port (2), length with this header (2), checksum (2). In an
 * IPv6 jumbogram the length is 0, and the length of the packet counts (RFC 2675 4).
 */
static const char *udp_decode(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};

	packet->from.port = reader_u16(&reader);
	packet->to.port = reader_u16(&reader);
	size_t length = reader_u16(&reader);
	reader_take(&reader, 2);
	if (reader.failed)
		return "UDP header: cut short";
	if (length == 0 && packet->from.version == 6)
		length = data.length;
	if (length < 8)
		return "UDP header: length is less than 8";
	if (length > data.length)
		return "UDP header: length is more than the packet holds";
	packet->kind = PACKET_UDP;
	packet->payload = bytes_part(data, 8, length - 8);
	return NULL;
}

/*
 * RFC 3828 3.1: source port (2), destination port (2), checksum coverage with this header (2),
 * checksum (2). A coverage of 0 means all bytes. Any other is at least the header's length.
 */
static const char *udplite_decode(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};

	packet->from.port = reader_u16(&reader);
	packet->to.port = reader_u16(&reader);
	size_t coverage = reader_u16(&reader);
	reader_take(&reader, 2);
	if (reader.failed)
		return "UDP-Lite header: cut short";
	if (coverage > 0 && coverage < 8)
		return "UDP-Lite header: checksum coverage is less than 8";
	if (coverage > data.length)
		return "UDP-Lite header: checksum coverage is more than the packet holds";
	packet->kind = PACKET_UDPLITE;
	packet->udplite.coverage = (uint32_t)(coverage > 0 ? coverage : data.length);
	packet->payload = reader.rest;
	return NULL;
}

/* RFC 792, RFC 4443 2.1: type (1), code (1), checksum (2), a word that depends on the type (4). */
static const char *icmp_decode(struct packet *packet, struct bytes data)
{
	struct reader reader = {.rest = data};

	packet->icmp.type = reader_u8(&reader);
	packet->icmp.code = reader_u8(&reader);
	reader_take(&reader, 2);
	packet->icmp.rest = reader_u32(&reader);
	if (reader.failed)
		return "ICMP header: cut short";
	packet->kind = PACKET_ICMP;
	packet->payload = reader.rest;
	if (packet_is_icmp_error(packet))
		packet->icmp.quoted = reader.rest;
	return NULL;
}

const char *transport_decode(struct packet *packet, struct bytes data)
{
	packet->transport = data;
	switch (packet->protocol) {
	case IPPROTO_TCP:
		return tcp_decode(packet, data);
	case IPPROTO_UDP:
		return udp_decode(packet, data);
	case IPPROTO_UDPLITE:
		return udplite_decode(packet, data);
	case IPPROTO_ICMP:
		if (packet->from.version == 4)
			return icmp_decode(packet, data);
		break;
	case IPPROTO_ICMPV6:
		if (packet->from.version == 6)
			return icmp_decode(packet, data);
		break;
	}
	packet->payload = data;
	packet->kind = PACKET_OTHER;
	return "IP: a protocol other than TCP, UDP, UDP-Lite and ICMP";
}
