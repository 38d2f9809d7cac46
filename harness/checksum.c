/* Checksums of TCP and UDP that the kernel left to a network interface. Pure. */
#include "checksum.h"

#include <netinet/in.h>

/* Adds 16-bit words in network order; `length` is even. */
static uint64_t sum_of(const uint8_t *bytes, size_t length)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < length; i += 2)
		sum += (uint64_t)bytes[i] << 8 | bytes[i + 1];
	return sum;
}

/* In ones' complement a carry comes back at the other end (RFC 1071 1). */
static uint16_t folded(uint64_t sum)
{
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

/* The addresses, the length and the protocol: as numbers they are the same in IPv4 and IPv6. */
static uint16_t pseudo_header(const struct packet *packet)
{
	size_t ip = packet->from.version == 4 ? 4 : 16;

	return folded(sum_of(packet->from.ip, ip) + sum_of(packet->to.ip, ip) +
		      packet->transport.length + packet->protocol);
}

bool checksum_is_partial(const struct packet *packet)
{
	size_t field = packet->kind == PACKET_TCP ? 16 : 6;

	if (packet->protocol != (packet->kind == PACKET_TCP ? IPPROTO_TCP : IPPROTO_UDP) ||
		(packet->kind != PACKET_TCP && packet->kind != PACKET_UDP) ||
		packet->transport.length < field + 2)
		return false;
	return sum_of(packet->transport.data + field, 2) == pseudo_header(packet);
}
