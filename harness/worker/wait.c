/* Waits for a condition, with a deadline, and keeps collecting what programs print and send. */
#include "worker/wait.h"

#include "kernel/run_delay.h"
#include "worker/context.h"
#include "worker/diagnosis.h"
#include "worker/disturbances.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

/* How soon the kernel is asked again: soon at first, for most programs are quick to start. */
#define ASK_FIRST INT64_C(200000)
#define ASK_LAST  INT64_C(2000000)

/* Two outlets and a pidfd a program, capture, queue of packets, and the caller's own descriptor. */
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

/* Reaping comes first: what a program printed before its end is then there to be read. */
void wait_collect(void)
{
	struct error error;

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

/* Returns when something happened or `nanoseconds` are over. */
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

/* The first look at the programs' delays, and the time between two, for a wait that is long. */
#define LOOK_FIRST INT64_C(50000000)
#define LOOK_NEXT  INT64_C(100000000)

/* A wait is put off by so many of its limits at most: a disk may never answer. */
#define LIMITS_PUT_OFF 20

/* Of the last wait: its limit, and how much longer it lasted for want of a processor. */
static int64_t limit_of_last, delayed;

/* A wait was in vain, and the case has done nothing since. */
static bool vain;

/* The verbs, by their number, of which the last wait in vain and the last look without one were. */
static uint64_t verb_in_vain, verb_without;

void wait_anew(void)
{
	vain = false;
}

bool wait_was_in_vain(void)
{
	return verb_in_vain == context.verb;
}

bool wait_was_left_out(void)
{
	return verb_without == context.verb;
}

void wait_was_not_needed(void)
{
	verb_without = 0;
}

static struct limit limit_of(int64_t nanoseconds)
{
	int64_t now = monotonic_now();

	limit_of_last = nanoseconds;
	delayed = 0;
	return (struct limit){.began = now, .end = now + nanoseconds, .looked = now + LOOK_FIRST};
}

/* What is left to the case, if that is less than the limit of a wait. */
struct limit limit_begin(void)
{
	int64_t left = context.deadline - monotonic_now();
	int64_t length = context.settings->wait_limit;

	if (vain || left <= 0)
		return (struct limit){0};
	return limit_of(left < length ? left : length);
}

/* On the host others have processes too: there only the programs' own first ones count. */
static int64_t programs_delay(void)
{
	pid_t processes[PROGRAMS_MAXIMUM];
	size_t count = 0;

	if (context.settings->isolated)
		return run_delay(NULL, 0);
	for (size_t i = 0; i < context.program_count; i++)
		if (!context.programs[i]->ended)
			processes[count++] = context.programs[i]->pid;
	return run_delay(processes, count);
}

/* Puts off what the programs' delays since the last look do not count against. */
static void put_off(struct limit *limit, int64_t now)
{
	int64_t delay = programs_delay();

	if (delay > now - limit->began - delayed)
		delay = now - limit->began - delayed;
	if (delay > LIMITS_PUT_OFF * limit_of_last - delayed)
		delay = LIMITS_PUT_OFF * limit_of_last - delayed;
	limit->looked = now + LOOK_NEXT;
	if (delay <= 0)
		return;
	delayed += delay;
	limit->end += delay;
	context.deadline += delay;
	context.results->delayed += delay;
}

/* Waits for an event, at most until the limit is looked at or the kernel is asked again. */
static void wait_in(const struct wait *wait, const struct limit *limit, int64_t now, int64_t pause)
{
	int64_t next = limit->end < limit->looked ? limit->end : limit->looked;
	next = disturbances_next() < next ? disturbances_next() : next;
	int64_t length = next > now ? next - now : 0;

	wait_event(wait, wait->asks_kernel && pause < length ? pause : length);
}

/* Whether the limit is over, once the programs' delays have been looked at. */
static bool limit_is_over(struct limit *limit, int64_t now)
{
	if (limit->end == 0)
		return true;
	if (now >= limit->looked || now >= limit->end)
		put_off(limit, now);
	return now >= limit->end;
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
		verb_without = context.verb;
	else
		verb_in_vain = context.verb;
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

/* What programs are to bring about. */
struct doing {
	bool (*met)(void *argument);
	void *argument;
	bool done;
};

/* Nobody being left is asked first: what the last one did before it ended counts. */
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

double wait_seconds(void)
{
	return (double)(limit_of_last / 1000000) / 1e3;
}

double wait_delayed(void)
{
	return (double)(delayed / 1000000) / 1e3;
}
