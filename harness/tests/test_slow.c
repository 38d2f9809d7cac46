/* Programs that need much processor time: a busy machine does not change a verdict. */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <string.h>

TEST(slow_starts_pass_everything_side_by_side)
{
	struct command command;
	char why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--impl", build_path("harness/tests/slow"),
			"--captures", temporary_make()),
		NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	const char *first = strstr(buffer_text(&command.out), "FAIL ");
	ASSERT_TEXT(first != NULL ? first : "", "");
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out), " 0 failed, 0 broken, "));
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
	temporary_remove();
}

/* A program that delays itself is not delayed by the machine: the limit of a wait holds. */
TEST(programs_that_are_never_idle_meet_the_limit_of_a_wait)
{
	struct command command;
	char why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("harness/tests/selftest"), "--impl",
			build_path("harness/tests/programs"), "--captures", temporary_make(),
			"--timeout", "0.5", "endless/spins", "endless/vforks"),
		NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	CU_ASSERT_FALSE(command.timed_out);
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out), "nothing within 0.5 s"));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out), "\n0 passed, 2 failed, 0 broken"));
	ASSERT_NUMBER(command.status, 1);
	command_free(&command);
	temporary_remove();
}
