/*
 * The host's loopback, without a sandbox: a case finds no other's sockets and leaves none, and what
 * several datagrams or segments in one packet make uncertain is no verdict.
 */
#include "worker/host.h"

#include "kernel/offload.h"
#include "wire/checksum.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/settle.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

bool host_begin(struct error *error)
{
	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		if (!sockets_open(&context.before[protocol], error) ||
			!sockets_read(&context.before[protocol], protocol, error))
			return false;
	return true;
}

bool host_watch(struct error *error)
{
	bool joins;

	return offload_joins(&joins, error) &&
	       (!joins || gso_watch_open(&context.gso_watch, error));
}

/* What is joined on the host's loopback: its name, what makes it so, and what ends it. */
struct joined {
	const char *name, *cause, *remedy;
};

static const struct joined joined_of[] = {
	[TCP] = {"segments", "TCP segmentation offload", "tso off"},
	[UDP] = {"datagrams", "UDP_SEGMENT", "tx-udp-segmentation off"},
};

static void must_tell(enum protocol protocol, uint16_t port, bool has)
{
	const struct joined *joined = &joined_of[protocol];
	uint64_t missed = context.gso_watch.missed;

	if (has)
		case_over(BROKEN,
			"%s on port %u crossed the host's loopback several in one packet (%s), so "
			"the capture does not show each; run in a sandbox, or have the host send "
			"each by itself: ethtool -K lo %s",
			joined->name, port, joined->cause, joined->remedy);
	if (missed > 0)
		case_over(BROKEN,
			"%" PRIu64 " packets on the host's loopback may have had several %s each "
			"(%s), and it is not known whose; run in a sandbox, or have the host send "
			"each by itself: ethtool -K lo %s",
			missed, joined->name, joined->cause, joined->remedy);
}

void host_must_tell_datagrams(uint16_t port)
{
	must_tell(UDP, port, gso_watch_has(&context.gso_watch, UDP, port));
}

/* The ports of both sides, for the client's is hardly another connection's. */
void host_must_tell_segments(const struct connection *connection)
{
	uint16_t client = connection->streams[CLIENT].address.port;
	uint16_t server = connection->streams[SERVER].address.port;

	must_tell(TCP, server,
		gso_watch_has(&context.gso_watch, TCP, client) &&
			gso_watch_has(&context.gso_watch, TCP, server));
}

/* The kernel does it for IPv6 alone. */
static void fill_checksum(
	struct tcphdr *header, const struct address *from, const struct address *to)
{
	const struct packet packet = {.from = *from, .to = *to, .protocol = IPPROTO_TCP};
	struct bytes bytes = {(const unsigned char *)header, sizeof *header};

	header->th_sum = htons(checksum_of(&packet, bytes));
}

static bool raw_send(
	int raw, const struct address *from, const struct address *to, const struct tcphdr *header)
{
	const int offset = offsetof(struct tcphdr, th_sum);
	struct address source = *from, target = *to;
	struct sockaddr_storage address;

	source.port = target.port = 0; /* a raw socket has none */
	if (from->version == 6 &&
		setsockopt(raw, IPPROTO_IPV6, IPV6_CHECKSUM, &offset, sizeof offset) != 0)
		return false;
	socklen_t length = address_to_socket(&source, &address);
	if (bind(raw, (struct sockaddr *)&address, length) != 0)
		return false;
	length = address_to_socket(&target, &address);
	return sendto(raw, header, sizeof *header, 0, (struct sockaddr *)&address, length) ==
	       sizeof *header;
}

/*
 * A socket in TIME-WAIT that gets a RST from its peer's address, with the number that it expects
 * next, is gone (RFC 1337 2), unless the machine's net.ipv4.tcp_rfc1337 says otherwise. Whoever
 * may capture may send one; to have the kernel destroy the socket takes CAP_NET_ADMIN.
 */
static bool send_reset(const struct address *from, const struct address *to, uint32_t sequence)
{
	struct tcphdr header = {
		.th_sport = htons(from->port),
		.th_dport = htons(to->port),
		.th_seq = htonl(sequence),
		.th_off = sizeof header / 4,
		.th_flags = TH_RST,
	};
	int family = from->version == 6 ? AF_INET6 : AF_INET;
	int raw = socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_TCP);

	if (raw < 0)
		return false;
	if (from->version == 4)
		fill_checksum(&header, from, to);
	bool sent = raw_send(raw, from, to, &header);
	close(raw);
	return sent;
}

/* The stream towards a socket, of the newest connection on its addresses; NULL: not the case's. */
static const struct stream *stream_to(const struct socket_fact *fact)
{
	const struct connections *all = &context.wire.connections;

	for (size_t i = all->count; i-- > 0;)
		for (enum side side = CLIENT; side <= SERVER; side++) {
			const struct stream *stream = &all->list[i]->streams[side];
			const struct stream *other = &all->list[i]->streams[side_peer(side)];
			if (address_equal(&stream->address, &fact->remote) &&
				address_equal(&other->address, &fact->local))
				return stream;
		}
	return NULL;
}

static void end_time_wait(void)
{
	struct error error;

	if (!sockets_read(&context.sockets, TCP, &error))
		return;
	for (size_t i = 0; i < context.sockets.count; i++) {
		const struct socket_fact *fact = &context.sockets.list[i];
		const struct stream *stream = fact->state == TIME_WAIT ? stream_to(fact) : NULL;
		if (stream != NULL && !send_reset(&fact->remote, &fact->local,
					      stream->initial_sequence + (uint32_t)stream->next))
			return;
	}
}

static void end_sockets(void)
{
	struct error error;

	context.place = NULL;
	context.program_count = 0;
	context.deadline = monotonic_now() + context.settings->wait_limit;
	for (size_t i = 0; i < context.endpoint_count; i++)
		endpoint_close(context.endpoints[i]);
	/* Even a capture with gaps may have what is needed. */
	settle(&error);
	end_time_wait();
	/* Its markers come back behind the resets. */
	settle(&error);
}

/* What fails now says nothing about the case any more. */
void host_leave(void)
{
	static struct results unheard;
	struct results *const told = context.results;

	context.results = &unheard;
	if (context.capture.pcap != NULL && setjmp(context.over) == 0)
		end_sockets();
	context.results = told;
}
