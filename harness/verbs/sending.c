/* Verbs that send from a socket of the case. */
#include "verbs/sending.h"

#include "verbs/call_result.h"
#include "verbs/numeric_address.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <errno.h>
#include <linux/sockios.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

size_t case_fill(const struct place *place, struct endpoint *endpoint, struct bytes from)
{
	size_t total = 0;
	int cause = 0;

	context_at(place);
	while (cause == 0 && total < from.length) {
		size_t sent, rest = from.length - total;
		struct bytes part = {from.data + total, rest < 65536 ? rest : 65536};
		cause = endpoint_send_now(endpoint, part, 0, &sent);
		total += sent;
		wait_collect();
	}
	if (cause == 0)
		case_over(FAIL, "send: expected %s, found that it took all %zu bytes",
			call_result_text(EAGAIN), from.length);
	if (cause != EAGAIN) {
		context_note_socket_next(endpoint);
		must_succeed(format("send, after %zu bytes", total), cause);
	}
	return total;
}

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

static void send_whole(
	struct endpoint *endpoint, struct bytes what, int flags, const struct address *remote)
{
	size_t sent;
	int cause = endpoint_send(endpoint, what, flags, remote, &sent);

	if (cause == 0)
		return;
	context_note_socket_next(endpoint);
	must_succeed(format("send, after %zu of %zu bytes", sent, what.length), cause);
}

void case_send_bytes(const struct place *place, struct endpoint *endpoint, struct bytes bytes)
{
	context_at(place);
	send_whole(endpoint, bytes, 0, NULL);
}

void case_send_text(const struct place *place, struct endpoint *endpoint, const char *text)
{
	case_send_bytes(place, endpoint, bytes_of(text));
}

void case_send_urgent(const struct place *place, struct endpoint *endpoint, const char *text)
{
	context_at(place);
	send_whole(endpoint, bytes_of(text), MSG_OOB, NULL);
}

void case_send_bytes_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, struct bytes bytes)
{
	context_at(place);
	context_port(port);
	const struct address remote = numeric_address(host, port);
	send_whole(endpoint, bytes, 0, &remote);
}

void case_send_text_to(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, const char *text)
{
	case_send_bytes_to(place, endpoint, host, port, bytes_of(text));
}

void case_expect_send_error(
	const struct place *place, struct endpoint *endpoint, struct bytes bytes, int error_number)
{
	size_t sent;

	context_at(place);
	int found = endpoint_send_now(endpoint, bytes, 0, &sent);
	if (!expect_that(found == error_number, "send of %zu bytes: expected %s, found %s",
		    bytes.length, call_result_text(error_number), call_result_text(found)))
		context_note_received(endpoint, UINT64_MAX, (struct bytes){0});
}

/* A socket's bytes that its peer's kernel has not acknowledged yet. */
struct unacknowledged {
	const struct endpoint *endpoint;
	int length;
};

static bool is_acknowledged(void *argument)
{
	struct unacknowledged *rest = argument;

	if (ioctl(rest->endpoint->descriptor, SIOCOUTQ, &rest->length) != 0)
		case_over(BROKEN, "ioctl(SIOCOUTQ): %s", strerror(errno));
	return rest->length == 0;
}

void case_until_acknowledged(const struct place *place, struct endpoint *endpoint)
{
	struct unacknowledged rest = {.endpoint = endpoint};
	struct wait wait = {
		.met = is_acknowledged, .argument = &rest, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	if (!wait_for(&wait)) {
		context_note_socket_next(endpoint);
		case_over(FAIL, "waited %g s for ACKs of all that was sent, found %d bytes without",
			wait_seconds(), rest.length);
	}
}
