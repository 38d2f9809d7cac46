/*
 * Offloads: a sandbox has none. On the host's loopback they stay as they are, and no verdict
 * depends on what they join.
 */
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#define REMEDY                                                                   \
	"run in a sandbox, or have the host send each by itself: ethtool -K lo " \
	"tx-udp-segmentation off\n"

static const char *machine(void)
{
	return build_path("harness/tests/machine");
}

/* A kind of machine (machine.c), and what that kind takes; NULL: nothing. */
struct kind {
	const char *name, *value;
};

static const struct kind shared = {"shared", NULL}, no_offloads = {"no-offloads", NULL};

/* What a run of one case says on the loopback of a machine of this kind. */
static void run_on_host(struct command *command, const struct kind *kind, const char *name)
{
	const char *line[12] = {machine(), kind->name, kind->value};
	size_t count = kind->value != NULL ? 3 : 2;

	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *const rest[] = {build_path("harness/tests/selftest"), "--no-sandbox", "--impl",
		build_path("harness/tests/programs"), "--captures", ground_path("captures"), name,
		NULL};
	memcpy(line + count, rest, sizeof rest);
	CU_ASSERT_TRUE_FATAL(command_run(command, line, NULL));
	CU_ASSERT_FALSE(command->timed_out);
	ASSERT_TEXT(buffer_text(&command->err), "");
	ground_remove();
}

/* Its run begins with this verdict and says this. */
static void check_on_host(
	const struct kind *kind, const char *name, const char *verdict, const char *says)
{
	struct command command;
	char heading[128];

	run_on_host(&command, kind, name);
	snprintf(heading, sizeof heading, "%s %s\n", verdict, name);
	if (strncmp(buffer_text(&command.out), heading, strlen(heading)) != 0)
		ASSERT_TEXT(buffer_text(&command.out), heading);
	ASSERT_HAS(buffer_text(&command.out), says);
	command_free(&command);
}

/* Both halves are what `offloads` prints: before a run without a sandbox, and after it. */
TEST(those_of_the_host_stay_as_they_are)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(machine(), "shared", "sh", "-c",
			"before=$(\"$0\") && \"$@\" >&2 && test \"$before\" = \"$(\"$0\")\" && "
			"echo \"$before\"",
			build_path("harness/tests/programs/offloads"), build_path("wirecheck"),
			"--no-sandbox", "--captures", ground_path("captures"), "tcp/hello",
			"udp/hello"),
		NULL));
	ASSERT_NUMBER(command.status, 0);
	ASSERT_HAS(buffer_text(&command.err), "2 passed, 0 failed");
	ASSERT_HAS(buffer_text(&command.out), "tx-udp-segmentation\n");
	ASSERT_HAS(buffer_text(&command.out), "tx-tcp-segmentation\n");
	command_free(&command);
	ground_remove();
}

/* Whether this kernel says which packets have several datagrams. Older ones hide them. */
static bool kernel_tells(void)
{
	struct utsname name;
	unsigned major = 0, minor = 0;

	CU_ASSERT_EQUAL_FATAL(uname(&name), 0);
	CU_ASSERT_EQUAL_FATAL(sscanf(name.release, "%u.%u", &major, &minor), 2);
	return major > 6 || (major == 6 && minor >= 2);
}

#define NOT_WATCHED                                                            \
	" packets on the host's loopback may have had several datagrams each " \
	"(UDP_SEGMENT), and nobody knows on which ports; " REMEDY

/* One that would hold and one that would not: nobody can know either. */
TEST(joined_datagrams_on_the_hosts_loopback_are_no_verdict)
{
	static const char *const cases[] = {"stranger/segments_of_udp",
		"stranger/segments_claimed_one", "stranger/segments_of_wrong_size",
		"stranger/segments_joined", "host/joined_not_looked_at", "host/joined_and_refused",
		"host/joined_and_named", "host/joined_by_ipv6"};

	NEEDS_SANDBOXES();
	const char *says = kernel_tells() ? "datagrams on port 7000 crossed the host's loopback "
					    "several in one packet (UDP_SEGMENT), so the capture "
					    "does not show each; " REMEDY
					  : NOT_WATCHED;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		check_on_host(&shared, cases[i], "BROKEN", says);
		check_on_host(&shared, cases[i], "BROKEN", "0 passed, 0 failed, 1 broken");
	}
}

/* A segment is limited by the MSS in the other side's SYN, or by the sender's own MSS. */
TEST(joined_segments_on_the_hosts_loopback_are_no_verdict)
{
	static const char *const cases[] = {
		"stranger/segments_of_small_mss", "host/own_mss", "host/own_mss_by_ipv6"};

	NEEDS_SANDBOXES();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_on_host(&shared, cases[i], "BROKEN",
			"segments on port 7000 crossed the host's loopback several in one packet "
			"(TCP segmentation offload), so the capture does not show each; run in a "
			"sandbox, or have the host send each by itself: ethtool -K lo tso off\n");
}

TEST(where_the_host_joins_nothing_verdicts_are_those_of_a_sandbox)
{
	NEEDS_SANDBOXES();
	check_on_host(&no_offloads, "stranger/segments_of_udp", "PASS", "1 passed");
	check_on_host(&no_offloads, "stranger/segments_joined", "PASS", "1 passed");
	check_on_host(&no_offloads, "stranger/segments_claimed_one", "FAIL", "was split into 3\n");
	check_on_host(&no_offloads, "stranger/segments_of_wrong_size", "FAIL", "CLIENT 900 bytes");
	check_on_host(&no_offloads, "stranger/segments_of_small_mss", "PASS", "1 passed");
	check_on_host(&no_offloads, "host/own_mss", "PASS", "1 passed");
	check_on_host(&no_offloads, "host/own_mss_by_ipv6", "PASS", "1 passed");
	check_on_host(&no_offloads, "host/joined_not_looked_at", "FAIL", "unexpected datagram");
	check_on_host(&no_offloads, "host/joined_and_refused", "PASS", "1 passed");
	check_on_host(&no_offloads, "host/joined_by_ipv6", "PASS", "1 passed");
	check_on_host(&no_offloads, "host/more_than_watched", "PASS", "1 passed");
}

TEST(what_does_not_hang_on_joined_datagrams_is_told)
{
	NEEDS_SANDBOXES();
	check_on_host(&shared, "host/joined_and_allowed", "PASS", "1 passed");
	if (kernel_tells())
		check_on_host(&shared, "host/joined_on_another_port", "PASS", "1 passed");
	else
		check_on_host(&shared, "host/joined_on_another_port", "BROKEN", NOT_WATCHED);
}

TEST(datagrams_that_were_not_watched_are_no_verdict)
{
	NEEDS_SANDBOXES();
	check_on_host(&shared, "host/more_than_watched", "BROKEN", NOT_WATCHED);
}

/*
 * BIG TCP: IPv4 then says a length of 0, and IPv6 makes jumbograms. With packets that are too large
 * for a capture (few, or even none) the case is BROKEN.
 */
TEST(packets_beyond_64_KiB_are_decoded_or_no_verdict)
{
	static const struct kind big = {"big-tcp", "262000"}, bigger = {"big-tcp", "524280"};
	struct command command;

	NEEDS_SANDBOXES();
	check_on_host(&big, "host/large_packets", "PASS", "1 passed");
	run_on_host(&command, &bigger, "host/large_packets");
	ASSERT_HAS(buffer_text(&command.out), " 0 failed, ");
	command_free(&command);
}
