/*
 * The disturbances of cases: what is told of them, how the wire settles with them, and where there
 * are none.
 */
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* Runs a case; the caller frees the command. */
static void run_case(struct command *command, const char *name)
{
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(command,
		LINE(build_path("wirecheck"), "--captures", ground_path("captures"), name), NULL));
}

/* Whether this kernel lacks what disturbances take. */
static bool is_lacking(void)
{
	struct command command;

	run_case(&command, "udp/datagram_lost");
	bool skipped = strstr(buffer_text(&command.out), "SKIP udp/datagram_lost\n") != NULL;
	command_free(&command);
	ground_remove();
	return skipped;
}

/* SKIPs the test where packets cannot be held up. */
#define NEEDS_QUEUE()                                                         \
	do {                                                                  \
		NEEDS_SANDBOXES();                                            \
		if (is_lacking())                                             \
			SKIP_TEST("this kernel lets nobody hold up packets"); \
	} while (0)

static void check_skipped(const char *const line[], const char *reason)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, line, NULL));
	ASSERT_HAS(buffer_text(&command.out), "SKIP udp/datagram_lost\n");
	ASSERT_HAS(buffer_text(&command.out), reason);
	command_free(&command);
}

TEST(a_case_is_skipped_where_the_kernel_lacks_the_queue)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_skipped(
		LINE(build_path("harness/tests/machine"), "no-netfilter", build_path("wirecheck"),
			"--captures", ground_path("captures"), "udp/datagram_lost"),
		"skipped udp/datagram_lost: this kernel lets nobody hold up packets: netfilter: "
		"Protocol not supported\n");
	ground_remove();
}

TEST(a_case_is_skipped_without_a_sandbox)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_skipped(
		LINE(build_path("harness/tests/machine"), "no-offloads", build_path("wirecheck"),
			"--no-sandbox", "--captures", ground_path("captures"), "udp/datagram_lost"),
		"skipped udp/datagram_lost: needs a sandbox: it disturbs what crosses the wire\n");
	ground_remove();
}

/* The case sends more than the queue takes, and does not wait in between. */
TEST(a_case_is_broken_when_the_queue_was_full)
{
	const char *arguments[] = {"disturbed/queue_full", NULL};
	struct command command;

	NEEDS_QUEUE();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, arguments));
	ASSERT_HAS(buffer_text(&command.out), "BROKEN disturbed/queue_full\n");
	ASSERT_HAS(buffer_text(&command.out),
		"    the queue of packets was full, and the kernel dropped packets\n");
	ASSERT_NUMBER(command.status, 2);
	command_free(&command);
	ground_remove();
}

static void check_passes(const char *name, const char *const line[])
{
	char verdict[128];
	struct command command;

	CU_ASSERT_TRUE_FATAL(selftest_run(&command, line));
	snprintf(verdict, sizeof verdict, "PASS %s\n", name);
	ASSERT_HAS(buffer_text(&command.out), verdict);
	command_free(&command);
}

TEST(the_wire_settles_after_what_is_late)
{
	const char *arguments[] = {"--timeout", "30", "disturbed/late_error", NULL};

	NEEDS_QUEUE();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_passes("disturbed/late_error", arguments);
	ground_remove();
}

/* The packets of which a comment says that something was done to them, as tshark numbers them. */
static void check_disturbed(const char *name, const char *packets)
{
	const char *arguments[] = {"--timeout", "30", name, NULL};
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	check_passes(name, arguments);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("tshark", "-r", ground_path("captures/%s.pcapng", name), "-Y",
			"frame.comment contains \"on purpose\"", "-T", "fields", "-e",
			"frame.number"),
		NULL));
	ASSERT_TEXT(buffer_text(&command.out), packets);
	command_free(&command);
	ground_remove();
}

/* The third packet is the second of two that are alike. */
TEST(sides_and_numbers_are_those_of_the_wire)
{
	NEEDS_QUEUE();
	NEEDS_TOOL("tshark");
	check_disturbed("disturbed/peers", "3\n5\n7\n8\n");
}

/* Each has three fragments, and the first one has the comment. */
TEST(a_datagram_in_fragments_is_one)
{
	NEEDS_QUEUE();
	NEEDS_TOOL("tshark");
	check_disturbed("disturbed/fragments", "1\n7\n");
}

TEST(what_was_done_to_a_packet_is_told_in_its_comment)
{
	const char *arguments[] = {"--timeout", "30", "udp/disturbed", NULL};
	struct command command;

	NEEDS_QUEUE();
	NEEDS_TOOL("tshark");
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, arguments));
	command_free(&command);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("tshark", "-r", ground_path("captures/udp/disturbed.pcapng"), "-T", "fields",
			"-e", "frame.comment"),
		NULL));
	ASSERT_HAS(buffer_text(&command.out), ",lost on purpose: lose_datagram(9000, CLIENT, 1) "
					      "(harness/tests/cases/udp/disturbed.c:9)\n");
	ASSERT_HAS(buffer_text(&command.out),
		",held back for 20 ms on purpose: delay_datagram(9000, CLIENT, 2, 20) "
		"(harness/tests/cases/udp/disturbed.c:10)\n");
	ASSERT_HAS(buffer_text(&command.out),
		",overtaken on purpose: swap_datagrams(9000, CLIENT, 3) "
		"(harness/tests/cases/udp/disturbed.c:11)\n");
	ASSERT_NUMBER(count_of(buffer_text(&command.out), " on purpose: "), 3);
	command_free(&command);
	ground_remove();
}
