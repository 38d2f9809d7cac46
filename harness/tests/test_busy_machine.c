/*
 * busy_machine.c: delays are never more than the time that passed; clock.c: that time only grows.
 */
#include "base/clock.h"
#include "kernel/busy_machine.h"
#include "unit.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(the_clock_never_goes_back)
{
	int64_t before = monotonic_now();

	for (int i = 0; i < 1000; i++) {
		int64_t now = monotonic_now();
		CU_ASSERT_TRUE(now >= before);
		before = now;
	}
}

static pid_t start_spinning(void)
{
	pid_t child = fork();

	if (child == 0)
		for (volatile unsigned i = 0;; i++)
			continue;
	return child;
}

/* However busy this machine is. */
TEST(a_delay_is_at_most_the_time_that_passed)
{
	pid_t children[] = {start_spinning(), start_spinning()};
	int64_t last = monotonic_now();

	busy_machine_delay(children, 2);
	for (int i = 0; i < 20; i++) {
		int64_t began = monotonic_now(), delay = busy_machine_delay(children, 2);
		CU_ASSERT_TRUE(delay >= 0 && delay <= monotonic_now() - last);
		last = began;
	}
	for (int i = 0; i < 2; i++) {
		kill(children[i], SIGKILL);
		CU_ASSERT_EQUAL(waitpid(children[i], NULL, 0), children[i]);
	}
}

TEST(nobody_and_who_is_gone_is_not_delayed)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	CU_ASSERT_EQUAL(waitpid(child, NULL, 0), child);
	ASSERT_NUMBER(busy_machine_delay(&child, 1), 0);
	ASSERT_NUMBER(busy_machine_delay(&child, 0), 0);
}
