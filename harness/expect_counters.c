/* Verbs about the kernel's counters. */
#include "wirecheck.h"

#include "counters.h"
#include "settle.h"
#include "wait.h"

#include <inttypes.h>

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
