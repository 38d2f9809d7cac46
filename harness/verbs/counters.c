/* Verbs about the kernel's counters, of /proc/net/snmp and netstat, since the case began. */
#include "verbs/counters.h"

#include "verbs/counted.h"
#include "worker/context.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <inttypes.h>
#include <stdbool.h>

int64_t case_counter(const struct place *place, const char *group, const char *name)
{
	context_at(place);
	return counted(group, name);
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

void case_expect_counter(
	const struct place *place, const char *group, const char *name, int64_t expected)
{
	struct awaited_counter awaited = {.group = group, .name = name, .expected = expected};

	context_at(place);
	if (wait_for_programs(has_counted, &awaited))
		must_settle();
	(void)has_counted(&awaited);
	expect_that(awaited.found == expected, "%s %s: expected %" PRId64 ", found %" PRId64, group,
		name, expected, awaited.found);
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
