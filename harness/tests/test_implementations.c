/* An implementation that shares no code with the demos, in shell and socat, passes all its cases.
 */
#include "buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

TEST(shell)
{
	char folder[4096], why[512];
	const char *const version[] = {"socat", "-V", NULL};
	struct command command;

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	if (!command_run(&command, version, NULL) || command.status != 0)
		SKIP_TEST("socat is not installed");
	command_free(&command);
	snprintf(folder, sizeof folder, "%s/harness/tests/implementations/sh", source_folder());
	const char *const arguments[] = {
		build_path("wirecheck"), "--impl", folder, "--captures", temporary_make(), NULL};
	CU_ASSERT(command_run(&command, arguments, NULL));
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_NUMBER(command.status, 0);
	CU_ASSERT(strstr(buffer_text(&command.out), "PASS tcp/hello\n") != NULL);
	CU_ASSERT(strstr(buffer_text(&command.out), "PASS restart/reuseaddr\n") != NULL);
	CU_ASSERT(strstr(buffer_text(&command.out), "no such program") != NULL);
	command_free(&command);
	temporary_remove();
}
