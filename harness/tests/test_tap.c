/* tap.c: text that would be more than text, test points, and what a TAP parser makes of them. */
#include "command/tap.h"
#include "selftest.h"
#include "telling.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

TEST(a_description_is_one_line_without_directives)
{
	check_written(tap_description, "tcp/hello", "tcp/hello");
	check_written(tap_description, "a # SKIP b # TODO", "a \\# SKIP b \\# TODO");
	check_written(tap_description, "a\\# b", "a\\\\\\# b");
	check_written(tap_description, "a\nok 2\r\n\tb", "a ok 2" REPLACEMENT "  b");
	check_written(tap_description, "\x1b[1m\x7f\xc2\x9b\xff \xe2\x82",
		REPLACEMENT "[1m" REPLACEMENT REPLACEMENT REPLACEMENT " " REPLACEMENT REPLACEMENT);
	check_written(tap_description, "h\xc3\xa9 \xf0\x9f\x98\x80", "h\xc3\xa9 \xf0\x9f\x98\x80");
}

TEST(a_quoted_scalar_ends_at_its_last_quote)
{
	check_written(tap_quoted, "", "\"\"");
	check_written(tap_quoted, "say \"hi\" \\ # no", "\"say \\\"hi\\\" \\\\ # no\"");
	check_written(tap_quoted, "one\n...\n---\x01", "\"one ... ---" REPLACEMENT "\"");
}

TEST(a_block_indents_every_line)
{
	check_written(tap_block, "a\n  b", "    a\n      b\n");
	check_written(tap_block, "a\n\n...\nok 1\n", "    a\n    \n    ...\n    ok 1\n");
	check_written(tap_block, "a\tb\rc\x1b\xff",
		"    a\tb" REPLACEMENT "c" REPLACEMENT REPLACEMENT "\n");
}

TEST(each_verdict_is_a_test_point)
{
	telling_begin(&tap_format, 4, false);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "tcp/hello", 1, NULL);
	telling_verdict(FAIL, "tcp/#1", 2, "expected \"0\"\nfound 1");
	telling_verdict(BROKEN, "tcp/c", 1, "lost");
	telling_verdict(SKIP, "tcp/d", 1, "no\nIPv6");
	ASSERT_TEXT(telling_end(),
		"TAP version 14\n1..4\n"
		"ok 1 - tcp/hello\n"
		"not ok 2 - tcp/\\#1 (run 2)\n"
		"  ---\n"
		"  message: \"cases/tcp/hello.c:18: expect_exit(server, 0): expected \\\"0\\\"\"\n"
		"  verdict: FAIL\n"
		"  file: \"cases/tcp/hello.c\"\n"
		"  duration_ms: 125.000\n"
		"  text: |\n"
		"    FAIL tcp/#1\n"
		"      cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"        expected \"0\"\n"
		"        found 1\n"
		"  ...\n"
		"not ok 3 - tcp/c\n"
		"  ---\n"
		"  message: \"cases/tcp/hello.c:18: expect_exit(server, 0): lost\"\n"
		"  verdict: BROKEN\n"
		"  file: \"cases/tcp/hello.c\"\n"
		"  duration_ms: 125.000\n"
		"  text: |\n"
		"    BROKEN tcp/c\n"
		"      cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"        lost\n"
		"  ...\n"
		"ok 4 - tcp/d # SKIP no IPv6\n");
}

TEST(a_cell_of_a_matrix_is_in_the_description)
{
	telling_begin(&tap_format, 2, false);
	telling_round("c", "sh");
	telling_verdict(PASS, "a", 1, NULL);
	telling_round("sh", "c");
	telling_verdict(PASS, "a", 1, NULL);
	ASSERT_TEXT(telling_end(), "TAP version 14\n1..2\n"
				   "ok 1 - a (client c, server sh)\n"
				   "ok 2 - a (client sh, server c)\n");
}

TEST(a_run_that_ended_early_bails_out)
{
	telling_begin(&tap_format, 3, false);
	telling_round(NULL, NULL);
	telling_verdict(PASS, "a", 1, NULL);
	ASSERT_TEXT(telling_end(), "TAP version 14\n1..3\nok 1 - a\n"
				   "Bail out! The run ended early: 1 of 3 runs were made\n");
}

/* ---- As a parser reads it ---- */

/*
 * Prints what TAP::Parser makes of a file: errors, then of each point the verdict, the directive
 * and the description, and the YAML's keys. Before its release 3.45 it knows no version 14, which
 * only adds to 13.
 */
static const char parser[] =
	"use TAP::Parser; local $/; open my $f, '<', $ARGV[0]; my $tap = <$f>;\n"
	"$tap =~ s/\\ATAP version 14\\n/TAP version 13\\n/ or print \"no version\\n\";\n"
	"my $p = TAP::Parser->new({tap => $tap});\n"
	"while (my $r = $p->next) {\n"
	"  print $r->type, \": \", $r->raw, \"\\n\" if $r->is_unknown || $r->is_bailout;\n"
	"  print $r->is_ok ? 'ok' : 'not ok', ' ', $r->number, ' ', $r->directive, '|',\n"
	"    $r->explanation, \"\\n\" if $r->is_test;\n"
	"  print '  ', join(' ', sort keys %{$r->data}), ' ', $r->data->{verdict}, \"\\n\"\n"
	"    if $r->is_yaml;\n"
	"}\n"
	"print \"error: $_\\n\" for $p->parse_errors;\n"
	"print 'planned ', $p->tests_planned, ' run ', $p->tests_run, ' failed ',\n"
	"  scalar($p->failed), \"\\n\";\n";

static void check_parsed(const char *path, const char *expected)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE("perl", "-e", parser, path), NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_TEXT(buffer_text(&command.out), expected);
	command_free(&command);
}

/* Whether Perl's parser is there; Debian's perl has it, perl-base has not. */
static bool has_parser(void)
{
	struct command command;
	bool has = command_run(&command, LINE("perl", "-MTAP::Parser", "-e1"), NULL) &&
		   command.status == 0;

	command_free(&command);
	return has;
}

static void write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	CU_ASSERT_TRUE(fputs(text, file) != EOF);
	CU_ASSERT_EQUAL(fclose(file), 0);
}

TEST(no_text_breaks_out_of_its_place)
{
	static const char hostile[] = "...\n  ...\nok 2 - forged\n1..1\nBail out!\n---\n\n"
				      "\"'|>&*#@`%\\\n\t\x01\x1b[2J\xff\xc2\x85\xe2\x80\xa8: - ~";

	if (!has_parser())
		SKIP_TEST("perl has no TAP::Parser");
	CU_ASSERT_TRUE_FATAL(ground_make());
	telling_begin(&tap_format, 3, false);
	telling_round(NULL, NULL);
	telling_verdict(FAIL, hostile, 1, hostile);
	telling_verdict(SKIP, "a # TODO not", 1, hostile);
	telling_verdict(FAIL, "\"", 1, "\"\\\"");
	write_text(ground_path("hostile.tap"), telling_end());
	check_parsed(ground_path("hostile.tap"),
		"not ok 1 |\n  duration_ms file message text verdict FAIL\n"
		"ok 2 SKIP|...   ... ok 2 - forged 1..1 Bail out! ---  \"'|>&*#@`%\\  " REPLACEMENT
			REPLACEMENT "[2J" REPLACEMENT REPLACEMENT "\xe2\x80\xa8: - ~\n"
		"not ok 3 |\n  duration_ms file message text verdict FAIL\n"
		"planned 3 run 3 failed 2\n");
	ground_remove();
}

/* Reads each piece of YAML by the reader of the whole language, with Python. */
static const char yaml_reader[] =
	"import sys, yaml\n"
	"document, text = None, open(sys.argv[1], encoding='utf-8', newline='\\n').read()\n"
	"for line in text.split('\\n'):\n"
	"    if line == '  ---':\n"
	"        document = []\n"
	"    elif line == '  ...':\n"
	"        read = yaml.safe_load('\\n'.join(document))\n"
	"        print(sorted(read), read['verdict'], read['text'].count('\\n'))\n"
	"        document = None\n"
	"    elif document is not None:\n"
	"        document.append(line)\n";

TEST(the_diagnostics_are_yaml)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE("python3", "-c", "import yaml"), NULL));
	bool has_yaml = command.status == 0;
	command_free(&command);
	if (!has_yaml)
		SKIP_TEST("python3 has no yaml");
	CU_ASSERT_TRUE_FATAL(ground_make());
	telling_begin(&tap_format, 1, false);
	telling_round(NULL, NULL);
	telling_verdict(FAIL, "a: b", 1, "one: [\n\n  ...\n# \"two\\\x01\x7f\xff");
	write_text(ground_path("a.tap"), telling_end());
	CU_ASSERT_TRUE_FATAL(command_run(
		&command, LINE("python3", "-c", yaml_reader, ground_path("a.tap")), NULL));
	ASSERT_TEXT(buffer_text(&command.err), "");
	ASSERT_TEXT(buffer_text(&command.out),
		"['duration_ms', 'file', 'message', 'text', 'verdict'] FAIL 5\n");
	command_free(&command);
	ground_remove();
}

TEST(a_run_is_read_back)
{
	struct command command;

	NEEDS_SANDBOXES();
	if (!has_parser())
		SKIP_TEST("perl has no TAP::Parser");
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(
		&command, LINE("--tap", ground_path("tap"), "--repeat", "2", "worker/holds",
				  "program/wrong_status", "worker/abort", "tool/missing")));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_HAS(buffer_text(&command.out), "2 passed, 2 failed, 2 broken, 2 skipped");
	command_free(&command);
	check_parsed(ground_path("tap"),
		"ok 1 |\nok 2 |\n"
		"not ok 3 |\n  duration_ms file message text verdict FAIL\n"
		"not ok 4 |\n  duration_ms file message text verdict FAIL\n"
		"not ok 5 |\n  duration_ms file message text verdict BROKEN\n"
		"not ok 6 |\n  duration_ms file message text verdict BROKEN\n"
		"ok 7 SKIP|no_such_tool is not installed\n"
		"ok 8 SKIP|no_such_tool is not installed\n"
		"planned 8 run 8 failed 4\n");
	ground_remove();
}

TEST(fail_fast_bails_out_on_standard_output)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command,
		LINE("--tap", "-", "--fail-fast", "program/wrong_status", "worker/holds")));
	ASSERT_NUMBER(command.status, 1);
	static const char head[] = "TAP version 14\n1..2\nnot ok 1 - program/wrong_status\n  ---\n";
	CU_ASSERT_EQUAL(strncmp(buffer_text(&command.out), head, sizeof head - 1), 0);
	ASSERT_HAS(buffer_text(&command.out),
		"\n  ...\nBail out! The run ended early: 1 of 2 runs were made\n");
	command_free(&command);
	ground_remove();
}
