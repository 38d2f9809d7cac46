/* Runs cases side by side, each in a worker process, and hands out in order what they found. */
#include "command/schedule.h"

#include "base/clock.h"
#include "command/larger_ring.h"
#include "command/slot.h"
#include "command/stop_signals.h"
#include "kernel/orphans.h"
#include "worker/patience.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Outcomes are handed out in order, so some wait for an earlier one: more slots than jobs. */
#define SLOTS_PER_JOB 4

static bool slots_open(struct schedule *schedule, struct error *error)
{
	schedule->slots = calloc(schedule->slot_count, sizeof *schedule->slots);
	schedule->polled = calloc(schedule->slot_count + 1, sizeof *schedule->polled);
	if (schedule->slots == NULL || schedule->polled == NULL)
		return error_errno(error, "memory for %zu slots", schedule->slot_count);
	for (size_t i = 0; i < schedule->slot_count; i++)
		schedule->slots[i] = (struct slot){
			.settings = schedule->settings, .done = schedule->verdicts[1], .pidfd = -1};
	/* One mapping for all: every fork(2) has to copy each mapping. */
	schedule->results = mmap(NULL, schedule->slot_count * sizeof *schedule->results,
		PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (schedule->results == MAP_FAILED) {
		schedule->results = NULL;
		return error_errno(error, "memory for results");
	}
	for (size_t i = 0; i < schedule->slot_count; i++)
		schedule->slots[i].results = &schedule->results[i];
	return true;
}

bool schedule_open(struct schedule *schedule, const struct settings *settings,
	const struct case_info *const cases[], size_t case_count, unsigned repeat, size_t jobs,
	struct error *error)
{
	uint64_t runs = (uint64_t)case_count * repeat;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	*schedule = (struct schedule){
		.settings = settings,
		.cases = cases,
		.case_count = case_count,
		.repeat = repeat,
		.processors = processors > 0 ? (size_t)processors : 1,
		.jobs = jobs < runs || runs == 0 ? jobs : (size_t)runs,
		.verdicts = {-1, -1},
	};
	schedule->slot_count = schedule->jobs * SLOTS_PER_JOB;
	if (pipe2(schedule->verdicts, O_CLOEXEC | O_NONBLOCK) != 0)
		return error_errno(error, "pipe");
	return slots_open(schedule, error) && (settings->isolated || orphans_adopt(error));
}

/*
 * How many workers count against the jobs. On the host's loopback a worker counts until it is gone:
 * what it still has open could get in the way of the next one.
 */
static size_t running_count(const struct schedule *schedule)
{
	size_t count = 0;

	for (size_t i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		count += slot->state == RUNNING || slot->state == AGAIN ||
			 (!schedule->settings->isolated && slot->pid != 0);
	}
	return count;
}

/*
 * A slot is free for a new run when its results were taken and its worker is gone. After its
 * verdict a worker still closes its capture, which takes a while.
 */
static struct slot *free_slot(struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->slot_count; i++)
		if (schedule->slots[i].state == FREE && schedule->slots[i].pid == 0)
			return &schedule->slots[i];
	return NULL;
}

static bool start_next(struct schedule *schedule, struct slot *slot, struct error *error)
{
	uint64_t ticket = schedule->started++;

	return slot_start(slot, schedule->cases[ticket / schedule->repeat],
		(unsigned)(ticket % schedule->repeat) + 1, ticket, error);
}

/* Whether the next case has to wait: programs that compute for seconds make each other late. */
static bool waits_for_processor(const struct schedule *schedule)
{
	size_t computing = 0;

	if (!patience_is_for_computing(schedule->cases[schedule->started / schedule->repeat]))
		return false;
	for (size_t i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		computing +=
			slot->state == RUNNING && patience_is_for_computing(slot->outcome.info);
	}
	return computing >= schedule->processors;
}

static bool start_what_fits(struct schedule *schedule, struct error *error)
{
	uint64_t runs = (uint64_t)schedule->case_count * schedule->repeat;

	if (!larger_ring_start(schedule->slots, schedule->slot_count, error))
		return false;
	while (schedule->started < runs && running_count(schedule) < schedule->jobs &&
		!waits_for_processor(schedule)) {
		struct slot *slot = free_slot(schedule);
		if (slot == NULL)
			return true;
		if (!start_next(schedule, slot, error))
			return false;
	}
	return true;
}

static void look_at_slots(struct schedule *schedule)
{
	int64_t now = monotonic_now();

	for (size_t i = 0; i < schedule->slot_count; i++) {
		slot_look(&schedule->slots[i]);
		slot_kill_late(&schedule->slots[i], now);
	}
}

/* Nanoseconds until the first running case is late; -1: none runs. */
static int64_t until_late(const struct schedule *schedule)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		if (slot->state == RUNNING && slot_limit(slot) < first)
			first = slot_limit(slot);
	}
	if (first == INT64_MAX)
		return -1;
	int64_t now = monotonic_now();
	return first > now ? first - now : 0;
}

/* Waits for a verdict, a death, a late case or a signal. */
static bool wait_for_news(struct schedule *schedule, struct error *error)
{
	struct pollfd *list = schedule->polled;
	int64_t limit = until_late(schedule);
	struct timespec timeout = {(time_t)(limit / 1000000000), (long)(limit % 1000000000)};
	sigset_t none;
	char bytes[256];

	for (size_t i = 0; i < schedule->slot_count; i++)
		list[i] = (struct pollfd){.fd = schedule->slots[i].pidfd, .events = POLLIN};
	list[schedule->slot_count] = (struct pollfd){.fd = schedule->verdicts[0], .events = POLLIN};
	sigemptyset(&none);
	if (ppoll(list, schedule->slot_count + 1, limit < 0 ? NULL : &timeout, &none) < 0 &&
		errno != EINTR)
		return error_errno(error, "poll");
	while (read(schedule->verdicts[0], bytes, sizeof bytes) > 0)
		;
	return true;
}

static struct slot *judged_next(struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->slot_count; i++) {
		struct slot *slot = &schedule->slots[i];
		if (slot->state == JUDGED && slot->ticket == schedule->handed)
			return slot;
	}
	return NULL;
}

bool schedule_next(struct schedule *schedule, struct outcome *outcome, struct error *error)
{
	error->text[0] = '\0';
	/* Where verdicts come faster than they are printed, there is never a wait. */
	stop_signals_let_in();
	if (schedule->handed == (uint64_t)schedule->case_count * schedule->repeat)
		return false;
	for (;;) {
		if (stop_signal() != 0)
			return false;
		look_at_slots(schedule);
		schedule->current = judged_next(schedule);
		if (!start_what_fits(schedule, error))
			return false;
		if (schedule->current != NULL)
			break;
		if (!wait_for_news(schedule, error))
			return false;
	}
	schedule->handed++;
	*outcome = schedule->current->outcome;
	return true;
}

void schedule_release(struct schedule *schedule)
{
	if (schedule->current != NULL)
		schedule->current->state = FREE;
	schedule->current = NULL;
}

void schedule_close(struct schedule *schedule)
{
	for (size_t i = 0; schedule->slots != NULL && i < schedule->slot_count; i++)
		slot_close(&schedule->slots[i]);
	if (schedule->results != NULL)
		munmap(schedule->results, schedule->slot_count * sizeof *schedule->results);
	free(schedule->slots);
	free(schedule->polled);
	schedule->results = NULL;
	schedule->slots = NULL;
	schedule->polled = NULL;
	for (int i = 0; i < 2; i++)
		if (schedule->verdicts[i] >= 0)
			close(schedule->verdicts[i]);
}
