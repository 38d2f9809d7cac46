/* Verbs about figures and the kernel's counters, and about the interface that the case runs on. */
#include "wirecheck.h"

#include "counters.h"
#include "wait.h"

#include <errno.h>
#include <inttypes.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* A counter's value above what it was when the case began: in a sandbox, above zero. */
static int64_t counted(const char *group, const char *name)
{
	struct counters now;
	struct error error;
	int64_t value = 0, before = 0;

	must(counters_read(&now, &error), &error);
	if (!counters_get(&now, group, name, &value))
		case_over(SKIP, "this kernel has no counter %s %s", group, name);
	if (context.counters != NULL)
		counters_get(context.counters, group, name, &before);
	return value - before;
}

int64_t case_counter(const struct place *place, const char *group, const char *name)
{
	context_at(place);
	return counted(group, name);
}

void case_expect_counter(
	const struct place *place, const char *group, const char *name, int64_t expected)
{
	context_at(place);
	int64_t found = counted(group, name);
	expect_that(found == expected, "%s %s: expected %" PRId64 ", found %" PRId64, group, name,
		expected, found);
}

struct awaited_counter {
	const char *group, *name;
	int64_t expected, found;
};

static bool has_counted(void *argument)
{
	struct awaited_counter *awaited = argument;

	awaited->found = counted(awaited->group, awaited->name);
	return awaited->found >= awaited->expected;
}

void case_until_counter(
	const struct place *place, const char *group, const char *name, int64_t expected)
{
	struct awaited_counter awaited = {.group = group, .name = name, .expected = expected};
	struct wait wait = {
		.met = has_counted, .argument = &awaited, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "waited %g s for %s %s to be at least %" PRId64 ", found %" PRId64,
			wait_seconds(), group, name, expected, awaited.found);
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

void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high)
{
	context_at(place);
	expect_that(found >= low && found <= high,
		"%s: expected %" PRId64 " to %" PRId64 ", found %" PRId64, figure, low, high,
		found);
}

void case_record(const struct place *place, const char *text)
{
	context_at(place);
	results_note(context.results, place, text);
}
