/* Verbs about the kernel's counters. */
#include "verbs/wirecheck.h"

#include "kernel/counters.h"
#include "wire/reset_cause.h"
#include "worker/settle.h"
#include "worker/wait.h"

#include <inttypes.h>

/*
 * A counter's value above what it was when the case began: in a sandbox, above zero. False when the
 * kernel has none of that name.
 */
static bool grown(const struct counters *now, const char *group, const char *name, int64_t *by)
{
	int64_t before = 0;

	*by = 0;
	if (!counters_get(now, group, name, by))
		return false;
	if (context.counters != NULL)
		counters_get(context.counters, group, name, &before);
	*by -= before;
	return true;
}

static int64_t counted(const char *group, const char *name)
{
	struct counters now;
	struct error error;
	int64_t by;

	must(counters_read(&now, &error), &error);
	if (!grown(&now, group, name, &by))
		case_over(SKIP, "this kernel has no counter %s %s", group, name);
	return by;
}

const char *reset_text(const struct connection *connection)
{
	struct reset_counts counts;
	struct counters now;
	struct error error;
	struct buffer why;

	must(counters_read(&now, &error), &error);
	grown(&now, "TcpExt", "TCPAbortOnClose", &counts.on_close);
	grown(&now, "TcpExt", "TCPAbortOnData", &counts.on_data);
	grown(&now, "TcpExt", "TCPAbortOnLinger", &counts.on_linger);
	grown(&now, "TcpExt", "TCPAbortOnMemory", &counts.on_memory);
	grown(&now, "TcpExt", "TCPAbortOnTimeout", &counts.on_timeout);
	grown(&now, "TcpExt", "ListenOverflows", &counts.listen_overflows);
	buffer_init(&why, 1024);
	reset_explain(&why, connection, &counts);
	const char *text = format("%s: %s", side_name(connection->reset_from), buffer_text(&why));
	buffer_free(&why);
	return text;
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
