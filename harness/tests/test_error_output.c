/* What programs print on standard error is shown, in a case that passes, if nobody looked at it. */
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define LOUD "sh: standard error \"3 clients: \\\"late\\\"\\n\"\n"
#define LONG "0000\"... (1000 bytes)\n"

static void run(struct command *command, const char *option)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(
		selftest_run(command, LINE("--timeout", "5", "stranger/error_output", option)));
	ASSERT_NUMBER(command->status, 0);
}

TEST(it_is_shown_where_every_expectation_is)
{
	struct command command;

	NEEDS_SANDBOXES();
	run(&command, "-v");
	ASSERT_HAS(buffer_text(&command.out), "  " LOUD);
	ASSERT_HAS(buffer_text(&command.out), LONG);
	command_free(&command);
	ground_remove();
}

TEST(it_is_not_shown_where_nothing_else_is)
{
	struct command command;

	NEEDS_SANDBOXES();
	run(&command, NULL);
	CU_ASSERT_PTR_NULL(strstr(buffer_text(&command.out), "standard error"));
	command_free(&command);
	ground_remove();
}

TEST(it_is_in_the_comment_of_the_capture)
{
	struct command command;
	static char bytes[65536];

	NEEDS_SANDBOXES();
	run(&command, NULL);
	FILE *file = fopen(ground_path("captures/stranger/error_output.pcapng"), "re");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	size_t length = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	const char loud[] = "\nsh: standard error \"3 clients: \\\"late\\\"\\n\"\nsh: ";
	CU_ASSERT_PTR_NOT_NULL(memmem(bytes, length, loud, strlen(loud)));
	CU_ASSERT_PTR_NOT_NULL(memmem(bytes, length, LONG, strlen(LONG) - 1));
	command_free(&command);
	ground_remove();
}
