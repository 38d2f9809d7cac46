/* Verbs about what this machine has: families of sockets, interfaces, settings, the CAN bus. */
#include "verbs/wirecheck.h"

#include "base/edit_distance.h"
#include "kernel/network.h"
#include "kernel/sysctls.h"
#include "worker/wait.h"

#include <errno.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

	context_at(place);
	int descriptor = socket(AF_INET, type | SOCK_CLOEXEC, protocol_number(protocol));
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

void case_set_mtu(const struct place *place, int mtu)
{
	struct error error;

	context_at(place);
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it changes the MTU of the loopback interface");
	must(network_set_mtu((unsigned)mtu, &error), &error);
}

/* Room for the name of a setting, and how many letters of one may be wrong. */
#define SETTING_ROOM     128
#define MISSPELT_LETTERS 2

/* "net.ipv4.tcp_fastopen" as a path below /proc/sys/net; one that leads out of it is refused. */
static void setting_path(const char *name, char path[SETTING_ROOM])
{
	static const char beginning[] = "net.";
	size_t skipped = sizeof beginning - 1;

	if (strncmp(name, beginning, skipped) != 0 || strlen(name) >= SETTING_ROOM ||
		strstr(name, "..") != NULL || strchr(name, '/') != NULL || name[skipped] == '.')
		case_over(BROKEN, "%s is not the name of a setting such as net.ipv4.tcp_fastopen",
			name);
	size_t length = strlen(name + skipped);
	for (size_t i = 0; i <= length; i++)
		path[i] = name[skipped + i] == '.' ? '/' : name[skipped + i];
}

/* A kernel can lack it, or have one for the whole machine, which no sandbox shows. */
static void must_have_setting(const char *name, const char *path)
{
	char nearest[NAME_MAX + 1];

	if (sysctl_exists(path, nearest))
		return;
	const char *last = strrchr(name, '.') + 1;
	if (nearest[0] != '\0' && edit_distance(last, nearest) <= MISSPELT_LETTERS)
		case_over(BROKEN,
			"no setting %s in this sandbox, which has %.*s%s: is it misspelt?", name,
			(int)(last - name), name, nearest);
	case_over(SKIP, "no setting %s in a sandbox of this kernel", name);
}

/*
 * What the machine does not let be done: /proc/sys is read-only, as in containers, or masked, or
 * the value names what this kernel lacks, as a congestion control.
 */
static bool is_refused_by_machine(int cause)
{
	return cause == EACCES || cause == EPERM || cause == EROFS || cause == ENOENT;
}

void case_set_sysctl(const struct place *place, const char *name, const char *value)
{
	char path[SETTING_ROOM];

	context_at(place);
	setting_path(name, path);
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it sets %s", name);
	must_have_setting(name, path);
	int cause = sysctl_write(path, value);
	if (is_refused_by_machine(cause))
		case_over(SKIP, "%s cannot be set to \"%s\" on this machine: %s", name, value,
			strerror(cause));
	if (cause != 0)
		case_over(BROKEN, "%s does not take \"%s\": %s", name, value, strerror(cause));
}

/* Where it cannot be set, a slow machine is not guarded against. */
void case_keep_time_wait(const struct place *place)
{
	context_at(place);
	if (!context.settings->isolated)
		return;
	int cause = sysctl_write("ipv4/tcp_rfc1337", "1");
	if (cause != 0 && !is_refused_by_machine(cause))
		case_over(BROKEN, "set net.ipv4.tcp_rfc1337: %s", strerror(cause));
}

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
