/* Verbs by which a socket of the case loses what comes to it. */
#include "verbs/incoming.h"

#include "verbs/call_result.h"
#include "worker/context.h"
#include "worker/endpoint.h"

#include <errno.h>
#include <linux/filter.h>
#include <sys/socket.h>

void case_drop_incoming(const struct place *place, struct endpoint *endpoint)
{
	/* The filter's one instruction: of each packet, keep 0 bytes. */
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog filter = {.len = 1, .filter = &nothing};

	context_at(place);
	int done = setsockopt(
		endpoint->descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter);
	must_succeed("setsockopt(SO_ATTACH_FILTER)", done == 0 ? 0 : errno);
}

void case_take_incoming(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	must_succeed("setsockopt(SO_DETACH_FILTER)",
		endpoint_set_option(endpoint, SOL_SOCKET, SO_DETACH_FILTER, 0));
}
