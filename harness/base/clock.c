/* The clocks for limits and times. */
#include "base/clock.h"

#include <time.h>

static int64_t now_by(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t monotonic_now(void)
{
	return now_by(CLOCK_MONOTONIC);
}

int64_t wall_clock_now(void)
{
	return now_by(CLOCK_REALTIME);
}
