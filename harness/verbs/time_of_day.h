/* Verbs about answers that say the time. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_TIME_OF_DAY_H
#define WIRECHECK_VERBS_TIME_OF_DAY_H

#include "verbs/verb.h"

#include <time.h>

/*
 * The zone of the cases about time, for a program's environment. It is not UTC, so that a program
 * that prints UTC fails.
 */
#define TIME_ZONE "TZ=XYZ-5:30"

/* The datagram has the time there as strftime(3) gives it, of a second from `before` to now. */
void case_expect_time(
	const struct place *place, struct datagram *datagram, const char *format, time_t before);
#define expect_time(...) VERB(expect_time, #__VA_ARGS__, __VA_ARGS__)

/* The time in seconds now, for expect_time. */
time_t case_wall_clock(void);
#define wall_clock() case_wall_clock()

#endif
