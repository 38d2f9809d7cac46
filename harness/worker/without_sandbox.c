/* A case without a sandbox, on the host's loopback: how it begins, and what it must not leave. */
#include "worker/without_sandbox.h"

#include "base/clock.h"
#include "kernel/orphans.h"
#include "kernel/scratch.h"
#include "wire/checksum.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/settle.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

bool without_sandbox_begin(struct error *error)
{
	if (!scratch_enter(context.settings->scratch, error) || !orphans_adopt(error))
		return false;
	for (enum protocol protocol = TCP; protocol < PROTOCOL_COUNT; protocol++)
		if (!sockets_open(&context.sockets_before[protocol], error) ||
			!sockets_read(&context.sockets_before[protocol], protocol, error))
			return false;
	return true;
}

/* The kernel fills in the checksum for IPv6 only. */
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
 * A RST from its peer's address, with the number that it expects next, ends a socket in TIME-WAIT
 * (RFC 1337 2), unless the machine has net.ipv4.tcp_rfc1337 set. A process that may capture may
 * send such a RST too. To ask the kernel to destroy the socket would need CAP_NET_ADMIN.
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

/*
 * The stream towards a socket, in the newest connection on its addresses. NULL: it is not the
 * case's.
 */
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
	/* Even a capture with gaps may have the numbers that are needed. */
	settle(&error);
	end_time_wait();
	/* When the markers of this are back, the kernel has received the resets. */
	settle(&error);
}

/*
 * A failure in here says nothing about the case. So its findings go to results that nobody reads.
 */
void without_sandbox_leave(void)
{
	static struct results unread;
	struct results *const results = context.results;

	context.results = &unread;
	if (context.capture.pcap != NULL && setjmp(context.over) == 0)
		end_sockets();
	context.results = results;
}
