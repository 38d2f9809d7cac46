/* The clock for limits and times. Tested by test_busy_machine.c. */
#ifndef WIRECHECK_CLOCK_H
#define WIRECHECK_CLOCK_H

#include <stdint.h>

/* Nanoseconds on the monotonic clock (clock_gettime(2)). */
int64_t monotonic_now(void);

#endif
