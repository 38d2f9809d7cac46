/*
 * Waits for a condition, with a limit; collects what programs print and send while it waits.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_WAIT_H
#define WIRECHECK_WAIT_H

#include "worker/wait_limit.h"

#include <stdbool.h>

/* What to wait for. */
struct wait {
	bool (*met)(void *argument); /* called after each event; may end the case */
	void *argument;
	int descriptor;   /* when it is ready, the condition may be met; -1: none */
	short events;     /* poll(2) */
	bool asks_kernel; /* no event announces the condition: `met` is called again and again */
};

/*
 * Waits until the condition is met or the limit of a wait is over. True when it was met. Time in
 * which the case's programs waited for a processor does not count (wait_limit.h): a busy machine
 * must not decide a verdict.
 *
 * After a wait in vain, the programs have had enough time to act by themselves. So later calls look
 * at their condition only once and do not wait, until the case does something that the programs may
 * answer (wait_anew).
 *
 * The case ends when a program prints without end, when the harness itself fails, and when the
 * case's own limit is used up.
 */
bool wait_for(const struct wait *wait);

/*
 * The same for a condition that only programs can bring about. When no program is left, it is
 * looked at once.
 */
bool wait_for_programs(bool (*met)(void *argument), void *argument);

/* Whether a program, or a child of a program, is left. */
bool programs_are_left(void);

/* Begins a limit that several waits share: that of one wait, or what is left to the case. */
struct limit limit_begin(void);

/* The same as wait_for, within what is left of such a limit. */
bool wait_within(const struct wait *wait, struct limit *limit);

/* A wait of the harness itself. It always has the whole limit of a wait. */
bool wait_for_harness(const struct wait *wait);

/* The case did something that its programs may answer: from now on, calls wait again. */
void wait_anew(void);

/* Whether a wait of the running verb was in vain. */
bool wait_was_in_vain(void);

/* Whether the running verb did not wait, because an earlier wait was in vain. */
bool wait_was_left_out(void);

/* The running verb fails for another reason: it would have failed even if it had waited. */
void wait_was_not_needed(void);

/* Takes in what is ready now: ends of programs, what they printed, and packets. */
void wait_collect(void);

#endif
