/* Verbs about ICMP errors: on the wire, and as a socket of the case hears of them. */
#include "verbs/icmp_errors.h"

#include "base/text.h"
#include "verbs/call_result.h"
#include "verbs/numeric_address.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/joined_packets.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <errno.h>
#include <linux/errqueue.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

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
		buffer_printf(out, "%s", call_result_text(queued->cause));
		return;
	}
	buffer_printf(out, "%s %s about a datagram to %s ",
		call_result_text((int)queued->error.ee_errno), origin_text(queued->error.ee_origin),
		address_text(&queued->target, target));
	text_quote(out, (struct bytes){queued->payload, queued->length}, TEXT_SHOWN_IN_SENTENCE);
}

void case_expect_queued_error(const struct place *place, const struct endpoint *endpoint,
	int error_number, const char *host, uint16_t port, const char *text)
{
	struct queued_error queued = {.endpoint = endpoint};
	struct wait wait = {
		.met = is_queued, .argument = &queued, .descriptor = -1, .asks_kernel = true};
	char target_text[ADDRESS_TEXT];
	struct buffer found;

	context_at(place);
	context_port(port);
	const struct address target = numeric_address(host, port);
	if (!wait_for(&wait))
		queued.cause = NO_ANSWER;
	bool held = queued.cause == 0 && queued.error.ee_errno == (uint32_t)error_number &&
		    queued.error.ee_origin == SO_EE_ORIGIN_ICMP &&
		    address_equal(&queued.target, &target) &&
		    bytes_equal((struct bytes){queued.payload, queued.length}, bytes_of(text));
	buffer_init(&found, 1024);
	buffer_printf(&found, "error queue: expected %s by ICMP about a datagram to %s ",
		call_result_text(error_number), address_text(&target, target_text));
	text_quote(&found, bytes_of(text), TEXT_SHOWN_IN_SENTENCE);
	buffer_printf(&found, ", found ");
	describe_queued(&found, &queued);
	if (!expect_text(held, buffer_text(&found)))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
	buffer_free(&found);
}

/* Whether the datagram is the one that the error is about: a quote may be cut (RFC 1122 3.2.2). */
static bool is_quoted(const struct icmp_error *icmp, const struct datagram *datagram)
{
	return datagram->protocol == icmp->protocol &&
	       address_equal(&datagram->from, &icmp->sender) &&
	       address_equal(&datagram->to, &icmp->target) &&
	       icmp->quoted.length <= datagram->payload.length &&
	       (icmp->quoted.length == 0 ||
		       memcmp(icmp->quoted.data, datagram->payload.data, icmp->quoted.length) == 0);
}

static bool quotes_a_datagram(const struct icmp_error *icmp)
{
	const struct datagrams *all = &context.wire.datagrams;

	for (size_t i = 0; i < all->count; i++)
		if (is_quoted(icmp, all->list[i]))
			return true;
	return false;
}

static void expect_icmp_error(struct icmp_error *icmp, uint16_t port, unsigned type, unsigned code)
{
	bool is_datagram = icmp->protocol == IPPROTO_UDP || icmp->protocol == IPPROTO_UDPLITE;
	bool quotes = !is_datagram || quotes_a_datagram(icmp);
	bool held = quotes && icmp->type == type && icmp->code == code;
	struct buffer text;

	icmp->looked_at = true;
	buffer_init(&text, 1024);
	buffer_printf(&text,
		"ICMP error about a packet to port %u: expected type %u code %u, found type %u "
		"code %u",
		port, type, code, icmp->type, icmp->code);
	if (!quotes) {
		buffer_printf(&text, ", quoting a datagram that was not sent: ");
		text_quote(&text, icmp->quoted, TEXT_SHOWN_IN_SENTENCE);
	}
	expect_text(held, buffer_text(&text));
	context_note(icmp->packet, held);
	buffer_free(&text);
}

/* An ICMP error to come. */
struct awaited_error {
	uint16_t port;
	struct icmp_error *found;
};

static enum outlook look_for_error(void *argument)
{
	const struct datagrams *all = &context.wire.datagrams;
	struct awaited_error *awaited = argument;

	for (size_t i = 0; awaited->found == NULL && i < all->error_count; i++)
		if (!all->errors[i]->looked_at && all->errors[i]->target.port == awaited->port)
			awaited->found = all->errors[i];
	return awaited->found != NULL ? AS_EXPECTED : NOT_YET;
}

/* The last packet that such an error could be about. */
static void note_last_to(uint16_t port)
{
	const struct datagrams *datagrams = &context.wire.datagrams;
	const struct connections *connections = &context.wire.connections;

	for (size_t i = datagrams->count; i > 0; i--)
		if (datagrams->list[i - 1]->to.port == port) {
			context_note(datagrams->list[i - 1]->packets[0], false);
			return;
		}
	for (size_t i = connections->count; i > 0; i--)
		if (connection_has_port(connections->list[i - 1], port)) {
			context_note(
				connection_last_packet(connections->list[i - 1], CLIENT), false);
			return;
		}
}

void case_expect_icmp(const struct place *place, uint16_t port, unsigned type, unsigned code)
{
	struct awaited_error awaited = {.port = port};

	context_at(place);
	context_port(port);
	enum outlook outlook = settle_until(look_for_error, &awaited);
	must_tell_datagrams_apart(port);
	if (outlook == AS_EXPECTED) {
		expect_icmp_error(awaited.found, port, type, code);
		return;
	}
	expect_that(false, "expected ICMP type %u code %u about a packet to port %u, found none",
		type, code, port);
	note_last_to(port);
}

/* Bytes of a quoted datagram that a message shows. */
