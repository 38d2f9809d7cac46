/* clauses.c and verdicts.c: which cases name a clause, and their last verdicts. */
#include "command/clauses.h"
#include "command/verdicts.h"
#include "selftest.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void take(void *argument, const char *clause)
{
	buffer_printf(argument, "%s|", clause);
}

static void check_split(const char *text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 65536);
	clauses_split(text, take, &out);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(sources_are_apart_by_semicolons)
{
	check_split("RFC 768", "RFC 768|");
	check_split("RFC 768; recv(2)", "RFC 768|recv(2)|");
	check_split("POSIX connect;ip(7) EACCES ; RFC 1122 3.3.6",
		"POSIX connect|ip(7) EACCES|RFC 1122 3.3.6|");
	check_split("", "");
	check_split(" ; ;", "");
}

TEST(places_in_a_source_are_apart_by_commas)
{
	check_split("RFC 9293 3.5, 3.6", "RFC 9293 3.5|RFC 9293 3.6|");
	check_split("RFC 9293 3.6 case 1, 3.6.1 MUST-13",
		"RFC 9293 3.6 case 1|RFC 9293 3.6.1 MUST-13|");
	check_split("RFC 9293 3.8.6.1 MUST-36, MUST-37; recv(2)",
		"RFC 9293 3.8.6.1 MUST-36|RFC 9293 3.8.6.1 MUST-37|recv(2)|");
	check_split(
		"POSIX connect ECONNREFUSED, listen", "POSIX connect ECONNREFUSED|POSIX listen|");
	check_split("socket(7) SO_DOMAIN, SO_TYPE, SO_PROTOCOL",
		"socket(7) SO_DOMAIN|socket(7) SO_TYPE|socket(7) SO_PROTOCOL|");
	check_split("RFC 9112 3, 4, 6.3; udp(7), x", "RFC 9112 3|RFC 9112 4|RFC 9112 6.3|udp(7)|"
						     "udp(7) x|");
}

TEST(a_clause_without_end_is_cut)
{
	static char text[4096];
	struct buffer out;

	memset(text, 'a', sizeof text - 1);
	text[1000] = ',';
	buffer_init(&out, 65536);
	clauses_split(text, take, &out);
	CU_ASSERT_TRUE(out.length > 0 && out.length < 2048);
	buffer_free(&out);
}

/* ---- The file of verdicts ---- */

static void write_verdicts(const char *text)
{
	FILE *file = fopen(ground_path("captures/verdicts.tsv"), "w");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_TRUE(fputs(text, file) != EOF);
	CU_ASSERT_EQUAL(fclose(file), 0);
}

static void check_file(const char *expected)
{
	char text[4096] = "";
	int file = open(ground_path("captures/verdicts.tsv"), O_RDONLY);

	CU_ASSERT_TRUE_FATAL(file >= 0);
	CU_ASSERT_TRUE(read(file, text, sizeof text - 1) >= 0);
	close(file);
	ASSERT_TEXT(text, expected);
}

TEST(verdicts_are_put_over_those_of_earlier_runs)
{
	struct verdicts verdicts = {0};
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(verdicts_keep(&verdicts, ground_path("captures"), &error));
	ASSERT_NUMBER(folder_count(ground_path("captures")), 0);
	CU_ASSERT_TRUE(verdicts_set(&verdicts, "udp/hello", FAIL));
	CU_ASSERT_TRUE(verdicts_set(&verdicts, "udp/hello", BROKEN));
	CU_ASSERT_TRUE(verdicts_set(&verdicts, "tcp/hello", PASS));
	CU_ASSERT_TRUE(verdicts_keep(&verdicts, ground_path("captures"), &error));
	check_file("tcp/hello\tPASS\nudp/hello\tBROKEN\n");
	verdicts_free(&verdicts);

	CU_ASSERT_TRUE(verdicts_set(&verdicts, "tcp/hello", SKIP));
	CU_ASSERT_TRUE(verdicts_set(&verdicts, "file/exchange", FAIL));
	CU_ASSERT_TRUE(verdicts_keep(&verdicts, ground_path("captures"), &error));
	check_file("file/exchange\tFAIL\ntcp/hello\tSKIP\nudp/hello\tBROKEN\n");
	ASSERT_NUMBER(folder_count(ground_path("captures")), 1);
	ASSERT_TEXT(error.text, "");
	verdicts_free(&verdicts);
	ground_remove();
}

TEST(lines_that_are_no_verdict_are_left_out)
{
	struct verdicts verdicts = {0};
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(verdicts_read(&verdicts, ground_path("captures"), &error));
	ASSERT_NUMBER(verdicts.count, 0);
	write_verdicts("a\tPASS\n\nb\nc\t\nd\tPENDING\ne\tPASSED\nf\tFAIL\tmore\ng FAIL\nh\tSKIP");
	CU_ASSERT_TRUE(verdicts_read(&verdicts, ground_path("captures"), &error));
	ASSERT_NUMBER(verdicts.count, 2);
	ASSERT_NUMBER(verdicts_find(&verdicts, "a"), PASS);
	ASSERT_NUMBER(verdicts_find(&verdicts, "h"), SKIP);
	ASSERT_NUMBER(verdicts_find(&verdicts, "d"), PENDING);
	verdicts_free(&verdicts);
	ground_remove();
}

/* ---- As a user would ---- */

/* What `wirecheck --clauses udp/hello tcp/active_close` prints. */
static void check_clauses(const char *expected)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--clauses", "--captures", ground_path("captures"),
			"udp/hello", "tcp/active_close", "tcp/hello"),
		NULL));
	ASSERT_NUMBER(command.status, 0);
	ASSERT_TEXT(buffer_text(&command.out), expected);
	ASSERT_TEXT(buffer_text(&command.err), "");
	command_free(&command);
}

/* Runs udp/hello and tcp/hello; the fault, a client that greets twice, makes tcp/hello fail. */
static void run_two(const char *fault, int status)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--captures", ground_path("captures"), "--impl",
			build_path("harness/tests/faulty"), "udp/hello", "tcp/hello"),
		LINE(fault)));
	ASSERT_NUMBER(command.status, status);
	command_free(&command);
}

TEST(each_clause_has_its_cases_with_their_last_verdict)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_clauses("POSIX recvfrom\n  not run  udp/hello\n"
		      "RFC 768\n  not run  udp/hello\n"
		      "RFC 9293 3.5\n  not run  tcp/hello\n"
		      "RFC 9293 3.6\n  not run  tcp/hello\n"
		      "RFC 9293 3.6 case 1\n  not run  tcp/active_close\n"
		      "RFC 9293 3.6.1 MUST-13\n  not run  tcp/active_close\n");
	ASSERT_NUMBER(folder_count(ground_path("captures")), 0);
	run_two("WIRECHECK_FAULT=tcp_hello_client: greets twice", 1);
	check_clauses("POSIX recvfrom\n  PASS     udp/hello\n"
		      "RFC 768\n  PASS     udp/hello\n"
		      "RFC 9293 3.5\n  FAIL     tcp/hello\n"
		      "RFC 9293 3.6\n  FAIL     tcp/hello\n"
		      "RFC 9293 3.6 case 1\n  not run  tcp/active_close\n"
		      "RFC 9293 3.6.1 MUST-13\n  not run  tcp/active_close\n");
	run_two(NULL, 0);
	check_file("tcp/hello\tPASS\nudp/hello\tPASS\n");
	ground_remove();
}

TEST(clauses_come_in_their_own_order)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE(build_path("wirecheck"), "--clauses", "--captures", "/no/such/folder"), NULL));
	ASSERT_NUMBER(command.status, 0);
	const char *at = buffer_text(&command.out);
	static const char *const order[] = {"\nPOSIX ", "\nRFC 768\n", "\nRFC 1122 ",
		"\nRFC 9293 3.3.2\n", "\nRFC 9293 3.6\n", "\nRFC 9293 3.10.7.4\n", "\nsocket(7) "};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		const char *found = strstr(at, order[i]);
		if (found == NULL)
			ASSERT_TEXT(at, order[i]);
		at = found != NULL ? found + 1 : at;
	}
	command_free(&command);
}

TEST(a_crash_is_the_last_verdict_though_its_capture_is_an_older_ones)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	write_verdicts("worker/abort\tPASS\nworker/holds\tFAIL\n");
	CU_ASSERT_TRUE_FATAL(selftest_run(
		&command, LINE("--repeat", "3", "worker/abort", "worker/holds", "tool/missing")));
	command_free(&command);
	check_file("tool/missing\tSKIP\nworker/abort\tBROKEN\nworker/holds\tPASS\n");
	ground_remove();
}

TEST(verdicts_that_cannot_be_kept_or_read_are_told)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(mkdir(ground_path("captures/verdicts.tsv"), 0755), 0);
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("worker/holds")));
	ASSERT_NUMBER(command.status, 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.err), "verdicts.tsv: Is a directory\n"));
	command_free(&command);
	CU_ASSERT_TRUE_FATAL(selftest_run(&command, LINE("--clauses", "worker/holds")));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_TEXT(buffer_text(&command.out), "");
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer_text(&command.err), "verdicts.tsv: Is a directory\n"));
	command_free(&command);
	ground_remove();
}
