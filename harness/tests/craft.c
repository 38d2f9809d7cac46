/* Builds frames for tests, layer by layer: craft_ethernet(…, craft_ipv4(…, craft_udp(…))). */
#include "craft.h"

#include "base/address.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER_MAXIMUM 2048

/* A header being written: each put appends a number in network order. */
struct header {
	unsigned char bytes[HEADER_MAXIMUM];
	size_t length;
};

static void **blocks;
static size_t block_count;

static void *craft_allocate(size_t size)
{
	void **grown = realloc(blocks, (block_count + 1) * sizeof *blocks);
	void *block = malloc(size > 0 ? size : 1);

	if (grown == NULL || block == NULL) {
		perror("craft");
		abort();
	}
	blocks = grown;
	blocks[block_count++] = block;
	return block;
}

void craft_free(void)
{
	while (block_count > 0)
		free(blocks[--block_count]);
	free(blocks);
	blocks = NULL;
}

struct bytes craft_join(struct bytes a, struct bytes b)
{
	unsigned char *data = craft_allocate(a.length + b.length);

	if (a.length > 0)
		memcpy(data, a.data, a.length);
	if (b.length > 0)
		memcpy(data + a.length, b.data, b.length);
	return (struct bytes){data, a.length + b.length};
}

struct bytes craft_cut(struct bytes original, size_t length)
{
	return craft_join((struct bytes){original.data, length}, (struct bytes){0});
}

struct bytes craft_with(struct bytes original, size_t offset, size_t width, uint32_t value)
{
	unsigned char *data = craft_allocate(original.length);

	memcpy(data, original.data, original.length);
	for (size_t i = 0; i < width; i++)
		data[offset + i] = (unsigned char)(value >> (8 * (width - 1 - i)));
	return (struct bytes){data, original.length};
}

struct bytes craft_pattern(size_t length)
{
	unsigned char *data = craft_allocate(length);

	for (size_t i = 0; i < length; i++)
		data[i] = (unsigned char)(i + i / 256);
	return (struct bytes){data, length};
}

uint32_t craft_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static void put(struct header *header, size_t width, size_t value)
{
	for (size_t i = width; i-- > 0;)
		header->bytes[header->length++] = (unsigned char)(value >> (8 * i));
}

static void put_bytes(struct header *header, const void *data, size_t length)
{
	if (length > 0)
		memcpy(header->bytes + header->length, data, length);
	header->length += length;
}

static void put_address(struct header *header, const char *text, const char *otherwise, size_t size)
{
	struct address address;

	address_parse(&address, text != NULL ? text : otherwise, 0);
	put_bytes(header, address.ip, size);
}

static struct bytes craft_put(const struct header *header, struct bytes payload)
{
	return craft_join((struct bytes){header->bytes, header->length}, payload);
}

struct bytes craft_ethernet(uint16_t type, struct bytes payload)
{
	struct header header = {.length = 12};

	put(&header, 2, type);
	return craft_put(&header, payload);
}

struct bytes craft_tag(uint16_t type, struct bytes frame)
{
	struct header header = {0};

	put_bytes(&header, frame.data, 12);
	put(&header, 2, type);
	put(&header, 2, 5);
	return craft_put(&header, bytes_part(frame, 12, frame.length));
}

struct bytes craft_snap(uint16_t type, struct bytes payload)
{
	struct header header = {0};

	put(&header, 3, 0xaaaa03);
	put(&header, 3, 0);
	put(&header, 2, type);
	return craft_put(&header, payload);
}

struct bytes craft_ipv4(struct craft_ip ip, struct bytes payload)
{
	struct header header = {0};
	size_t length = 20 + ip.options.length;

	put(&header, 1, 0x40 | length / 4);
	put(&header, 1, 0);
	put(&header, 2, length + payload.length);
	put(&header, 2, ip.fragment.id);
	put(&header, 2,
		(ip.dont_fragment ? 0x4000u : 0) | (ip.fragment.more ? 0x2000u : 0) |
			ip.fragment.offset / 8);
	put(&header, 1, 64);
	put(&header, 1, ip.protocol);
	put(&header, 2, 0);
	put_address(&header, ip.from, "10.0.0.1", 4);
	put_address(&header, ip.to, "10.0.0.2", 4);
	put_bytes(&header, ip.options.data, ip.options.length);
	return craft_put(&header, payload);
}

struct bytes craft_ipv6(struct craft_ip ip, struct bytes payload)
{
	struct header header = {0};

	put(&header, 4, 0x60000000);
	put(&header, 2, payload.length);
	put(&header, 1, ip.protocol);
	put(&header, 1, 64);
	put_address(&header, ip.from, "fd00::1", 16);
	put_address(&header, ip.to, "fd00::2", 16);
	return craft_put(&header, payload);
}

struct bytes craft_extension(uint8_t next, size_t length, struct bytes payload)
{
	struct header header = {0};

	put(&header, 1, next);
	put(&header, 1, length / 8 - 1);
	header.length = length;
	return craft_put(&header, payload);
}

struct bytes craft_jumbo(uint8_t next, uint32_t length, struct bytes payload)
{
	struct header header = {0};

	put(&header, 2, (size_t)next << 8);
	put(&header, 2, 0xc204);
	put(&header, 4, length);
	return craft_put(&header, payload);
}

struct bytes craft_fragment(uint8_t next, struct ip_fragment fragment, struct bytes payload)
{
	struct header header = {0};

	put(&header, 1, next);
	put(&header, 1, 0);
	put(&header, 2, fragment.offset | fragment.more);
	put(&header, 4, fragment.id);
	return craft_put(&header, payload);
}

struct bytes craft_tcp(struct craft_tcp tcp, struct bytes payload)
{
	struct header header = {0};

	put(&header, 2, tcp.from);
	put(&header, 2, tcp.to);
	put(&header, 4, tcp.sequence);
	put(&header, 4, tcp.acknowledgment);
	put(&header, 1, (20 + tcp.options.length) / 4 << 4);
	put(&header, 1, tcp.flags);
	put(&header, 2, tcp.window);
	put(&header, 2, 0);
	put(&header, 2, tcp.urgent);
	put_bytes(&header, tcp.options.data, tcp.options.length);
	return craft_put(&header, payload);
}

struct packet craft_segment(struct craft_tcp tcp, const char *text)
{
	struct packet packet = {
		.kind = PACKET_TCP,
		.tcp = {.sequence = tcp.sequence,
			.acknowledgment = tcp.acknowledgment,
			.flags = tcp.flags,
			.window = tcp.window,
			.urgent = tcp.urgent},
		.payload = bytes_of(text),
	};

	address_parse(&packet.from, "127.0.0.1", tcp.from);
	address_parse(&packet.to, "127.0.0.1", tcp.to);
	return packet;
}

struct bytes craft_udp(uint16_t from, uint16_t to, struct bytes payload)
{
	struct header header = {0};

	put(&header, 2, from);
	put(&header, 2, to);
	put(&header, 2, 8 + payload.length);
	put(&header, 2, 0);
	return craft_put(&header, payload);
}

struct bytes craft_icmp(uint8_t type, uint8_t code, uint32_t rest, struct bytes payload)
{
	struct header header = {0};

	put(&header, 1, type);
	put(&header, 1, code);
	put(&header, 2, 0);
	put(&header, 4, rest);
	return craft_put(&header, payload);
}

struct packet craft_part(
	struct bytes whole, uint8_t protocol, uint32_t id, size_t offset, size_t length)
{
	struct packet packet = {
		.kind = PACKET_FRAGMENT,
		.protocol = protocol,
		.fragment = {.id = id,
			.offset = (uint32_t)offset,
			.more = offset + length < whole.length},
		.payload = bytes_part(whole, offset, length),
	};

	address_parse(&packet.from, "127.0.0.1", 0);
	address_parse(&packet.to, "127.0.0.2", 0);
	return packet;
}
