/* capture_file.c: what a case's file says of machine, interface, sides, checksums and counts. */
#include "base/clock.h"
#include "command.h"
#include "kernel/capture.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

/* Runs a case, which passes, with its capture in the test's folder. */
static void run_case(const char *name)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE(name)));
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
}

static const char *file_of(const char *name)
{
	return ground_path("captures/%s.pcapng", name);
}

/* What tshark prints of the file, by these further arguments; the caller frees the command. */
static const char *tshark(struct command *command, const char *name, const char *const arguments[])
{
	const char *line[24] = {"tshark", "-r", file_of(name), "-T", "fields"};
	size_t count = 5;

	for (size_t i = 0; arguments[i] != NULL; i++)
		line[count++] = arguments[i];
	CU_ASSERT_TRUE_FATAL(command_run(command, line, NULL));
	ASSERT_NUMBER(command->status, 0);
	return buffer_text(&command->out);
}

static void assert_has(const char *text, const char *format, const char *first, const char *second)
{
	char piece[512];

	snprintf(piece, sizeof piece, format, first, second);
	ASSERT_HAS(text, piece);
}

TEST(section_and_interface_say_where_and_with_what)
{
	struct command command;
	struct utsname names;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	CU_ASSERT_EQUAL_FATAL(uname(&names), 0);
	run_case("kept/sides");
	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE("capinfos", file_of("kept/sides")), NULL));
	ASSERT_NUMBER(command.status, 0);
	const char *text = buffer_text(&command.out);
	assert_has(text, "Capture hardware:    %s%s\n", names.machine, "");
	assert_has(text, "Capture oper-sys:    %s %s\n", names.sysname, names.release);
	assert_has(text, "Capture application: wirecheck %s%s\n", WIRECHECK_VERSION, "");
	assert_has(text, " Name = %s%s\n", "lo", "");
	assert_has(text, " Description = %s%s\n", "Loopback of the case's sandbox", "");
	assert_has(text, " Filter string = %s%s\n", "inbound", "");
	assert_has(text, " Operating system = %s %s\n", names.sysname, names.release);
	ASSERT_NUMBER(count_of(text, "Speed"), 0);
	command_free(&command);
	ground_remove();
}

/* An address of one side has its name, one of both sides has both names, a group has none. */
TEST(the_sides_are_named_by_address)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("kept/sides");
	ASSERT_TEXT(
		tshark(&command, "kept/sides",
			LINE("-N", "n", "-Y", "tcp.flags.syn == 1 || udp", "-e", "ip.src_host",
				"-e", "ip.dst_host", "-e", "ipv6.src_host", "-e", "ipv6.dst_host")),
		"CLIENT\tSERVER\t\t\n"
		"SERVER\tCLIENT\t\t\n"
		"\t\tCLIENT+SERVER\tCLIENT+SERVER\n"
		"CLIENT\t239.1.1.1\t\t\n");
	command_free(&command);
	ground_remove();
}

/* Direction inbound (1). The checksum that the kernel left partial is not ready (0x200). */
TEST(checksums_that_are_not_ready_are_told_from_wrong_ones)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	run_case("kept/checksums");
	/*
	 * To tshark 1 is good, 0 bad, 3 not present. If it is asked, what is not ready is bad to
	 * it, or from 4.2 on partial.
	 */
	const char *text = tshark(&command, "kept/checksums",
		LINE("-o", "udp.check_checksum:TRUE", "-e", "frame.packet_flags", "-e",
			"udp.checksum.status"));
	CU_ASSERT(strncmp(text, "0x00000201\t", 11) == 0 && text[11] != '1');
	CU_ASSERT_PTR_NOT_NULL_FATAL(strchr(text, '\n'));
	ASSERT_TEXT(strchr(text, '\n'), "\n0x00000001\t1\n0x00000001\t0\n0x00000001\t3\n");
	command_free(&command);
	/* Without asking for it, nobody is shown an incorrect checksum. */
	text = tshark(&command, "kept/checksums", LINE("-e", "udp.checksum.status"));
	ASSERT_NUMBER(count_of(text, "\n"), 4);
	ASSERT_NUMBER(count_of(text, "0"), 0);
	command_free(&command);
	ground_remove();
}

static const char *tcpdump(struct command *command, const char *path, const char *option)
{
	CU_ASSERT_TRUE_FATAL(
		command_run(command, LINE("tcpdump", option, "-vvn", "-r", path), NULL));
	ASSERT_NUMBER(command->status, 0);
	return buffer_text(&command->out);
}

/* As the README says: -K keeps tcpdump from looking at them. */
TEST(tcpdump_is_told_to_leave_checksums_alone)
{
	struct command command;

	NEEDS_SANDBOXES();
	NEEDS_TOOL("tshark");
	NEEDS_TOOL("tcpdump");
	run_case("kept/checksums");
	ASSERT_NUMBER(count_of(tcpdump(&command, file_of("kept/checksums"), "-K"), "bad udp"), 0);
	command_free(&command);
	ASSERT_NUMBER(count_of(tcpdump(&command, file_of("kept/checksums"), "-S"), "bad udp"), 2);
	command_free(&command);
	ground_remove();
}

/* The last block of the file: its options by their code. */
static uint64_t statistic(const struct buffer *file, uint16_t code)
{
	const unsigned char *end = file->data + file->length;
	uint32_t length;
	uint16_t head[2];
	uint64_t value;

	memcpy(&length, end - sizeof length, sizeof length);
	CU_ASSERT_TRUE_FATAL(length <= file->length);
	for (const unsigned char *at = end - length + 20; at < end - 8; at += 12) {
		memcpy(head, at, sizeof head);
		memcpy(&value, at + sizeof head, sizeof value);
		if (head[0] == code && head[1] == sizeof value)
			return value;
	}
	return UINT64_MAX;
}

/* A time is two words, the high one first. */
static int64_t statistic_time(const struct buffer *file, uint16_t code)
{
	uint64_t value = statistic(file, code);
	uint32_t words[2];

	memcpy(words, &value, sizeof words);
	return (int64_t)((uint64_t)words[0] << 32 | words[1]);
}

/* From before the first packet to after the last one; markers are no packets of the case. */
TEST(statistics_are_the_captures_own)
{
	struct capture capture;
	struct error error = {""};
	struct buffer file;

	NEEDS_SANDBOXES();
	int64_t before = wall_clock_now();
	run_case("kept/sides");
	int64_t after = wall_clock_now();
	CU_ASSERT_TRUE_FATAL(capture_open_file(&capture, file_of("kept/sides"), &error));
	buffer_init(&file, 1 << 20);
	CU_ASSERT_TRUE_FATAL(read_file(file_of("kept/sides"), &file));
	int64_t start = statistic_time(&file, 2), end = statistic_time(&file, 3);
	CU_ASSERT_TRUE(before <= start);
	CU_ASSERT_TRUE(start < capture.frames[0].time);
	CU_ASSERT_TRUE(capture.frames[capture.count - 1].time < end);
	CU_ASSERT_TRUE(end <= after);
	ASSERT_NUMBER(statistic(&file, 4), capture.count);
	ASSERT_NUMBER(statistic(&file, 5), 0);
	ASSERT_NUMBER(statistic(&file, 7), 0);
	ASSERT_NUMBER(statistic(&file, 8), capture.count);
	buffer_free(&file);
	capture_close(&capture);
	ground_remove();
}
