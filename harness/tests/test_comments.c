/* capture_file.c: the comments on a packet, as tshark and readers of UTF-8 see them. */
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include "utf8.h"

#include <string.h>
#include <unistd.h>

/* The comments of the case's packets, a line each; the caller frees the command. */
static void read_comments(struct command *command, const char *name)
{
	CU_ASSERT_TRUE_FATAL(selftest_run(command, LINE(name)));
	command_free(command);
	CU_ASSERT_TRUE_FATAL(command_run(command,
		LINE("tshark", "-r", ground_path("captures/%s.pcapng", name), "-T", "fields", "-e",
			"frame.comment", "-E", "aggregator=/", "-Y", "tcp.len > 0"),
		NULL));
	ASSERT_NUMBER(command->status, 0);
}

TEST(failures_stand_first_and_nothing_is_dropped_silently)
{
	struct command command;

	NEEDS_SANDBOXES();
	if (access("/usr/bin/tshark", X_OK) != 0)
		SKIP_TEST("tshark is not installed");
	CU_ASSERT_TRUE_FATAL(ground_make());
	read_comments(&command, "stranger/many_comments");
	const char *text = buffer_text(&command.out);
	/* The helper's line held once and failed once: both are told. */
	CU_ASSERT_EQUAL(strncmp(text, "failed: expect_sent(conn, CLIENT, text) (", 41), 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "failed: expect_sent(conn, CLIENT, \"\xe2\x82\xac"));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "held: expect_sent(conn, CLIENT, text) ("));
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "and 3 more that held"));
	CU_ASSERT_TRUE(strstr(text, "held: ") > strstr(text, "\xe2\x82\xac"));
	ASSERT_NUMBER(utf8_good(buffer_bytes(&command.out)), command.out.length);
	command_free(&command);
	ground_remove();
}
