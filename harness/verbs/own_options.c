/* Verbs about the options of a socket of the case, its port and its descriptor. */
#include "verbs/own_options.h"

#include "verbs/call_result.h"
#include "verbs/numeric_address.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

void case_set_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value)
{
	context_at(place);
	must_succeed("setsockopt", endpoint_set_option(endpoint, level, name, value));
}

void case_expect_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value)
{
	int found = 0;

	context_at(place);
	int cause = endpoint_get_option(endpoint, level, name, &found);
	expect_that(cause == 0 && found == value, "getsockopt: expected %d, found %s", value,
		cause == 0 ? format("%d", found) : call_result_text(cause));
}

/* The level, the option and its value differ by family. */
static int add_membership(int descriptor, const struct address *group)
{
	struct ip_mreqn request = {.imr_ifindex = (int)if_nametoindex("lo")};
	struct ipv6_mreq request6 = {.ipv6mr_interface = if_nametoindex("lo")};

	memcpy(&request.imr_multiaddr, group->ip, sizeof request.imr_multiaddr);
	memcpy(&request6.ipv6mr_multiaddr, group->ip, sizeof request6.ipv6mr_multiaddr);
	return group->version == 6 ? setsockopt(descriptor, IPPROTO_IPV6, IPV6_JOIN_GROUP,
					     &request6, sizeof request6)
				   : setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request,
					     sizeof request);
}

void case_join_group(const struct place *place, struct endpoint *endpoint, const char *group)
{
	context_at(place);
	struct address address = numeric_address(group, 0);
	int joined = add_membership(endpoint->descriptor, &address);
	must_succeed(format("join %s", group), joined == 0 ? 0 : errno);
}

uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint)
{
	context_at(place);
	uint16_t port = endpoint_local(endpoint).port;
	if (port == 0)
		case_over(BROKEN, "the socket has no port yet");
	context_port(port);
	return port;
}

void case_make_blocking(const struct place *place, struct endpoint *endpoint)
{
	context_at(place);
	int flags = fcntl(endpoint->descriptor, F_GETFL);
	if (flags < 0 || fcntl(endpoint->descriptor, F_SETFL, flags & ~O_NONBLOCK) != 0)
		case_over(BROKEN, "fcntl: %s", call_result_text(errno));
}

int case_descriptor_of(const struct endpoint *endpoint)
{
	return endpoint->descriptor;
}
