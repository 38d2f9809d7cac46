/* Verbs that change the network of the sandbox. */
#include "verbs/network_setup.h"

#include "base/edit_distance.h"
#include "kernel/network.h"
#include "kernel/sysctls.h"
#include "verbs/numeric_address.h"
#include "worker/context.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

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
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it adds %s to its network", host);
	return numeric_address(host, 0);
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
