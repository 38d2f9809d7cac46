/* capture_comments.c: what a case's capture file says of the case and of packets, as tshark reads
 * it. */
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include "base/utf8.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void run_case(const char *name)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE(name)));
	command_free(&command);
}

/* The comments of those packets that a filter names, a line each; the caller frees the command. */
static void read_comments(struct command *command, const char *name, const char *filter)
{
	CU_ASSERT_TRUE_FATAL(command_run(command,
		LINE("tshark", "-r", ground_path("captures/%s.pcapng", name), "-T", "fields", "-e",
			"frame.comment", "-E", "aggregator=/", "-Y", filter),
		NULL));
	ASSERT_NUMBER(command->status, 0);
	ASSERT_NUMBER(utf8_good(buffer_bytes(&command->out)), command->out.length);
}

/* The section's comment, in which capinfos shows newlines as spaces. */
static void read_section(struct command *command, const char *name)
{
	CU_ASSERT_TRUE_FATAL(command_run(
		command, LINE("capinfos", "-k", ground_path("captures/%s.pcapng", name)), NULL));
	ASSERT_NUMBER(command->status, 0);
	ASSERT_NUMBER(utf8_good(buffer_bytes(&command->out)), command->out.length);
}

TEST(failures_stand_first_and_nothing_is_dropped)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark"); /* and capinfos, which comes with it */
	run_case("comments/in_order");
	read_comments(&command, "comments/in_order", "tcp.len > 0");
	const char *text = buffer_text(&command.out);
	/* 20 of a loop, one of the helper's line and one of a pattern; 30, PSH and the helper's. */
	ASSERT_NUMBER(count_of(text, "failed: "), 22);
	ASSERT_NUMBER(count_of(text, "held: "), 32);
	CU_ASSERT(strncmp(text, "failed: expect_sent(conn, CLIENT, text) (", 41) == 0);
	/* In the order of the source: the helper's line is above the case's. */
	const char *held = strstr(text, "held: ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(held);
	CU_ASSERT_PTR_NULL(strstr(held, "failed: "));
	CU_ASSERT(strncmp(held, "held: expect_sent(conn, CLIENT, text) (", 39) == 0);
	CU_ASSERT(strstr(held, "\"x\"") < strstr(held, "expect_pushed"));
	CU_ASSERT(strstr(text, "letters((size_t)i + 2)") < strstr(text, "Grüße"));
	/* What was expected and found each time, for a line that runs more than once. */
	ASSERT_HAS(text, "differs at byte 0 of 1 expected, 1 found | expected 0000 79 y | found "
			 "0000 78 x");
	ASSERT_HAS(text, "of 2 expected, 1 found");
	ASSERT_HAS(text, "of 21 expected, 1 found");
	command_free(&command);
	ground_remove();
}

/* What a SYN carried is one expectation: it failed or it held. */
TEST(a_verb_about_one_packet_has_one_comment_there)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("stranger/fast_open_refused");
	read_comments(&command, "stranger/fast_open_refused", "tcp.flags.syn == 1 && tcp.len > 0");
	ASSERT_NUMBER(count_of(buffer_text(&command.out), "failed: expect_sent_in_syn("), 1);
	ASSERT_NUMBER(count_of(buffer_text(&command.out), "expect_sent_in_syn("), 1);
	command_free(&command);
	ground_remove();
}

/* Appends the line of each failure that the section's comment lists, and returns how many. */
static size_t failed_lines(const char *section, unsigned long lines[], size_t maximum)
{
	static const char failed[] = "failed: harness/tests/cases/comments/";
	size_t count = 0;

	for (const char *at = section; (at = strstr(at, failed)) != NULL; at++) {
		const char *colon = strchr(at + strlen(failed), ':');
		CU_ASSERT_TRUE_FATAL(colon != NULL && count < maximum);
		lines[count++] = strtoul(colon + 1, NULL, 10);
	}
	return count;
}

/* Whether the comment of some packet is about a failure at this line. */
static bool has_failed(const char *comments, unsigned long line)
{
	char place[64];

	snprintf(place, sizeof place, ".c:%lu): ", line);
	return strstr(comments, place) != NULL;
}

/* How many failures of a case there are; each of them has a packet. */
static size_t failures_found_by_packets(const char *name)
{
	struct command section, comments;
	unsigned long lines[128];

	run_case(name);
	read_section(&section, name);
	read_comments(&comments, name, "frame.comment contains \"failed\"");
	size_t count = failed_lines(buffer_text(&section.out), lines, 128);
	for (size_t i = 0; i < count; i++)
		if (!has_failed(buffer_text(&comments.out), lines[i]))
			ASSERT_NUMBER(lines[i], 0);
	command_free(&section);
	command_free(&comments);
	ground_remove();
	return count;
}

TEST(each_failure_that_has_a_packet_is_found_by_it)
{
	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	ASSERT_NUMBER(failures_found_by_packets("comments/each_verb"), 45);
}

/* SKIPs the test where the kernel has no UDP-Lite. */
#define NEEDS_UDPLITE()                                                                   \
	do {                                                                              \
		int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDPLITE); \
		if (handle < 0)                                                           \
			SKIP_TEST("this kernel has no UDP-Lite");                         \
		close(handle);                                                            \
	} while (0)

TEST(each_failure_of_udplite_is_found_by_its_packet)
{
	NEEDS_UDPLITE();
	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	ASSERT_NUMBER(failures_found_by_packets("comments/each_verb_of_udplite"), 3);
}

/* How many comments about failures those packets have that a filter names. */
static size_t failures_on(const char *name, const char *filter)
{
	struct command command;

	read_comments(&command, name, filter);
	size_t count = count_of(buffer_text(&command.out), "failed: ");
	command_free(&command);
	return count;
}

TEST(a_failure_of_udp_is_not_found_by_a_packet_of_udplite)
{
	NEEDS_UDPLITE();
	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("comments/udplite_beside");
	ASSERT_NUMBER(failures_on("comments/udplite_beside", "udp && !udplite"), 2);
	ASSERT_NUMBER(failures_on("comments/udplite_beside", "udplite"), 0);
	ground_remove();
}

/* The unseen bytes, the other connection, the datagram, and the error about it. */
TEST(what_nobody_expected_is_found_by_its_packet)
{
	struct command section, comments;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("comments/unexpected");
	read_section(&section, "comments/unexpected");
	const char *text = buffer_text(&section.out);
	read_comments(&comments, "comments/unexpected", "frame.comment contains \"failed\"");
	const char *found = buffer_text(&comments.out);
	ASSERT_HAS(found, "failed: no expectation looked at the 2 bytes that SERVER ");
	ASSERT_HAS(found, "failed: unexpected connection, which no expectation looked at: ");
	ASSERT_HAS(found, "failed: unexpected datagram, which no expectation looked at: ");
	ASSERT_HAS(found, "failed: unexpected ICMP error, which no expectation looked at: ");
	ASSERT_NUMBER(count_of(text, "failed: the whole case"), count_of(found, "failed: "));
	command_free(&section);
	command_free(&comments);
	ground_remove();
}

TEST(the_section_lists_failures_without_a_packet)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("comments/without_packet");
	read_section(&command, "comments/without_packet");
	const char *text = buffer_text(&command.out);
	ASSERT_HAS(
		text, "comments/without_packet: FAIL failures without a packet are reported too");
	ASSERT_HAS(text, "without_packet.c:8: expect_exit(program, 0)   sh: expected exit status "
			 "0, found exit status 3");
	ASSERT_HAS(text, "without_packet.c:9: expect_output(program, \"hi\\n\")   sh: standard "
			 "output differs at byte 1 of 3 expected, 3 found     expected  0000  68 "
			 "69 0a  hi.");
	ASSERT_HAS(text, "without_packet.c:11: expect_within(sizeof \"none\", 8, 9)");
	/* The report counts failures that differ only by numbers. */
	ASSERT_HAS(text, "without_packet.c:13: ");
	ASSERT_HAS(text, "40 times, iterations 1 to 40 of this line; the first is shown");
	ASSERT_HAS(text, "seven is 7");
	ASSERT_HAS(text, "sh: standard error \"oops\\n\"");
	ASSERT_NUMBER(count_of(text, "failed: "), 4);
	command_free(&command);
	ground_remove();
}

/* 512 findings are kept, and some of them held. The comment has room for 65,535 bytes. */
TEST(what_the_section_has_no_room_for_is_counted)
{
	struct command command;
	unsigned long more = 0;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("comments/too_many");
	read_section(&command, "comments/too_many");
	const char *text = buffer_text(&command.out);
	const char *rest = strstr(text, "and ");
	CU_ASSERT_PTR_NOT_NULL_FATAL(rest);
	CU_ASSERT(sscanf(rest, "and %lu more that failed", &more) == 1);
	/* 700 texts of their own, and 40 streams that differ. */
	ASSERT_NUMBER(count_of(text, "failed: ") + more, 740);
	CU_ASSERT(count_of(text, "failed: ") >= 256);
	CU_ASSERT(command.out.length > 50000 && command.out.length <= 65535 + 200);
	command_free(&command);

	read_comments(&command, "comments/too_many", "tcp.len > 0");
	ASSERT_NUMBER(count_of(buffer_text(&command.out), "failed: "), 40);
	ASSERT_NUMBER(count_of(buffer_text(&command.out), "held: "), 60);
	command_free(&command);
	ground_remove();
}

/* tshark ends with an error when a packet has a million lines, and a comment makes five. */
TEST(a_packet_has_no_more_comments_than_readers_take)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("comments/very_many");
	read_comments(&command, "comments/very_many", "tcp.len > 0");
	const char *text = buffer_text(&command.out);
	CU_ASSERT(strncmp(text, "failed: expect_sent(conn, CLIENT, \"y\") (", 40) == 0);
	ASSERT_NUMBER(count_of(text, "held: "), 65535);
	ASSERT_HAS(text, "465 more comments left out");
	command_free(&command);
	ground_remove();
}
