/* Verbs about the CAN bus. */
#include "verbs/can.h"

#include "base/text.h"
#include "verbs/call_result.h"
#include "verbs/net_table.h"
#include "worker/context.h"
#include "worker/endpoint.h"
#include "worker/wait.h"

#include <errno.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

struct endpoint *case_open_can(const struct place *place, const char *interface)
{
	struct sockaddr_can address = {.can_family = AF_CAN};

	context_at(place);
	struct endpoint *endpoint = endpoint_new();
	endpoint->type = SOCK_RAW;
	endpoint->descriptor = socket(AF_CAN, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, CAN_RAW);
	address.can_ifindex = (int)if_nametoindex(interface);
	if (endpoint->descriptor < 0 || address.can_ifindex == 0 ||
		bind(endpoint->descriptor, (struct sockaddr *)&address, sizeof address) != 0)
		case_over(BROKEN, "CAN socket on %s: %s", interface, strerror(errno));
	return endpoint;
}

/* Sockets that take frames from an interface, and how many there are to be. */
struct listeners {
	const char *interface;
	size_t wanted, found;
};

/* Each socket that takes all frames has a line with the interface's name (can.rst 6.4). */
static bool is_of_interface(const char *line, const void *interface)
{
	char name[32];

	return sscanf(line, " %31s", name) == 1 && strcmp(name, interface) == 0;
}

static bool are_listening(void *argument)
{
	struct listeners *listeners = argument;

	listeners->found =
		net_table_count("/proc/net/can/rcvlist_all", is_of_interface, listeners->interface);
	return listeners->found >= listeners->wanted;
}

void case_until_listening_can(const struct place *place, const char *interface, size_t sockets)
{
	struct listeners listeners = {.interface = interface, .wanted = sockets};
	struct wait wait = {.met = are_listening,
		.argument = &listeners,
		.descriptor = -1,
		.asks_kernel = true};

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %zu sockets on %s, found %zu", wait_seconds(),
			sockets, interface, listeners.found);
}

/* "12A "hello"" */
static void describe_frame(struct buffer *out, uint32_t identifier, struct bytes data)
{
	buffer_printf(out, "%03X ", identifier);
	text_quote(out, data, TEXT_SHOWN_IN_SENTENCE);
}

void case_expect_can_frame(
	const struct place *place, struct endpoint *endpoint, uint32_t identifier, const char *text)
{
	struct can_frame frame = {0};
	struct buffer found;
	size_t length = 0;

	context_at(place);
	int cause = endpoint_receive_once(endpoint, &frame, sizeof frame, 0, &length, NULL);
	struct bytes data = {frame.data, frame.can_dlc <= 8 ? frame.can_dlc : 8};
	bool equal = cause == 0 && length == sizeof frame && frame.can_id == identifier &&
		     bytes_equal(data, bytes_of(text));
	buffer_init(&found, 1024);
	describe_frame(&found, identifier, bytes_of(text));
	buffer_printf(&found, ", found ");
	if (cause != 0)
		buffer_printf(&found, "%s", call_result_text(cause));
	else
		describe_frame(&found, frame.can_id, data);
	expect_that(equal, "CAN frame: expected %s", buffer_text(&found));
	buffer_free(&found);
}
