/* Waits for a condition, with a deadline, and keeps collecting what programs print and send. */
#include "wait.h"

#include "context.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

/* How soon the kernel is asked again: soon at first, for most programs are quick to start. */
#define ASK_FIRST INT64_C(200000)
#define ASK_LAST  INT64_C(2000000)

/* Two outlets and a pidfd a program, the capture, and the caller's own descriptor. */
#define DESCRIPTORS_MAXIMUM (3 * PROGRAMS_MAXIMUM + 2)

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
	struct timespec limit = {nanoseconds / 1000000000, nanoseconds % 1000000000};

	for (size_t i = 0; i < context.program_count; i++) {
		const struct program *program = context.programs[i];
		watch(list, &count, program->pidfd, POLLIN);
		watch(list, &count, program->outlets[STANDARD_OUTPUT].descriptor, POLLIN);
		watch(list, &count, program->outlets[STANDARD_ERROR].descriptor, POLLIN);
	}
	watch(list, &count, context.capture.descriptor, POLLIN);
	watch(list, &count, wait->descriptor, wait->events);
	if (ppoll(list, count, &limit, NULL) < 0 && errno != EINTR)
		case_over(BROKEN, "poll: %s", strerror(errno));
}

/* How long the last wait that was in vain took: its limit, or what the case had left. */
static int64_t waited;

bool wait_for(const struct wait *wait)
{
	int64_t now = monotonic_now();
	int64_t deadline = now + context.settings->wait_limit;
	int64_t pause = ASK_FIRST;

	if (deadline > context.deadline)
		deadline = context.deadline > now ? context.deadline : now;
	waited = deadline - now;
	for (;;) {
		wait_collect();
		if (wait->met(wait->argument))
			return true;
		now = monotonic_now();
		if (now >= deadline)
			return false;
		int64_t limit = deadline - now;
		if (wait->asks_kernel && pause < limit)
			limit = pause;
		wait_event(wait, limit);
		pause = pause * 2 < ASK_LAST ? pause * 2 : ASK_LAST;
	}
}

double wait_seconds(void)
{
	return (double)(waited / 1000000) / 1e3;
}
