/* An IPv4 or IPv6 address with a port: the end of a connection or the side of a datagram. */
#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

bool address_equal(const struct address *a, const struct address *b)
{
	return a->version == b->version && a->port == b->port &&
	       memcmp(a->ip, b->ip, sizeof a->ip) == 0;
}

bool address_is_shared(const struct address *address)
{
	static const uint8_t everybody[4] = {255, 255, 255, 255};
	static const uint8_t everybody_here[4] = {127, 255, 255, 255};

	if (address->version == 6)
		return address->ip[0] == 0xff;
	return (address->ip[0] & 0xf0) == 0xe0 || memcmp(address->ip, everybody, 4) == 0 ||
	       memcmp(address->ip, everybody_here, 4) == 0;
}

/* Like FNV-1a, but for 32 bits at once. The shift mixes the upper bits into the lower ones. */
static uint32_t hash_add(uint32_t hash, uint32_t word)
{
	hash = (hash ^ word) * 16777619u;
	return hash ^ hash >> 15;
}

uint32_t address_hash(uint32_t number, const struct address *address)
{
	uint32_t hash = hash_add(2166136261u, number), words[4];

	memcpy(words, address->ip, sizeof words);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		hash = hash_add(hash, words[i]);
	return hash_add(hash, address->port);
}

const char *address_text(const struct address *address, char text[ADDRESS_TEXT])
{
	char host[INET6_ADDRSTRLEN] = "?";
	int family = address->version == 6 ? AF_INET6 : AF_INET;

	if (address->version == 0 || inet_ntop(family, address->ip, host, sizeof host) == NULL)
		snprintf(host, sizeof host, "?");
	snprintf(text, ADDRESS_TEXT, address->version == 6 ? "[%s]:%u" : "%s:%u", host,
		(unsigned)address->port);
	return text;
}

bool address_parse(struct address *address, const char *host, uint16_t port)
{
	*address = (struct address){.port = port};
	if (inet_pton(AF_INET, host, address->ip) == 1)
		address->version = 4;
	else if (inet_pton(AF_INET6, host, address->ip) == 1)
		address->version = 6;
	return address->version != 0;
}

socklen_t address_to_socket(const struct address *address, struct sockaddr_storage *out)
{
	memset(out, 0, sizeof *out);
	if (address->version == 6) {
		struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)out;
		in6->sin6_family = AF_INET6;
		in6->sin6_port = htons(address->port);
		memcpy(&in6->sin6_addr, address->ip, sizeof in6->sin6_addr);
		return sizeof *in6;
	}
	if (address->version != 4)
		return 0;

	struct sockaddr_in *in = (struct sockaddr_in *)out;
	in->sin_family = AF_INET;
	in->sin_port = htons(address->port);
	memcpy(&in->sin_addr, address->ip, sizeof in->sin_addr);
	return sizeof *in;
}

struct address address_from_socket(const struct sockaddr_storage *from)
{
	struct address address = {0};

	if (from->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)from;
		address.version = 4;
		address.port = ntohs(in->sin_port);
		memcpy(address.ip, &in->sin_addr, sizeof in->sin_addr);
	} else if (from->ss_family == AF_INET6) {
		const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)from;
		address.version = 6;
		address.port = ntohs(in6->sin6_port);
		memcpy(address.ip, &in6->sin6_addr, sizeof in6->sin6_addr);
	}
	return address;
}
