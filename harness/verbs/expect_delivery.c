/* Verbs about what becomes of what was sent: whom it comes to, what is dropped, what comes back. */
#include "verbs/wirecheck.h"

#include "base/text.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

void case_send_at_once(const struct place *place, struct endpoint *endpoint, struct bytes datagram)
{
	size_t sent;

	context_at(place);
	int cause = endpoint_send_now(endpoint, datagram, 0, &sent);
	if (cause == 0)
		return;
	context_note_socket_next(endpoint);
	must_succeed(format("send of %zu bytes, without waiting", datagram.length), cause);
}

/* Two sockets, one of which is to have something to receive or to accept. */
struct either {
	struct endpoint *first, *second, *ready;
};

static bool is_ready(const struct endpoint *endpoint)
{
	struct pollfd state = {.fd = endpoint->descriptor, .events = POLLIN};

	return poll(&state, 1, 0) > 0;
}

static bool is_either_ready(void *argument)
{
	struct either *either = argument;

	if (is_ready(either->first))
		either->ready = either->first;
	else if (is_ready(either->second))
		either->ready = either->second;
	return either->ready != NULL;
}

struct endpoint *case_until_either_ready(
	const struct place *place, struct endpoint *first, struct endpoint *second)
{
	struct either either = {.first = first, .second = second};
	struct wait wait = {
		.met = is_either_ready, .argument = &either, .descriptor = -1, .asks_kernel = true};

	struct address locals[2] = {endpoint_local(first), endpoint_local(second)};
	char texts[2][ADDRESS_TEXT];

	context_at(place);
	if (wait_for(&wait))
		return either.ready;
	context_note_socket_next(first);
	context_note_socket_next(second);
	case_over(FAIL, "waited %g s for something to come to %s or to %s; nothing came",
		wait_seconds(), address_text(&locals[0], texts[0]),
		address_text(&locals[1], texts[1]));
}

void case_expect_nothing_to_accept(const struct place *place, const struct endpoint *listener)
{
	context_at(place);
	must_settle();
	struct address local = endpoint_local(listener);
	char text[ADDRESS_TEXT];
	if (!expect_that(!is_ready(listener), "expected no connection to accept at %s, found one",
		    address_text(&local, text)))
		context_note_received(listener, UINT64_MAX, (struct bytes){0});
}

/* Datagrams that were sent to a socket, and what became of them so far. */
struct delivery {
	struct endpoint *receiver;
	const char *group; /* of the counters of its protocol */
	size_t sent, received;
	int64_t dropped;
};

/* Received comes first: what then is neither that nor dropped is still on its way. */
static bool is_accounted_for(void *argument)
{
	struct delivery *delivery = argument;
	char byte;
	size_t length;
	int cause;

	while ((cause = endpoint_receive_now(delivery->receiver, &byte, 1, 0, &length)) == 0)
		delivery->received++;
	if (cause != EAGAIN)
		must_succeed(format("recv, after %zu datagrams", delivery->received), cause);
	delivery->dropped = case_counter(context.place, delivery->group, "RcvbufErrors");
	return (int64_t)delivery->received + delivery->dropped >= (int64_t)delivery->sent;
}

size_t case_count_received(const struct place *place, struct endpoint *receiver, size_t sent)
{
	struct delivery delivery = {.receiver = receiver,
		.group = receiver->ip_protocol == IPPROTO_UDPLITE ? "UdpLite" : "Udp",
		.sent = sent};
	struct wait wait = {.met = is_accounted_for,
		.argument = &delivery,
		.descriptor = -1,
		.asks_kernel = true};

	context_at(place);
	if (!wait_for(&wait)) {
		context_note_socket_next(receiver);
		case_over(FAIL,
			"waited %g s for %zu datagrams to be received or dropped (%s "
			"RcvbufErrors); found %zu received, %lld dropped",
			wait_seconds(), sent, delivery.group, delivery.received,
			(long long)delivery.dropped);
	}
	return delivery.received;
}

/* An entry of a socket's error queue (ip(7) IP_RECVERR). */
struct queued_error {
	const struct endpoint *endpoint;
	int cause; /* of the call that reads it; 0: the rest is there */
	struct sock_extended_err error;
	struct address target; /* where the datagram was sent to */
	unsigned char payload[2048];
	size_t length;
};

static void take_extended_error(struct msghdr *message, struct queued_error *queued)
{
	for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part != NULL;
		part = CMSG_NXTHDR(message, part))
		if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR &&
			part->cmsg_len >= CMSG_LEN(sizeof queued->error))
			memcpy(&queued->error, CMSG_DATA(part), sizeof queued->error);
}

static bool is_queued(void *argument)
{
	struct queued_error *queued = argument;
	struct sockaddr_storage target = {0};
	struct iovec into = {queued->payload, sizeof queued->payload};
	union {
		struct cmsghdr header;
		char room[512];
	} control = {.room = ""};
	struct msghdr message = {.msg_name = &target,
		.msg_namelen = sizeof target,
		.msg_iov = &into,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control};

	ssize_t length = recvmsg(queued->endpoint->descriptor, &message, MSG_ERRQUEUE);
	queued->cause = length < 0 ? errno : 0;
	if (length < 0)
		return queued->cause != EAGAIN;
	queued->length = (size_t)length;
	queued->target = address_from_socket(&target);
	take_extended_error(&message, queued);
	return true;
}

static const char *origin_text(unsigned origin)
{
	return origin == SO_EE_ORIGIN_ICMP ? "by ICMP" : format("of origin %u", origin);
}

static void describe_queued(struct buffer *out, const struct queued_error *queued)
{
	char target[ADDRESS_TEXT];

	if (queued->cause != 0) {
		buffer_printf(out, "%s", outcome_text(queued->cause));
		return;
	}
	buffer_printf(out, "%s %s about a datagram to %s ",
		outcome_text((int)queued->error.ee_errno), origin_text(queued->error.ee_origin),
		address_text(&queued->target, target));
	text_quote(out, (struct bytes){queued->payload, queued->length}, 60);
}

void case_expect_queued_error(const struct place *place, const struct endpoint *endpoint, int cause,
	const char *host, uint16_t port, const char *text)
{
	struct queued_error queued = {.endpoint = endpoint};
	struct wait wait = {
		.met = is_queued, .argument = &queued, .descriptor = -1, .asks_kernel = true};
	char target_text[ADDRESS_TEXT];
	struct address target;
	struct buffer found;

	context_at(place);
	context_port(port);
	if (!address_parse(&target, host, port))
		case_over(BROKEN, "%s is not a numeric address", host);
	if (!wait_for(&wait))
		queued.cause = NO_ANSWER;
	bool held = queued.cause == 0 && queued.error.ee_errno == (uint32_t)cause &&
		    queued.error.ee_origin == SO_EE_ORIGIN_ICMP &&
		    address_equal(&queued.target, &target) &&
		    bytes_equal((struct bytes){queued.payload, queued.length}, bytes_of(text));
	buffer_init(&found, 1024);
	buffer_printf(&found, "error queue: expected %s by ICMP about a datagram to %s ",
		outcome_text(cause), address_text(&target, target_text));
	text_quote(&found, bytes_of(text), 60);
	buffer_printf(&found, ", found ");
	describe_queued(&found, &queued);
	if (!expect_text(held, buffer_text(&found)))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
	buffer_free(&found);
}
