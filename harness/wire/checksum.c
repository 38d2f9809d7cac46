/* Checksums above IP (RFC 1071): makes one, and says whether one is wrong or partial. Pure. */
#include "wire/checksum.h"

#include <netinet/in.h>

/* The sum of the bytes as numbers of two bytes each. A zero follows a last single byte. */
static uint64_t sum_of(const unsigned char *data, size_t length)
{
	uint64_t sum = 0;
	size_t i = 0;

	for (; i + 1 < length; i += 2)
		sum += (uint32_t)data[i] << 8 | data[i + 1];
	return i < length ? sum + ((uint32_t)data[i] << 8) : sum;
}

/* RFC 768, RFC 8200 8.1: both addresses, the protocol, and the length of header and data. */
static uint64_t pseudo_header(const struct packet *packet, size_t length)
{
	size_t size = packet->from.version == 4 ? 4 : 16;

	return sum_of(packet->from.ip, size) + sum_of(packet->to.ip, size) + packet->protocol +
	       (length >> 16) + (length & 0xffff);
}

static size_t number_at(struct bytes data, size_t offset)
{
	return (size_t)data.data[offset] << 8 | data.data[offset + 1];
}

/* In ones' complement arithmetic, a carry is added at the low end. */
static uint16_t folded(uint64_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum >> 16) + (sum & 0xffff);
	return (uint16_t)sum;
}

uint16_t checksum_of(const struct packet *packet, struct bytes data)
{
	uint64_t sum = sum_of(data.data, data.length) + pseudo_header(packet, data.length);

	return (uint16_t)~folded(sum);
}

/* Whether the sum of the covered bytes and their checksum is not the one that RFC 1071 demands. */
static bool sum_is_wrong(const struct packet *packet, struct bytes data, size_t length)
{
	bool bare = packet->protocol == IPPROTO_ICMP;
	uint64_t sum = sum_of(data.data, data.length) + (bare ? 0 : pseudo_header(packet, length));

	return folded(sum) != 0xffff;
}

bool checksum_is_wrong(const struct packet *packet, struct bytes data)
{
	size_t length = data.length;

	if (length < 8)
		return false;
	switch (packet->protocol) {
	case IPPROTO_UDP:
		if (number_at(data, 6) == 0)
			return false;
		length = number_at(data, 4);
		return length <= data.length &&
		       sum_is_wrong(packet, bytes_part(data, 0, length), length);
	case IPPROTO_UDPLITE:
		if (number_at(data, 6) == 0)
			return false;
		if (number_at(data, 4) > 0)
			data = bytes_part(data, 0, number_at(data, 4));
		return sum_is_wrong(packet, data, length);
	case IPPROTO_TCP:
		return length >= 20 && sum_is_wrong(packet, data, length);
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		return sum_is_wrong(packet, data, length);
	}
	return false;
}

bool checksum_is_partial(const struct packet *packet)
{
	size_t field = packet->kind == PACKET_TCP ? 16 : 6;

	if ((packet->kind != PACKET_TCP && packet->kind != PACKET_UDP) ||
		packet->transport.length < field + 2)
		return false;
	return number_at(packet->transport, field) ==
	       folded(pseudo_header(packet, packet->transport.length));
}
