/* Verbs about the connections that wait at a listener of the case. */
#include "verbs/accepting.h"

#include "verbs/call_result.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

struct endpoint *case_accept_from(const struct place *place, struct endpoint *listener)
{
	context_at(place);
	struct endpoint *accepted = endpoint_new();
	int cause = endpoint_accept(listener, accepted);
	if (cause != 0)
		context_note_socket_next(listener);
	must_succeed("accept", cause);
	return accepted;
}

/* Connections to come into a listener's queue. */
struct backlog {
	const struct endpoint *listener;
	unsigned wanted, found;
};

/* Of a listener, tcpi_unacked is the length of the queue that accept(2) takes from. */
static bool is_queued(void *argument)
{
	struct backlog *backlog = argument;
	struct tcp_info info = {0};
	socklen_t size = sizeof info;

	if (getsockopt(backlog->listener->descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
		case_over(BROKEN, "getsockopt(TCP_INFO): %s", strerror(errno));
	backlog->found = info.tcpi_unacked;
	return backlog->found >= backlog->wanted;
}

void case_until_queued(const struct place *place, struct endpoint *listener, unsigned count)
{
	context_at(place);
	struct backlog backlog = {.listener = listener, .wanted = count};
	struct wait wait = {
		.met = is_queued, .argument = &backlog, .descriptor = -1, .asks_kernel = true};

	struct address local = endpoint_local(listener);
	char text[ADDRESS_TEXT];

	if (!wait_for(&wait)) {
		context_note_socket_next(listener);
		case_over(FAIL, "waited %g s for %u connections to accept at %s; found %u",
			wait_seconds(), count, address_text(&local, text), backlog.found);
	}
}

void case_expect_nothing_to_accept(const struct place *place, const struct endpoint *listener)
{
	context_at(place);
	must_settle();
	struct address local = endpoint_local(listener);
	char text[ADDRESS_TEXT];
	if (!expect_that(!endpoint_is_ready(listener),
		    "expected no connection to accept at %s, found one",
		    address_text(&local, text)))
		context_note_received(listener, UINT64_MAX, (struct bytes){0});
}
