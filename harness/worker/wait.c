/* Waits for a condition, with a limit; collects what programs print and send while it waits. */
#include "worker/wait.h"

#include "worker/context.h"
#include "worker/diagnosis.h"
#include "worker/disturbances.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* When the kernel is asked again, in nanoseconds: soon at first, because most programs are fast. */
#define ASK_FIRST INT64_C(200000)
#define ASK_LAST  INT64_C(2000000)

/*
 * For each program two outlets and a pidfd; then the capture, the queue of packets, and the
 * caller's own descriptor.
 */
#define DESCRIPTORS_MAXIMUM (3 * PROGRAMS_MAXIMUM + 3)

static void stop_floods(void)
{
	for (size_t i = 0; i < context.program_count; i++) {
		struct program *program = context.programs[i];
		if (!program->flooded || program->looked_at)
			continue;
		program->looked_at = true;
		case_over(FAIL, "%s was stopped: it printed more than %zu bytes", program->name,
			OUTPUT_MAXIMUM);
	}
}

/* Reaping comes first: then all that an ended program printed can be read. */
void wait_collect(void)
{
	struct error error;

	note_ended_programs();
	must(program_reap(context.programs, context.program_count, &error), &error);
	for (size_t i = 0; i < context.program_count; i++)
		must(program_collect(context.programs[i], &error), &error);
	if (context.capture.pcap != NULL)
		must(capture_read(&context.capture, &error), &error);
	must(disturbances_serve(&error), &error);
	must(gso_watch_read(&context.gso_watch, &error), &error);
	stop_floods();
}

static void watch(struct pollfd *list, nfds_t *count, int descriptor, short events)
{
	if (descriptor >= 0)
		list[(*count)++] = (struct pollfd){.fd = descriptor, .events = events};
}

/* Returns when something happened, or after `nanoseconds`. */
static void wait_event(const struct wait *wait, int64_t nanoseconds)
{
	struct pollfd list[DESCRIPTORS_MAXIMUM];
	nfds_t count = 0;
	struct timespec limit = {
		(time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};

	for (size_t i = 0; i < context.program_count; i++) {
		const struct program *program = context.programs[i];
		watch(list, &count, program->pidfd, POLLIN);
		watch(list, &count, program->outlets[STANDARD_OUTPUT].descriptor, POLLIN);
		watch(list, &count, program->outlets[STANDARD_ERROR].descriptor, POLLIN);
	}
	watch(list, &count, context.capture.descriptor, POLLIN);
	watch(list, &count, disturbances_descriptor(), POLLIN);
	watch(list, &count, wait->descriptor, wait->events);
	if (ppoll(list, count, &limit, NULL) < 0 && errno != EINTR)
		case_over(BROKEN, "poll: %s", strerror(errno));
}

/* A wait was in vain, and the case has done nothing since then that programs could answer. */
static bool vain;

/* The last verb that waited in vain, and the last one that did not wait, by their numbers. */
static uint64_t verb_in_vain, verb_without;

void wait_anew(void)
{
	vain = false;
}

bool wait_was_in_vain(void)
{
	return verb_in_vain == context.verb_number;
}

bool wait_was_left_out(void)
{
	return verb_without == context.verb_number;
}

void wait_was_not_needed(void)
{
	verb_without = 0;
}

/* The limit of a wait, or what is left to the case if that is less. */
struct limit limit_begin(void)
{
	int64_t left = context.deadline - monotonic_now();
	int64_t length = context.settings->wait_limit;

	if (vain || left <= 0)
		return (struct limit){0};
	return limit_of(left < length ? left : length);
}

/* Waits for an event, until it is time to look at the limit or to ask the kernel again. */
static void wait_in(const struct wait *wait, const struct limit *limit, int64_t now, int64_t pause)
{
	int64_t next = limit->end < limit->looked ? limit->end : limit->looked;
	next = disturbances_next() < next ? disturbances_next() : next;
	int64_t length = next > now ? next - now : 0;

	wait_event(wait, wait->asks_kernel && pause < length ? pause : length);
}

static bool wait_until(const struct wait *wait, struct limit *limit)
{
	int64_t pause = ASK_FIRST;

	for (;;) {
		wait_collect();
		if (wait->met(wait->argument))
			return true;
		int64_t now = monotonic_now();
		if (limit_is_over(limit, now))
			return false;
		wait_in(wait, limit, now, pause);
		pause = pause * 2 < ASK_LAST ? pause * 2 : ASK_LAST;
	}
}

bool wait_within(const struct wait *wait, struct limit *limit)
{
	if (wait_until(wait, limit))
		return true;
	if (!vain)
		diagnose();
	if (limit->end == 0 && !vain)
		case_over(FAIL, "the case has used up its limit of %g s for all waits",
			(double)context.settings->case_limit / 1e9);
	if (vain)
		verb_without = context.verb_number;
	else
		verb_in_vain = context.verb_number;
	vain = true;
	return false;
}

bool wait_for(const struct wait *wait)
{
	struct limit limit = limit_begin();

	return wait_within(wait, &limit);
}

bool programs_are_left(void)
{
	siginfo_t info;

	return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

/* A condition that programs can bring about. */
struct doing {
	bool (*met)(void *argument);
	void *argument;
	bool done;
};

/* First see whether a program is left. If the last one ends after that, its work is still seen. */
static bool is_done_or_never_will(void *argument)
{
	struct doing *doing = argument;
	bool left = programs_are_left();

	doing->done = doing->met(doing->argument);
	return doing->done || !left;
}

bool wait_for_programs(bool (*met)(void *argument), void *argument)
{
	struct doing doing = {.met = met, .argument = argument};
	struct wait wait = {.met = is_done_or_never_will,
		.argument = &doing,
		.descriptor = -1,
		.asks_kernel = true};

	return wait_for(&wait) && doing.done;
}

bool wait_for_harness(const struct wait *wait)
{
	struct limit limit = limit_of(context.settings->wait_limit);

	return wait_until(wait, &limit);
}
