/* The clocks for limits and times. Tested by test_busy_machine.c. */
#ifndef WIRECHECK_CLOCK_H
#define WIRECHECK_CLOCK_H

#include <stdint.h>

/* Nanoseconds on the monotonic clock (clock_gettime(2)). */
int64_t monotonic_now(void);

/* Nanoseconds since the epoch, by the clock that a capture's packets have their times from. */
int64_t wall_clock_now(void);

#endif
