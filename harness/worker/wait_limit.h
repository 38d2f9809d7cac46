/* The limit of a wait, and how a busy machine extends it. Tested by test_slow.c. */
#ifndef WIRECHECK_WAIT_LIMIT_H
#define WIRECHECK_WAIT_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

/* A limit that one or several waits share. All times are on the monotonic clock. */
struct limit {
	int64_t began, end; /* end 0: nothing is waited for any more */
	int64_t looked;     /* when to look at the programs' delays next */
};

/* A limit that begins now and lasts this many nanoseconds. */
struct limit limit_of(int64_t nanoseconds);

/*
 * Whether the limit is over. Looks at the programs' delays first when it is time to: while programs
 * waited for a processor or a disk, the time does not count, up to 20 times the length of the
 * limit.
 */
bool limit_is_over(struct limit *limit, int64_t now);

/* The length of the last limit in seconds, for messages. */
double wait_seconds(void);

/* By how many seconds the last limit was extended. */
double wait_delayed(void);

/*
 * For how long, in nanoseconds, the case's programs and the case itself waited for a processor or a
 * disk so far. What both waited for at the same time counts twice.
 */
int64_t wait_held_up(void);

/* Takes in the delay of programs that have ended, for wait_held_up: once reaped, they have none. */
void note_ended_programs(void);

#endif
