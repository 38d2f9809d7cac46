/* Waits for a condition, with a deadline, and keeps collecting what programs print and send. */
#ifndef WIRECHECK_WAIT_H
#define WIRECHECK_WAIT_H

#include <stdbool.h>
#include <stdint.h>

/* What to wait for. */
struct wait {
	bool (*met)(void *argument); /* asked after each event; may end the case */
	void *argument;
	int descriptor;   /* of a socket whose readiness may meet it; -1: none */
	short events;     /* poll(2) */
	bool asks_kernel; /* no event announces it, so it is asked for again and again */
};

/*
 * Waits until the condition is met or the limit of a wait is over. True when it was met. Time in
 * which the case's programs waited for a processor does not count (run_delay.h), up to twenty times
 * that limit: how busy the machine is decides nothing.
 *
 * What programs do by themselves has had its time once a wait was in vain. From then on conditions
 * are looked at, and not waited for, until the case does something that they may answer
 * (wait_anew).
 *
 * A program that prints without end, an error of the harness itself, and a case that has used up
 * its own limit end the case.
 */
bool wait_for(const struct wait *wait);

/*
 * The same for what only programs can bring about: without one it is looked at once. True when it
 * was met.
 */
bool wait_for_programs(bool (*met)(void *argument), void *argument);

/* Whether a program, or a child of one, is left. */
bool programs_are_left(void);

/* A limit that several waits share; all times on the monotonic clock. */
struct limit {
	int64_t began, end; /* end 0: nothing is waited for any more */
	int64_t looked;     /* when the programs' delays are looked at next */
};

/* Begins one, and waits within what is left of it, as wait_for. */
struct limit limit_begin(void);
bool wait_within(const struct wait *wait, struct limit *limit);

/* A wait of the harness's own, which has the whole limit of a wait whatever was before. */
bool wait_for_harness(const struct wait *wait);

/* The case has done something that its programs may answer: it is worth waiting again. */
void wait_anew(void);

/* Whether a wait of the verb at work was in vain. */
bool wait_was_in_vain(void);

/* Whether the verb at work did not wait, for that was in vain before. */
bool wait_was_left_out(void);

/* What the verb at work has found fails whatever would have come in a wait. */
void wait_was_not_needed(void);

/* Takes in what is ready now: ends of programs, what they printed, packets. */
void wait_collect(void);

/*
 * For how long, in nanoseconds, the case's programs and the case itself have waited for a processor
 * or a disk so far (run_delay.h). What both waited for at the same time counts twice.
 */
int64_t wait_held_up(void);

/* The limit of the last wait in seconds, for messages. */
double wait_seconds(void);

/* For how many seconds more, in the last wait, programs waited for a processor. */
double wait_delayed(void);

#endif
