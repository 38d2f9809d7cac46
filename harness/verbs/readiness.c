/* The verb that waits at two sockets of the case at once. */
#include "verbs/readiness.h"

#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <stdbool.h>

/* Two sockets, one of which is to have something to receive or to accept. */
struct either {
	struct endpoint *first, *second, *ready;
};

static bool is_either_ready(void *argument)
{
	struct either *either = argument;

	if (endpoint_is_ready(either->first))
		either->ready = either->first;
	else if (endpoint_is_ready(either->second))
		either->ready = either->second;
	return either->ready != NULL;
}

struct endpoint *case_until_either_ready(
	const struct place *place, struct endpoint *first, struct endpoint *second)
{
	context_at(place);
	struct either either = {.first = first, .second = second};
	struct wait wait = {
		.met = is_either_ready, .argument = &either, .descriptor = -1, .asks_kernel = true};

	struct address locals[2] = {endpoint_local(first), endpoint_local(second)};
	char texts[2][ADDRESS_TEXT];

	if (wait_for(&wait))
		return either.ready;
	context_note_socket_next(first);
	context_note_socket_next(second);
	case_over(FAIL, "waited %g s for something to come to %s or to %s; nothing came",
		wait_seconds(), address_text(&locals[0], texts[0]),
		address_text(&locals[1], texts[1]));
}
