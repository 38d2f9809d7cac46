/* Who the sides of a case were, by address: for readers of its capture file. */
#include "worker/sides.h"

#include "worker/context.h"

#include <string.h>

/* What goes to many has nobody's address. */
static struct host *host_at(struct sides *sides, const struct address *address)
{
	for (size_t i = 0; i < sides->host_count; i++) {
		struct host *host = &sides->hosts[i];
		if (host->address.version == address->version &&
			memcmp(host->address.ip, address->ip, sizeof address->ip) == 0)
			return host;
	}
	if (sides->host_count == HOSTS_MAXIMUM || address->version == 0 ||
		address_is_shared(address))
		return NULL;
	struct host *host = &sides->hosts[sides->host_count++];
	*host = (struct host){.address = *address};
	return host;
}

static void mark_side(struct sides *sides, const struct address *address, enum side side)
{
	struct host *host = host_at(sides, address);

	if (host != NULL)
		*(side == CLIENT ? &host->is_client : &host->is_server) = true;
}

static void mark_untold(struct sides *sides, const struct address *address)
{
	struct host *host = host_at(sides, address);

	if (host != NULL)
		host->is_untold = true;
}

static void add_pair(
	struct sides *sides, const struct address *client, const struct address *server)
{
	mark_side(sides, client, CLIENT);
	mark_side(sides, server, SERVER);
	if (sides->pair_count == PAIRS_MAXIMUM)
		sides->more = true;
	else
		sides->pairs[sides->pair_count++] = (struct pair){*client, *server};
}

/* Whether these two are a pair already, whoever is which side. */
static bool is_known(const struct sides *sides, const struct address *a, const struct address *b)
{
	for (size_t i = 0; i < sides->pair_count; i++) {
		const struct pair *pair = &sides->pairs[i];
		if ((address_equal(&pair->client, a) && address_equal(&pair->server, b)) ||
			(address_equal(&pair->client, b) && address_equal(&pair->server, a)))
			return true;
	}
	return false;
}

static void find_in_connections(struct sides *sides)
{
	const struct connections *connections = &context.wire.connections;

	for (size_t i = 0; i < connections->count; i++) {
		const struct stream *streams = connections->list[i]->streams;
		const struct address *client = &streams[CLIENT].address;
		const struct address *server = &streams[SERVER].address;
		if (context_owns(client, server) && !is_known(sides, client, server))
			add_pair(sides, client, server);
	}
}

/* To find out who is which side may take long among many: beyond the maximum it is left. */
static void find_in_datagram(struct sides *sides, const struct datagram *datagram)
{
	const struct address *from = &datagram->from, *to = &datagram->to;

	if (!context_owns(from, to) || is_known(sides, from, to))
		return;
	bool named = context_has_port(to->port) || context_has_port(from->port);
	if (!named || sides->pair_count == PAIRS_MAXIMUM) {
		sides->more = sides->more || named;
		mark_untold(sides, from);
		mark_untold(sides, to);
		return;
	}
	uint16_t port = context_has_port(to->port) ? to->port : from->port;
	if (datagram_sender(&context.wire.datagrams, datagram, port) == CLIENT)
		add_pair(sides, from, to);
	else
		add_pair(sides, to, from);
}

void sides_find(struct sides *sides)
{
	const struct datagrams *datagrams = &context.wire.datagrams;

	sides->pair_count = sides->host_count = 0;
	sides->more = false;
	find_in_connections(sides);
	for (size_t i = 0; i < datagrams->count; i++)
		find_in_datagram(sides, datagrams->list[i]);
}

static const char *host_name(const struct host *host)
{
	if (host->is_untold)
		return NULL;
	if (host->is_client && host->is_server)
		return "CLIENT+SERVER";
	return host->is_client ? "CLIENT" : "SERVER";
}

size_t sides_names(const struct sides *sides, struct pcapng_name names[])
{
	size_t count = 0;

	for (size_t i = 0; i < sides->host_count; i++) {
		const char *name = host_name(&sides->hosts[i]);
		if (name != NULL)
			names[count++] = (struct pcapng_name){sides->hosts[i].address, name};
	}
	return count;
}
