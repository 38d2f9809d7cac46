/* Programs whose start costs processor time pass all cases, however many run side by side. */
#include "buffer.h"
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
