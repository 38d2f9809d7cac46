/* Verbs about what this machine has: families of sockets, interfaces and their MTU, the CAN bus. */
#include "wirecheck.h"

#include "network.h"
#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

void case_need_ipv6(const struct place *place)
{
	struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int descriptor = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	context_at(place);
	bool there = descriptor >= 0 &&
		     bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
	if (descriptor >= 0)
		close(descriptor);
	if (!there)
		case_over(SKIP, "this machine has no IPv6 on its loopback");
}

void case_need_unprivileged(const struct place *place)
{
	context_at(place);
	if (!context.settings->isolated && geteuid() == 0)
		case_over(SKIP, "needs a sandbox: root's programs have all capabilities");
}

void case_need_family(const struct place *place, int family, const char *name)
{
	context_at(place);
	int type = family == AF_CAN ? SOCK_RAW : family == AF_RDS ? SOCK_SEQPACKET : SOCK_DGRAM;
	int descriptor = socket(family, type | SOCK_CLOEXEC, family == AF_CAN ? CAN_RAW : 0);
	if (descriptor < 0)
		case_over(SKIP, "this kernel has no %s: %s", name, strerror(errno));
	close(descriptor);
}

void case_need_protocol(const struct place *place, enum protocol protocol)
{
	int type = protocol == TCP ? SOCK_STREAM : SOCK_DGRAM;
	int descriptor = socket(AF_INET, type | SOCK_CLOEXEC, protocol_number(protocol));

	context_at(place);
	if (descriptor < 0)
		case_over(SKIP, "this kernel has no %s: %s", protocol_name(protocol),
			strerror(errno));
	close(descriptor);
}

void case_add_interface(const struct place *place, const char *name, const char *kind)
{
	struct error error;

	context_at(place);
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it adds the interface %s", name);
	int cause = network_new_link(name, kind);
	if (cause != 0)
		case_over(SKIP, "this kernel makes no %s interface: %s", kind, strerror(cause));
	must(network_interface_up(name, &error), &error);
}

/* The address that a verb is to add to the sandbox. */
static struct address address_to_add(const char *host)
{
	struct address address;

	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it adds %s to its network", host);
	if (!address_parse(&address, host, 0))
		case_over(BROKEN, "%s is not a numeric address", host);
	return address;
}

void case_add_address(const struct place *place, const char *host)
{
	struct error error;

	context_at(place);
	struct address address = address_to_add(host);
	must(network_add_address(&address, &error), &error);
}

void case_add_host(const struct place *place, const char *host)
{
	struct error error;

	context_at(place);
	struct address address = address_to_add(host);
	must(network_add_host(&address, &error), &error);
}

void case_add_route(const struct place *place, const char *prefix)
{
	char host[64] = "";
	unsigned bits;
	struct error error;

	context_at(place);
	if (sscanf(prefix, "%63[0-9a-fA-F.:]/%u", host, &bits) != 2)
		case_over(BROKEN, "%s is not a prefix such as 198.51.100.0/24", prefix);
	struct address address = address_to_add(host);
	if (bits > (address.version == 6 ? 128u : 32u))
		case_over(BROKEN, "%s is longer than an address", prefix);
	must(network_add_route(&address, bits, &error), &error);
}

static void interface_request(struct ifreq *request, unsigned long number, const char *what)
{
	int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (descriptor < 0)
		case_over(BROKEN, "socket: %s", strerror(errno));
	snprintf(request->ifr_name, sizeof request->ifr_name, "lo");
	int done = ioctl(descriptor, number, request);
	int cause = errno;
	close(descriptor);
	if (done != 0)
		case_over(BROKEN, "%s: %s", what, strerror(cause));
}

static void switch_off(uint32_t command, const char *what)
{
	struct ethtool_value value = {.cmd = command, .data = 0};
	struct ifreq request = {.ifr_data = (char *)&value};

	interface_request(&request, SIOCETHTOOL, what);
}

void case_set_mtu(const struct place *place, int mtu)
{
	struct ifreq request = {.ifr_mtu = mtu};

	context_at(place);
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it changes the MTU of the loopback interface");
	interface_request(&request, SIOCSIFMTU, "set the MTU of lo");
	switch_off(ETHTOOL_STSO, "switch TCP segmentation offload off");
	switch_off(ETHTOOL_SGSO, "switch generic segmentation offload off");
	switch_off(ETHTOOL_SGRO, "switch generic receive offload off");
}

void case_keep_time_wait(const struct place *place)
{
	static const char path[] = "/proc/sys/net/ipv4/tcp_rfc1337";

	context_at(place);
	/* A container's /proc/sys may be read-only: then a slow machine is not guarded against. */
	if (!context.settings->isolated || faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
		return;
	int file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0 || write(file, "1", 1) != 1 || close(file) != 0)
		case_over(BROKEN, "write %s: %s", path, strerror(errno));
}

struct endpoint *case_open_can(const struct place *place, const char *interface)
{
	struct sockaddr_can address = {.can_family = AF_CAN};

	context_at(place);
	struct endpoint *endpoint = endpoint_new();
	endpoint->protocol = UDP;
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
static bool are_listening(void *argument)
{
	struct listeners *listeners = argument;
	char line[256], name[32];
	FILE *table = fopen("/proc/net/can/rcvlist_all", "re");

	listeners->found = 0;
	if (table == NULL)
		case_over(BROKEN, "open /proc/net/can/rcvlist_all: %s", strerror(errno));
	while (fgets(line, sizeof line, table) != NULL)
		listeners->found +=
			sscanf(line, " %31s", name) == 1 && strcmp(name, listeners->interface) == 0;
	fclose(table);
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

void case_expect_can_frame(
	const struct place *place, struct endpoint *endpoint, uint32_t identifier, const char *text)
{
	struct can_frame frame = {0};
	size_t length = 0;

	context_at(place);
	int cause = endpoint_receive_once(endpoint, &frame, sizeof frame, 0, &length, NULL);
	bool equal = cause == 0 && length == sizeof frame && frame.can_id == identifier &&
		     frame.can_dlc == strlen(text) && memcmp(frame.data, text, frame.can_dlc) == 0;
	expect_that(equal, "CAN frame: expected %03X %s, found %s", identifier, text,
		cause != 0 ? outcome_text(cause)
			   : format("%03X %.*s", frame.can_id,
				     frame.can_dlc <= 8 ? frame.can_dlc : 8, (char *)frame.data));
}
