/* A slot holds one run of one case: its worker processes, and what came of it. */
#include "command/slot.h"

#include "base/clock.h"
#include "command/larger_ring.h"
#include "kernel/orphans.h"
#include "kernel/sandbox.h"
#include "worker/capture_file.h"
#include "worker/patience.h"
#include "worker/worker.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What a case may take beyond its limits to open, settle, clean up and write: nanoseconds. */
#define GRACE INT64_C(20000000000)

/* What a limit is extended by at most, whatever the results say: an hour, in nanoseconds. */
#define DELAYED_MAXIMUM (INT64_C(3600) * 1000000000)

bool slot_start_worker(struct slot *slot, struct error *error)
{
	const struct settings *settings = slot->settings;
	struct task task = {
		.info = slot->outcome.info,
		.run = slot->outcome.run,
		.larger_ring_mib = slot->larger_ring_mib,
		.earlier_failure = slot->earlier_failure,
		.results = slot->results,
		.done = slot->done,
	};

	results_clear(slot->results);
	slot->started = monotonic_now();
	slot->limit = slot->started + patience_of_body(settings, task.info);
	slot->has_grace = false;
	/* A case may call exit(3), which writes what is in the buffers of this process a second
	 * time. */
	fflush(NULL);
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

bool slot_start(struct slot *slot, const struct case_info *info, unsigned run, uint64_t ticket,
	struct error *error)
{
	slot->ticket = ticket;
	slot->began = monotonic_now();
	slot->larger_ring_mib = 0;
	slot->earlier_failure[0] = '\0';
	slot->outcome = (struct outcome){.info = info, .run = run, .results = slot->results};
	return slot_start_worker(slot, error);
}

/* The verdict is not believed to be one: a worker that crashed may have left anything. */
static void judge(struct slot *slot, uint32_t verdict)
{
	slot->outcome.verdict = verdict <= SKIP ? (enum verdict)verdict : BROKEN;
	slot->outcome.seconds = (double)(monotonic_now() - slot->began) / 1e9;
	slot->state = JUDGED;
}

/* A worker that is killed while it writes a capture leaves a part of the file. */
static void remove_part(const struct slot *slot)
{
	char path[4096], part[4096];

	capture_file_path(slot->settings, slot->outcome.info->name, slot->outcome.run, path, part,
		sizeof path);
	unlink(part);
}

static void forget_worker(struct slot *slot)
{
	slot->pid = 0;
	close(slot->pidfd);
	slot->pidfd = -1;
}

/* On the host nothing ends the programs of a worker that died: they are our children then. */
static void end_orphans(const struct slot *slot)
{
	struct error error;

	if (!slot->settings->isolated && !orphans_kill_all(false, &error))
		fprintf(stderr, "wirecheck: %s\n", error.text);
}

/* The worker ended without a verdict, so the harness cannot tell: BROKEN, and how it ended. */
static void judge_dead(struct slot *slot, int status)
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
	remove_part(slot);
	end_orphans(slot);
	judge(slot, BROKEN);
}

/*
 * Whether the worker has ended is asked first: one that has ended says no more, so a verdict that
 * is not there then never comes.
 */
void slot_look(struct slot *slot)
{
	int status = 0;
	bool ended = slot->pid != 0 && waitpid(slot->pid, &status, WNOHANG) != 0;
	uint32_t verdict = slot->results->verdict;

	if (slot->state == RUNNING && verdict != PENDING && !larger_ring_is_needed(slot))
		judge(slot, verdict);
	if (!ended) {
		if (slot->state == AGAIN && slot->pid != 0)
			kill(slot->pid, SIGKILL); /* it has said all, and is waited for */
		return;
	}
	forget_worker(slot);
	if (slot->state == RUNNING)
		judge_dead(slot, status);
}

/* The time in which programs waited for a processor does not count. */
int64_t slot_limit(const struct slot *slot)
{
	int64_t delayed = slot->results->delayed;

	if (delayed > DELAYED_MAXIMUM)
		delayed = DELAYED_MAXIMUM;
	return slot->limit + (delayed > 0 ? delayed : 0);
}

/* Only a body can go on without end. Before and after the body a busy machine needs its time. */
void slot_kill_late(struct slot *slot, int64_t now)
{
	if (slot->state != RUNNING || now < slot_limit(slot))
		return;
	if (!slot->results->in_body && !slot->has_grace) {
		slot->limit = now + GRACE + 2 * slot->settings->wait_limit;
		slot->has_grace = true;
		return;
	}
	kill(slot->pid, SIGKILL);
	/* What it left in the results is looked at only when it can write no more. */
	waitpid(slot->pid, NULL, 0);
	forget_worker(slot);
	end_orphans(slot);
	snprintf(slot->outcome.death, sizeof slot->outcome.death,
		"the case did not come to an end and was killed after %.1f s",
		(double)(now - slot->started) / 1e9);
	remove_part(slot);
	judge(slot, BROKEN);
}

/*
 * A worker that has said its verdict has ended its programs, and only closes its capture, which
 * takes the kernel a while. Nobody needs to wait for that.
 */
void slot_close(struct slot *slot)
{
	if (slot->pid > 0 && slot->state == RUNNING) {
		kill(slot->pid, SIGKILL);
		if (waitpid(slot->pid, NULL, 0) == slot->pid)
			remove_part(slot);
		end_orphans(slot);
	}
	if (slot->pidfd >= 0)
		close(slot->pidfd);
	slot->pidfd = -1;
}
