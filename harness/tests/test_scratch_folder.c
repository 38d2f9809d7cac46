/* scratch_folder.c: on a kernel without openat2(2) a file is written through no symbolic link. */
#include "selftest.h"
#include "unit.h"

#include <string.h>

static void check_run(const char *name, const char *expected)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("harness/tests/machine"), "no-openat2",
			build_path("harness/tests/selftest"), "--captures", ground_path("captures"),
			name),
		NULL));
	ASSERT_HAS(buffer_text(&command.out), expected);
	ASSERT_TEXT(buffer_text(&command.err), "");
	command_free(&command);
}

TEST(an_old_kernel_follows_no_link)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_run("stranger/link_leads_out",
		"out/deep/file: expected a path in the scratch folder, found a symbolic link that "
		"is not followed");
	check_run("stranger/link_leads_on",
		"current/deep/file: expected a path in the scratch folder, found a symbolic link "
		"that is not followed");
	check_run("stranger/files_written", "PASS stranger/files_written\n");
	ground_remove();
}
