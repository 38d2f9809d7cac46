/*
 * Runs cases side by side, each in a worker process, and hands out in order what they found.
 * Tested by test_command.c and test_order.c.
 */
#ifndef WIRECHECK_SCHEDULE_H
#define WIRECHECK_SCHEDULE_H

#include "base/error.h"
#include "command/outcome.h"
#include "worker/settings.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct slot;
struct pollfd;

struct schedule {
	const struct settings *settings;
	const struct case_info *const *cases;
	size_t case_count;
	unsigned repeat;
	struct slot *slots;
	size_t slot_count;
	struct results *results; /* one a slot, shared with the workers */
	struct pollfd *polled;   /* one a slot and one more */
	size_t processors;       /* of this machine */
	size_t jobs;             /* workers at once whose results are not there yet */
	uint64_t started; /* runs started so far; run i is run i % repeat + 1 of case i / repeat */
	uint64_t handed;  /* runs handed out so far */
	int verdicts[2];  /* a pipe: one byte a verdict, only to wake the scheduler */
	struct slot *current; /* whose outcome was handed out and not given back yet */
};

/*
 * Prepares to run `cases`, each `repeat` times, in their order, `jobs` at once. Cases and settings
 * must outlive it.
 */
bool schedule_open(struct schedule *schedule, const struct settings *settings,
	const struct case_info *const cases[], size_t case_count, unsigned repeat, size_t jobs,
	struct error *error);

/*
 * Waits for the next run in order and fills `outcome`. False at the end, after a signal that asks
 * to stop (stop_signals.h), or with an error, whose text is empty otherwise.
 */
bool schedule_next(struct schedule *schedule, struct outcome *outcome, struct error *error);

/* Gives the results of the last outcome back. */
void schedule_release(struct schedule *schedule);

/* Ends all workers, and with them what they started, and frees everything. */
void schedule_close(struct schedule *schedule);

#endif
