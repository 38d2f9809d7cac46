/* Runs cases side by side, one worker process each, and hands out what they found in order. */
#include "command/schedule.h"

#include "base/cut.h"
#include "worker/capture_file.h"
#include "worker/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Verdicts that wait for an earlier case's: so many more slots than jobs. */
#define SLOTS_PER_JOB 4

/* What a case may take beyond its limits, to open, settle, clean up and write. */
#define GRACE INT64_C(20000000000)

/* What a case is put off by at most, whatever its results say: an hour, in nanoseconds. */
#define DELAYED_MAXIMUM (INT64_C(3600) * 1000000000)

/* AGAIN: to be done again with a larger ring, once the worker is gone. */
enum slot_state { FREE, RUNNING, AGAIN, JUDGED };

struct slot {
	enum slot_state state;
	uint64_t ticket;
	pid_t pid; /* 0 once reaped */
	int pidfd;
	int64_t began;            /* the run, its first worker; all on the monotonic clock */
	int64_t started, limit;   /* the worker at work */
	bool has_grace;           /* the limit was put off by GRACE */
	unsigned ring_mib;        /* that its first worker asked for; 0: none has */
	char failed_before[1024]; /* and what failed then; or empty */
	struct outcome outcome;
	struct results *results;
};

static volatile sig_atomic_t stop_signal;

static void on_stop(int number)
{
	stop_signal = number;
}

int schedule_signal(void)
{
	return stop_signal;
}

bool schedule_catch_signals(struct error *error)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
	struct sigaction action = {.sa_handler = on_stop};
	sigset_t blocked;

	/* Ignored, which a parent may hand down, it would reap children behind waitpid(2)'s back.
	 */
	if (signal(SIGCHLD, SIG_DFL) == SIG_ERR)
		return error_errno(error, "signal");

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction before;
		if (sigaction(numbers[i], NULL, &before) != 0)
			return error_errno(error, "sigaction");
		if (before.sa_handler == SIG_IGN) /* nohup(1) */
			continue;
		sigaddset(&blocked, numbers[i]);
		if (sigaction(numbers[i], &action, NULL) != 0)
			return error_errno(error, "sigaction");
	}
	return sigprocmask(SIG_BLOCK, &blocked, NULL) == 0 || error_errno(error, "sigprocmask");
}

static bool slots_open(struct schedule *schedule, struct error *error)
{
	schedule->slots = calloc(schedule->slot_count, sizeof *schedule->slots);
	schedule->polled = calloc(schedule->slot_count + 1, sizeof *schedule->polled);
	if (schedule->slots == NULL || schedule->polled == NULL)
		return error_errno(error, "memory for %zu slots", schedule->slot_count);
	for (size_t i = 0; i < schedule->slot_count; i++)
		schedule->slots[i].pidfd = -1;
	/* One mapping for all: each is one more that every fork(2) has to copy. */
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
 * Workers that keep others from being started. On the host's loopback a worker does so until it is
 * gone, for what it has open may be in the next one's way.
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

/* Its results were taken and its process, which closes its capture behind the verdict, is gone. */
static struct slot *free_slot(struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->slot_count; i++)
		if (schedule->slots[i].state == FREE && schedule->slots[i].pid == 0)
			return &schedule->slots[i];
	return NULL;
}

/* A body whose verbs keep their limits is over by then, if the machine is not overloaded. */
static int64_t limit_of_body(const struct settings *settings, const struct case_info *info)
{
	struct settings own = settings_for(settings, info);

	return 2 * own.case_limit + own.wait_limit;
}

static bool slot_run(struct schedule *schedule, struct slot *slot, struct error *error)
{
	const struct settings *settings = schedule->settings;
	struct task task = {
		.info = slot->outcome.info,
		.run = slot->outcome.run,
		.ring_mib = slot->ring_mib,
		.failed_before = slot->failed_before,
		.results = slot->results,
		.done = schedule->verdicts[1],
	};

	results_clear(slot->results);
	slot->started = monotonic_now();
	slot->limit = slot->started + limit_of_body(settings, task.info);
	slot->has_grace = false;
	slot->pid = settings->isolated ? sandbox_fork(error) : fork();
	if (slot->pid == 0)
		worker_run(&task, settings);
	if (slot->pid < 0) {
		slot->pid = 0;
		return settings->isolated ? false : error_errno(error, "fork");
	}
	slot->pidfd = (int)syscall(SYS_pidfd_open, slot->pid, 0);
	slot->state = RUNNING;
	return slot->pidfd >= 0 || error_errno(error, "pidfd_open");
}

static bool slot_start(struct schedule *schedule, struct slot *slot, struct error *error)
{
	uint64_t ticket = schedule->started++;

	slot->ticket = ticket;
	slot->began = monotonic_now();
	slot->ring_mib = 0;
	slot->failed_before[0] = '\0';
	slot->outcome = (struct outcome){
		.info = schedule->cases[ticket / schedule->repeat],
		.run = (unsigned)(ticket % schedule->repeat) + 1,
		.results = slot->results,
	};
	return slot_run(schedule, slot, error);
}

/* Whether a run that is done again is under way, or its worker is still giving its ring back. */
static bool has_large_ring(const struct schedule *schedule)
{
	for (size_t i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		if (slot->state != AGAIN && slot->ring_mib > 0 && slot->pid != 0)
			return true;
	}
	return false;
}

/* One at a time: 48 of the largest rings would be all the memory of many a machine. */
static bool start_again(struct schedule *schedule, struct error *error)
{
	for (size_t i = 0; i < schedule->slot_count; i++) {
		struct slot *slot = &schedule->slots[i];
		if (slot->state == AGAIN && slot->pid == 0 && !has_large_ring(schedule) &&
			!slot_run(schedule, slot, error))
			return false;
	}
	return true;
}

/* Programs that compute for seconds would only keep each other from being done in time. */
static bool waits_for_processor(const struct schedule *schedule)
{
	size_t computing = 0;

	if (schedule->cases[schedule->started / schedule->repeat]->patience <= 1)
		return false;
	for (size_t i = 0; i < schedule->slot_count; i++) {
		const struct slot *slot = &schedule->slots[i];
		computing += slot->state == RUNNING && slot->outcome.info->patience > 1;
	}
	return computing >= schedule->processors;
}

static bool start_what_fits(struct schedule *schedule, struct error *error)
{
	uint64_t runs = (uint64_t)schedule->case_count * schedule->repeat;

	if (!start_again(schedule, error))
		return false;
	while (schedule->started < runs && running_count(schedule) < schedule->jobs &&
		!waits_for_processor(schedule)) {
		struct slot *slot = free_slot(schedule);
		if (slot == NULL)
			return true;
		if (!slot_start(schedule, slot, error))
			return false;
	}
	return true;
}

/* A crash may have left anything in the results. */
static void slot_judge(struct slot *slot, uint32_t verdict)
{
	slot->outcome.verdict = verdict <= SKIP ? (enum verdict)verdict : BROKEN;
	slot->outcome.seconds = (double)(monotonic_now() - slot->began) / 1e9;
	slot->state = JUDGED;
}

/* A worker that was killed while it wrote leaves a part of a file behind. */
static void remove_part(const struct schedule *schedule, const struct slot *slot)
{
	char path[4096], part[4096];

	capture_file_path(schedule->settings, slot->outcome.info->name, slot->outcome.run, path,
		part, sizeof path);
	unlink(part);
}

/* On the host nothing ends a dead worker's programs; they have become the scheduler's children. */
static void end_orphans(const struct schedule *schedule)
{
	struct error error;

	if (!schedule->settings->isolated && !orphans_kill_all(false, &error))
		fprintf(stderr, "wirecheck: %s\n", error.text);
}

/* The worker died without a verdict: the harness could not tell. */
static void slot_died(const struct schedule *schedule, struct slot *slot, int status)
{
	struct outcome *outcome = &slot->outcome;
	uint32_t crash = slot->results->crash_signal;
	int number = crash > 0 && crash < NSIG ? (int)crash
		     : WIFSIGNALED(status)     ? WTERMSIG(status)
					       : 0;

	if (number != 0)
		snprintf(outcome->death, sizeof outcome->death,
			"the case crashed here or before the next verb: signal %d (%s)", number,
			strsignal(number));
	else
		snprintf(outcome->death, sizeof outcome->death,
			"the case ended its process here or before the next verb: exit status %d",
			WEXITSTATUS(status));
	remove_part(schedule, slot);
	end_orphans(schedule);
	slot_judge(slot, BROKEN);
}

/* A failure that was seen is not forgotten because of packets that were not. */
static void keep_failure(struct slot *slot)
{
	const struct results *results = slot->results;
	uint32_t count = results->finding_count;
	const struct finding *finding = results->findings;

	if (results->failed_before == 0 || count > FINDINGS_MAXIMUM)
		return;
	while (count > 0 && finding->held) {
		finding++;
		count--;
	}
	if (count > 0)
		cut_print(slot->failed_before, sizeof slot->failed_before, "%s: %s",
			results_text(results, finding->headline),
			results_text(results, finding->text));
}

/* The worker has said its verdict, or that it needs a larger ring; once is enough for that. */
static void slot_done(struct slot *slot, uint32_t verdict)
{
	unsigned needed = slot->results->ring_needed;

	if (needed == 0 || needed > RING_MIB_MAXIMUM || slot->ring_mib > 0) {
		slot_judge(slot, verdict);
		return;
	}
	keep_failure(slot);
	slot->ring_mib = needed;
	slot->state = AGAIN;
}

/* A worker that has ended says no more: its verdict is looked at after its end, not before. */
static void slot_look(const struct schedule *schedule, struct slot *slot)
{
	int status = 0;
	bool ended = slot->pid != 0 && waitpid(slot->pid, &status, WNOHANG) != 0;
	uint32_t verdict = slot->results->verdict;

	if (slot->state == RUNNING && verdict != PENDING)
		slot_done(slot, verdict);
	if (!ended) {
		if (slot->state == AGAIN && slot->pid != 0)
			kill(slot->pid, SIGKILL); /* it has said all, and is waited for */
		return;
	}
	slot->pid = 0;
	close(slot->pidfd);
	slot->pidfd = -1;
	if (slot->state == RUNNING)
		slot_died(schedule, slot, status);
}

/* What its programs waited for a processor does not count. */
static int64_t slot_limit(const struct slot *slot)
{
	int64_t delayed = slot->results->delayed;

	if (delayed > DELAYED_MAXIMUM)
		delayed = DELAYED_MAXIMUM;
	return slot->limit + (delayed > 0 ? delayed : 0);
}

/* Only a body can go on without end; before and after it a busy machine needs its time. */
static void slot_kill_late(struct schedule *schedule, struct slot *slot, int64_t now)
{
	if (slot->state != RUNNING || now < slot_limit(slot))
		return;
	if (!slot->results->in_body && !slot->has_grace) {
		slot->limit = now + GRACE + 2 * schedule->settings->wait_limit;
		slot->has_grace = true;
		return;
	}
	kill(slot->pid, SIGKILL);
	/* What it leaves in the results is looked at once it can write no more. */
	waitpid(slot->pid, NULL, 0);
	slot->pid = 0;
	close(slot->pidfd);
	slot->pidfd = -1;
	end_orphans(schedule);
	snprintf(slot->outcome.death, sizeof slot->outcome.death,
		"the case did not come to an end and was killed after %.1f s",
		(double)(now - slot->started) / 1e9);
	remove_part(schedule, slot);
	slot_judge(slot, BROKEN);
}

static void look_at_slots(struct schedule *schedule)
{
	int64_t now = monotonic_now();

	for (size_t i = 0; i < schedule->slot_count; i++) {
		slot_look(schedule, &schedule->slots[i]);
		slot_kill_late(schedule, &schedule->slots[i], now);
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

/*
 * Lets a signal in that came while they are blocked: where verdicts come faster than they are
 * printed, there is never a wait.
 */
static void let_signals_in(void)
{
	const struct timespec at_once = {0};
	sigset_t none;

	sigemptyset(&none);
	ppoll(NULL, 0, &at_once, &none);
}

bool schedule_next(struct schedule *schedule, struct outcome *outcome, struct error *error)
{
	error->text[0] = '\0';
	let_signals_in();
	if (schedule->handed == (uint64_t)schedule->case_count * schedule->repeat)
		return false;
	for (;;) {
		if (stop_signal != 0)
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

/*
 * A worker that has said its verdict has ended its programs and is only giving its capture back,
 * which takes the kernel a while: nobody needs to wait for that.
 */
static void slot_close(const struct schedule *schedule, struct slot *slot)
{
	if (slot->pid > 0 && slot->state == RUNNING) {
		kill(slot->pid, SIGKILL);
		if (waitpid(slot->pid, NULL, 0) == slot->pid)
			remove_part(schedule, slot);
		end_orphans(schedule);
	}
	if (slot->pidfd >= 0)
		close(slot->pidfd);
}

void schedule_close(struct schedule *schedule)
{
	for (size_t i = 0; schedule->slots != NULL && i < schedule->slot_count; i++)
		slot_close(schedule, &schedule->slots[i]);
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
