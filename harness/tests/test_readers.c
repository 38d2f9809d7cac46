/* What wirecheck writes, other tools read: tshark and tcpdump, each capture of each case. */
#include "command.h"
#include "unit.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>

/* Runs the cases that a pattern names, with their captures in a temporary folder. */
static const char *captured_of(const char *pattern)
{
	struct command command;
	const char *folder = temporary_make();
	const char *const arguments[] = {
		build_path("wirecheck"), "--captures", folder, pattern, NULL};

	CU_ASSERT_FATAL(command_run(&command, arguments, NULL));
	ASSERT_NUMBER(command.status, 0);
	command_free(&command);
	return folder;
}

static const char *captured(void)
{
	return captured_of("*/hello");
}

static bool there(const char *tool)
{
	struct command command;
	const char *const arguments[] = {tool, "--version", NULL};
	bool ran = command_run(&command, arguments, NULL) && command.status == 0;

	command_free(&command);
	return ran;
}

/* tshark's fields of each packet, one line each. */
static void fields(struct command *command, const char *folder, const char *name, const char *first,
	const char *second)
{
	char path[512];

	snprintf(path, sizeof path, "%s/%s.pcapng", folder, name);
	const char *const arguments[] = {
		"tshark", "-n", "-r", path, "-T", "fields", "-e", first, "-e", second, NULL};
	CU_ASSERT_FATAL(command_run(command, arguments, NULL));
	ASSERT_NUMBER(command->status, 0);
	CU_ASSERT_PTR_NULL(strstr(buffer_text(&command->err), "tshark:"));
}

static void assert_has(const struct buffer *text, const char *piece)
{
	if (strstr(buffer_text(text), piece) == NULL)
		ASSERT_TEXT(buffer_text(text), piece);
}

TEST(tshark_shows_the_comments_of_packets)
{
	struct command command;

	if (!there("tshark"))
		SKIP_TEST("tshark is not installed");
	const char *folder = captured();
	fields(&command, folder, "tcp/hello", "tcp.payload", "frame.comment");
	assert_has(&command.out, "68656c6c6f\theld: expect_sent(conn, CLIENT, \"hello\") "
				 "(cases/tcp/hello.c:");
	assert_has(&command.out, "\theld: expect_handshake(conn) (cases/tcp/hello.c:");
	command_free(&command);

	fields(&command, folder, "udp/hello", "udp.payload", "frame.comment");
	assert_has(&command.out, "6869\theld: expect_datagrams(row->port, ");
	command_free(&command);
	temporary_remove();
}

TEST(capinfos_shows_the_case_and_its_verdict)
{
	struct command command;
	char path[512];

	if (!there("capinfos"))
		SKIP_TEST("capinfos, which comes with tshark, is not installed");
	snprintf(path, sizeof path, "%s/tcp/hello.pcapng", captured());
	const char *const arguments[] = {"capinfos", path, NULL};
	CU_ASSERT_FATAL(command_run(&command, arguments, NULL));
	ASSERT_NUMBER(command.status, 0);
	assert_has(&command.out, "tcp/hello: PASS");
	assert_has(&command.out, "RFC 9293 3.5, 3.6");
	assert_has(&command.out, "Capture application: wirecheck ");
	command_free(&command);
	temporary_remove();
}

TEST(tcpdump_shows_the_packets)
{
	struct command command;
	char path[512];

	if (!there("tcpdump"))
		SKIP_TEST("tcpdump is not installed");
	snprintf(path, sizeof path, "%s/tcp/hello.pcapng", captured());
	const char *const arguments[] = {"tcpdump", "-n", "-r", path, NULL};
	CU_ASSERT_FATAL(command_run(&command, arguments, NULL));
	ASSERT_NUMBER(command.status, 0);
	assert_has(&command.out, ".8898: Flags [S], ");
	assert_has(&command.out, ".8898: Flags [P.], seq 1:6, ack 1, ");
	command_free(&command);
	temporary_remove();
}

/* One command for each of the files: it succeeds, prints nothing and does not complain. */
static void each_reads(const glob_t *files, const char *const arguments[], const char *complaint)
{
	const char *list[24] = {NULL};
	size_t count = 0;

	for (; arguments[count] != NULL; count++)
		list[count] = arguments[count];
	for (size_t i = 0; i < files->gl_pathc; i++) {
		struct command command;
		list[count] = files->gl_pathv[i];
		CU_ASSERT_FATAL(command_run(&command, list, NULL));
		ASSERT_NUMBER(command.status, 0);
		ASSERT_TEXT(buffer_text(&command.out), "");
		CU_ASSERT_PTR_NULL(strstr(buffer_text(&command.err), complaint));
		command_free(&command);
	}
}

/*
 * Payloads are plain data to tshark here: a client's port, which the system chooses, may be that
 * of some protocol that it then looks for in vain.
 */
TEST(every_capture_is_read_without_complaint)
{
	static const char *const tcpdump[] = {"tcpdump", "-n", "-w", "/dev/null", "-r", NULL};
	static const char *const tshark[] = {"tshark", "-n", "-d", "tcp.port==1-65535,data", "-d",
		"udp.port==1-65535,data", "-Y", "_ws.malformed", "-T", "fields", "-e",
		"frame.number", "-r", NULL};
	char pattern[512];
	glob_t files;

	if (!there("tshark") || !there("tcpdump"))
		SKIP_TEST("tshark or tcpdump is not installed");
	snprintf(pattern, sizeof pattern, "%s/*/*.pcapng", captured_of("*"));
	ASSERT_NUMBER(glob(pattern, 0, NULL, &files), 0);
	CU_ASSERT(files.gl_pathc >= 8);
	each_reads(&files, tcpdump, "tcpdump:");
	each_reads(&files, tshark, "tshark:");
	globfree(&files);
	temporary_remove();
}
