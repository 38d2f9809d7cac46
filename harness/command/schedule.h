/* Runs cases side by side, one worker process each, and hands out what they found in order. */
#ifndef WIRECHECK_SCHEDULE_H
#define WIRECHECK_SCHEDULE_H

#include "kernel/sandbox.h"
#include "worker/context.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One run of one case. The results are the schedule's, good until schedule_release. */
struct outcome {
	const struct case_info *info;
	unsigned run; /* counted from 1 */
	enum verdict verdict;
	double seconds; /* from start to verdict */
	const struct results *results;
	char death[128]; /* how the worker died that never said a verdict; else empty */
};

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
	struct slot *current;
};

/*
 * Blocks SIGINT, SIGTERM, SIGHUP and SIGPIPE, but those that are ignored. From now on they come
 * in while schedule_next waits and ask to stop, so that nothing is left behind.
 */
bool schedule_catch_signals(struct error *error);

/*
 * Prepares to run `cases`, each `repeat` times, in their order, `jobs` at once. Cases and settings
 * must outlive it.
 */
bool schedule_open(struct schedule *schedule, const struct settings *settings,
	const struct case_info *const cases[], size_t case_count, unsigned repeat, size_t jobs,
	struct error *error);

/*
 * Waits for the next run in order and fills `outcome`. False at the end, after a signal that asks
 * to stop (schedule_signal), or with an error, whose text is empty otherwise.
 */
bool schedule_next(struct schedule *schedule, struct outcome *outcome, struct error *error);

/* Gives the results of the last outcome back. */
void schedule_release(struct schedule *schedule);

/* The signal that asked to stop; 0: none has. */
int schedule_signal(void);

/* Ends all workers, and with them what they started, and frees everything. */
void schedule_close(struct schedule *schedule);

#endif
