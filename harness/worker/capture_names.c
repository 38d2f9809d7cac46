/* The names that a capture file gives to addresses: which of them were CLIENT and SERVER. */
#include "worker/capture_names.h"

#include "worker/context.h"

#include <string.h>

/* The entry of an address, which may be new. NULL for a group or broadcast, or without room. */
static struct host *host_at(struct capture_names *names, const struct address *address)
{
	for (size_t i = 0; i < names->host_count; i++) {
		struct host *host = &names->hosts[i];
		if (host->address.version == address->version &&
			memcmp(host->address.ip, address->ip, sizeof address->ip) == 0)
			return host;
	}
	if (names->host_count == HOSTS_MAXIMUM || address->version == 0 ||
		address_is_shared(address))
		return NULL;
	struct host *host = &names->hosts[names->host_count++];
	*host = (struct host){.address = *address};
	return host;
}

static void mark_side(struct capture_names *names, const struct address *address, enum side side)
{
	struct host *host = host_at(names, address);

	if (host != NULL)
		*(side == CLIENT ? &host->is_client : &host->is_server) = true;
}

static void mark_unknown(struct capture_names *names, const struct address *address)
{
	struct host *host = host_at(names, address);

	if (host != NULL)
		host->has_unknown_side = true;
}

static void add_pair(
	struct capture_names *names, const struct address *client, const struct address *server)
{
	mark_side(names, client, CLIENT);
	mark_side(names, server, SERVER);
	if (names->pair_count == PAIRS_MAXIMUM)
		names->more = true;
	else
		names->pairs[names->pair_count++] = (struct pair){*client, *server};
}

/* Whether these two are a pair already, in either order. */
static bool is_known(
	const struct capture_names *names, const struct address *a, const struct address *b)
{
	for (size_t i = 0; i < names->pair_count; i++) {
		const struct pair *pair = &names->pairs[i];
		if ((address_equal(&pair->client, a) && address_equal(&pair->server, b)) ||
			(address_equal(&pair->client, b) && address_equal(&pair->server, a)))
			return true;
	}
	return false;
}

static void find_in_connections(struct capture_names *names)
{
	const struct connections *connections = &context.wire.connections;

	for (size_t i = 0; i < connections->count; i++) {
		const struct stream *streams = connections->list[i]->streams;
		const struct address *client = &streams[CLIENT].address;
		const struct address *server = &streams[SERVER].address;
		if (context_owns(client, server) && !is_known(names, client, server))
			add_pair(names, client, server);
	}
}

/* It takes long to find the sides of very many datagrams. So at the maximum this stops. */
static void find_in_datagram(struct capture_names *names, const struct datagram *datagram)
{
	const struct address *from = &datagram->from, *to = &datagram->to;

	if (!context_owns(from, to) || is_known(names, from, to))
		return;
	bool named = context_has_port(to->port) || context_has_port(from->port);
	if (!named || names->pair_count == PAIRS_MAXIMUM) {
		names->more = names->more || named;
		mark_unknown(names, from);
		mark_unknown(names, to);
		return;
	}
	uint16_t port = context_has_port(to->port) ? to->port : from->port;
	if (datagram_sender(&context.wire.datagrams, datagram, port) == CLIENT)
		add_pair(names, from, to);
	else
		add_pair(names, to, from);
}

void capture_names_find(struct capture_names *names)
{
	const struct datagrams *datagrams = &context.wire.datagrams;

	names->pair_count = names->host_count = 0;
	names->more = false;
	find_in_connections(names);
	for (size_t i = 0; i < datagrams->count; i++)
		find_in_datagram(names, datagrams->list[i]);
}

static const char *host_name(const struct host *host)
{
	if (host->has_unknown_side)
		return NULL;
	if (host->is_client && host->is_server)
		return "CLIENT+SERVER";
	return host->is_client ? "CLIENT" : "SERVER";
}

size_t capture_names_list(const struct capture_names *names, struct pcapng_name list[])
{
	size_t count = 0;

	for (size_t i = 0; i < names->host_count; i++) {
		const char *name = host_name(&names->hosts[i]);
		if (name != NULL)
			list[count++] = (struct pcapng_name){names->hosts[i].address, name};
	}
	return count;
}
