/* An implementation that shares no code with the demos, in shell and socat, passes all its cases.
 */
#include "buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* Runs `pattern` with an option that names the folder; all that can run passes. */
static void check_shell(const char *option, const char *pattern, const char *const passed[])
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
	const char *const arguments[] = {build_path("wirecheck"), option, folder, "--captures",
		temporary_make(), pattern, NULL};
	CU_ASSERT(command_run(&command, arguments, NULL));
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "");
	ASSERT_NUMBER(command.status, 0);
	for (; *passed != NULL; passed++)
		CU_ASSERT(strstr(buffer_text(&command.out), *passed) != NULL);
	command_free(&command);
	temporary_remove();
}

TEST(shell)
{
	check_shell("--impl", "*",
		(const char *const[]){"PASS tcp/hello\n", "PASS restart/reuseaddr\n",
			"PASS udp/hello\n", "no such program", NULL});
}

/* It has no time client: a shell cannot send the empty datagram. */
TEST(shell_as_server)
{
	check_shell("--server-impl", "udp/time*",
		(const char *const[]){"PASS udp/time\n", "PASS udp/time_default\n", NULL});
}
