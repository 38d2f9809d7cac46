/*
 * Packets on the host's loopback that hold several segments or datagrams. Where a verdict would
 * depend on them, the case is BROKEN.
 */
#include "worker/joined_packets.h"

#include "kernel/offload.h"
#include "worker/context.h"

#include <inttypes.h>

bool joined_packets_watch(struct error *error)
{
	bool joins;

	return offload_joins(&joins, error) &&
	       (!joins || gso_watch_open(&context.gso_watch, error));
}

/* What is joined into one packet, what joins it, and the option of ethtool(8) that ends this. */
struct joined {
	const char *name, *cause, *remedy;
};

static const struct joined joined_of[] = {
	[TCP] = {"segments", "TCP segmentation offload", "tso off"},
	[UDP] = {"datagrams", "UDP_SEGMENT", "tx-udp-segmentation off"},
};

/* `has`: such packets were seen. */
static void must_tell_apart(enum protocol protocol, uint16_t port, bool has)
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
			"(%s), and nobody knows on which ports; run in a sandbox, or have the host "
			"send each by itself: ethtool -K lo %s",
			missed, joined->name, joined->cause, joined->remedy);
}

void must_tell_datagrams_apart(uint16_t port)
{
	must_tell_apart(UDP, port, gso_watch_has(&context.gso_watch, UDP, port));
}

/* Both ports must have had such packets: hardly any other connection has the same client port. */
void must_tell_segments_apart(const struct connection *connection)
{
	uint16_t client = connection->streams[CLIENT].address.port;
	uint16_t server = connection->streams[SERVER].address.port;

	must_tell_apart(TCP, server,
		gso_watch_has(&context.gso_watch, TCP, client) &&
			gso_watch_has(&context.gso_watch, TCP, server));
}
