/* Bounds of time on a machine that has no processor to spare: no verdict hangs on that. */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Processes that keep one processor from the case. */
#define SPINNERS 24

/* In a session of its own, for the kernel may share a processor out among sessions (sched(7)). */
_Noreturn static void spin(void)
{
	(void)setsid();
	for (;;)
		;
}

static void keep_to_one_processor(void)
{
	cpu_set_t allowed, one;
	size_t processor = 0;

	CU_ASSERT_EQUAL_FATAL(sched_getaffinity(0, sizeof allowed, &allowed), 0);
	while (!CPU_ISSET(processor, &allowed))
		processor++;
	CPU_ZERO(&one);
	CPU_SET(processor, &one);
	CU_ASSERT_EQUAL_FATAL(sched_setaffinity(0, sizeof one, &one), 0);
}

static void start_spinners(pid_t spinners[SPINNERS])
{
	for (int i = 0; i < SPINNERS; i++) {
		spinners[i] = fork();
		if (spinners[i] == 0)
			spin();
		CU_ASSERT_TRUE_FATAL(spinners[i] > 0);
	}
}

static void end_spinners(const pid_t spinners[SPINNERS])
{
	for (int i = 0; i < SPINNERS; i++) {
		CU_ASSERT_EQUAL(kill(spinners[i], SIGKILL), 0);
		CU_ASSERT_EQUAL(waitpid(spinners[i], NULL, 0), spinners[i]);
	}
}

TEST(a_busy_machine_is_broken_and_no_failure)
{
	struct command command;
	pid_t spinners[SPINNERS];

	NEEDS_SANDBOXES();
	keep_to_one_processor();
	start_spinners(spinners);
	bool ran = command_run(&command,
		LINE(build_path("harness/tests/selftest"), "--impl",
			build_path("harness/tests/programs"), "--captures", temporary_make(),
			"--timeout", "60", "elapsed/busy"),
		NULL);
	end_spinners(spinners);
	CU_ASSERT_TRUE_FATAL(ran);
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_HAS(buffer_text(&command.out), "expected at most 1500 ms, found ");
	ASSERT_HAS(buffer_text(&command.out), "but the machine was busy: up to ");
	ASSERT_HAS(buffer_text(&command.out), " 0 failed, 1 broken");
	command_free(&command);
	temporary_remove();
}
