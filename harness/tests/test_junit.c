/* junit.c: text in XML, one testcase, and a document that a reader of XML takes. */
#include "command/junit.h"
#include "selftest.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A view of a string literal, with the NULs that it holds. */

#define REPLACEMENT "\xef\xbf\xbd"

static void check_escape(struct bytes text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	junit_escape(&out, text);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(markup_is_escaped)
{
	check_escape(bytes_of("plain 'text'"), "plain 'text'");
	check_escape(bytes_of("a < b && b > \"c\""), "a &lt; b &amp;&amp; b &gt; &quot;c&quot;");
	check_escape(bytes_of("]]>"), "]]&gt;");
	check_escape((struct bytes){NULL, 0}, "");
}

TEST(white_space_of_an_attribute_is_kept_by_reference)
{
	check_escape(bytes_of("a\tb\nc\r"), "a&#9;b&#10;c&#13;");
}

TEST(what_xml_cannot_hold_is_replaced)
{
	check_escape(BYTES("\0a\x01\x08\x0b\x1b\x1f"),
		REPLACEMENT "a" REPLACEMENT REPLACEMENT REPLACEMENT REPLACEMENT REPLACEMENT);
	check_escape(bytes_of("\xff\xfe"), REPLACEMENT REPLACEMENT);
	check_escape(bytes_of("cut \xe2\x82"), "cut " REPLACEMENT REPLACEMENT);
	check_escape(bytes_of("\xed\xa0\x80"), REPLACEMENT REPLACEMENT REPLACEMENT);
	check_escape(bytes_of("\xef\xbf\xbe"), REPLACEMENT);
	check_escape(bytes_of("\xef\xbf\xbf"), REPLACEMENT);
	check_escape(bytes_of("\xef\xbf\xbd \xe2\x82\xac \xf0\x9f\x98\x80\x7f"),
		REPLACEMENT " \xe2\x82\xac \xf0\x9f\x98\x80\x7f");
}

static void check_testcase(const struct junit_case *verdict, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	junit_testcase(&out, verdict);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(a_pass_is_one_element)
{
	struct junit_case verdict = {.classname = "wirecheck",
		.name = "tcp/hello",
		.file = "cases/tcp/hello.c",
		.run = 1,
		.verdict = PASS,
		.seconds = 0.25,
		.message = "no",
		.text = "no"};

	check_testcase(&verdict, "<testcase classname=\"wirecheck\" name=\"tcp/hello\" "
				 "file=\"cases/tcp/hello.c\" time=\"0.250000\"/>\n");
	verdict.run = 12;
	check_testcase(&verdict, "<testcase classname=\"wirecheck\" name=\"tcp/hello (run 12)\" "
				 "file=\"cases/tcp/hello.c\" time=\"0.250000\"/>\n");
}

TEST(other_verdicts_say_why)
{
	struct junit_case verdict = {.classname = "wirecheck.c.sh",
		.name = "tcp/hello",
		.file = "f",
		.run = 1,
		.verdict = FAIL,
		.message = "2 < 3\n",
		.text = "two\n\tlines & \"more\"\r\n"};
	static const char head[] = "<testcase classname=\"wirecheck.c.sh\" name=\"tcp/hello\" "
				   "file=\"f\" time=\"0.000000\">\n";
	char expected[1024];

	snprintf(expected, sizeof expected,
		"%s<failure message=\"2 &lt; 3&#10;\">two\n\tlines &amp; &quot;more&quot;&#13;\n"
		"</failure>\n</testcase>\n",
		head);
	check_testcase(&verdict, expected);
	verdict.verdict = BROKEN;
	verdict.text = "";
	snprintf(expected, sizeof expected,
		"%s<error message=\"2 &lt; 3&#10;\"></error>\n</testcase>\n", head);
	check_testcase(&verdict, expected);
	verdict.verdict = SKIP;
	snprintf(expected, sizeof expected, "%s<skipped message=\"2 &lt; 3&#10;\"/>\n</testcase>\n",
		head);
	check_testcase(&verdict, expected);
}

/* ---- As CI systems read it ---- */

/* Prints a line for each suite and each case: names, counts, the kind of verdict, its message. */
static const char reader[] =
	"import sys, xml.etree.ElementTree as tree\n"
	"for suite in tree.parse(sys.argv[1]).getroot():\n"
	"    print(suite.tag, suite.get('name'), *(suite.get(count) for count in\n"
	"        ('tests', 'failures', 'errors', 'skipped')), float(suite.get('time')) > 0)\n"
	"    for case in suite:\n"
	"        print(case.tag, case.get('name'), float(case.get('time')) > 0,\n"
	"            *((verdict.tag, verdict.get('message')) for verdict in case))\n"
	"        for verdict in case:\n"
	"            if verdict.tag == 'failure':\n"
	"                print(verdict.text.splitlines()[-1][:9])\n";

/* Reads the file with Python's XML reader. */
static void check_read(const char *path, const char *expected)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE("python3", "-c", reader, path), NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_TEXT(buffer_text(&command.out), expected);
	command_free(&command);
}

TEST(a_run_is_read_back)
{
	struct command command;
	char expected[4096];

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(
		&command, LINE("--junit", ground_path("junit.xml"), "--repeat", "2", "worker/holds",
				  "program/wrong_status", "worker/abort", "tool/missing")));
	ASSERT_NUMBER(command.status, 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.out), "2 passed, 2 failed, 2 broken"));
	command_free(&command);
	snprintf(expected, sizeof expected,
		"testsuite wirecheck 8 2 2 2 True\n"
		"testcase worker/holds True\n"
		"testcase worker/holds (run 2) True\n"
		"testcase program/wrong_status True ('failure', "
		"'harness/tests/cases/program/wrong_status.c:7: expect_exit(program, 0): "
		"sh: expected exit status 0, found exit status 3')\n  capture\n"
		"testcase program/wrong_status (run 2) True ('failure', "
		"'harness/tests/cases/program/wrong_status.c:7: expect_exit(program, 0): "
		"sh: expected exit status 0, found exit status 3')\n  capture\n"
		"testcase worker/abort True ('error', 'before the first verb: the case crashed "
		"here or before the next "
		"verb: signal 6 (Aborted)')\n"
		"testcase worker/abort (run 2) True ('error', 'before the first verb: the case "
		"crashed here or before the "
		"next verb: signal 6 (Aborted)')\n"
		"testcase tool/missing True ('skipped', 'no_such_tool is not installed')\n"
		"testcase tool/missing (run 2) True ('skipped', 'no_such_tool is not "
		"installed')\n");
	check_read(ground_path("junit.xml"), expected);
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

/* Programs print any bytes; a reader of XML only takes characters. */
TEST(a_program_that_prints_anything_does_not_break_the_document)
{
	static const char script[] = "#!/bin/sh\nprintf '\\033[1m<&>\\377\\001]]>\\n'; exit 1\n";
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	int file = open(ground_path("programs/printer"), O_WRONLY | O_CREAT, 0755);
	CU_ASSERT_EQUAL(write(file, script, sizeof script - 1), sizeof script - 1);
	close(file);
	CU_ASSERT_EQUAL(unlink(ground_path("programs/udp_hello_client")), 0);
	CU_ASSERT_EQUAL(symlink("printer", ground_path("programs/udp_hello_client")), 0);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--impl", ground_path("programs"), "--captures",
			ground_path("captures"), "--timeout", "0.2", "--junit",
			ground_path("junit.xml"), "udp/hello"),
		NULL));
	ASSERT_NUMBER(command.status, 1);
	command_free(&command);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("python3", "-c",
			"import sys, xml.etree.ElementTree as tree\n"
			"print(tree.parse(sys.argv[1]).getroot()[0][0][0].tag)",
			ground_path("junit.xml")),
		NULL));
	ASSERT_TEXT(buffer_text(&command.out), "failure\n");
	ASSERT_TEXT(buffer_text(&command.err), "");
	command_free(&command);
	ground_remove();
}

static void check_told(const char *const arguments[], int status, const char *err)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(selftest_run(&command, arguments));
	ASSERT_NUMBER(command.status, status);
	ASSERT_TEXT(buffer_text(&command.err), err);
	command_free(&command);
}

TEST(a_document_that_cannot_be_written_is_told)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_told(LINE("--junit", "/dev/full", "worker/holds"), 2,
		"wirecheck: the JUnit XML could not be written\n");
	check_told(LINE("--junit", "/no/such/file", "worker/holds"), 2,
		"wirecheck: write JUnit XML to /no/such/file: No such file or directory\n");
	check_told(LINE("--junit", "-", "--json", "-", "worker/holds"), 2,
		"wirecheck: --json and --junit go to the same file\n");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(standard_output_and_a_pipe_will_do)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(
		&command, LINE("--junit", "-", "--json", ground_path("json"), "worker/holds")));
	ASSERT_NUMBER(command.status, 0);
	static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n"
				   "<testsuite name=\"wirecheck\" tests=\"1\" ";
	CU_ASSERT_EQUAL(strncmp(buffer_text(&command.out), head, sizeof head - 1), 0);
	const char *tail = strstr(buffer_text(&command.out), "</testsuite>");
	CU_ASSERT_PTR_NOT_NULL_FATAL(tail);
	ASSERT_TEXT(tail, "</testsuite>\n</testsuites>\n");
	command_free(&command);
	ground_remove();
}
