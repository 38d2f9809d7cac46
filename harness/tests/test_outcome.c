/* outcome.c: the text of a run that did not pass, and its message of one line. */
#include "command/outcome.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static const struct case_info info = {
	.name = "tcp/hello", .proves = "what it proves", .clause = "RFC 9293 3.5"};

static struct results *make(void)
{
	struct results *results = calloc(1, sizeof *results);

	CU_ASSERT_PTR_NOT_NULL_FATAL(results);
	results_clear(results);
	return results;
}

static struct place at(const char *file, int line)
{
	return (struct place){file, line, "expect_exit(server, 0)"};
}

static void check(const struct results *results, bool verbose, const char *expected)
{
	struct outcome outcome = {.info = &info, .verdict = FAIL, .results = results};
	struct buffer out;

	buffer_init(&out, 65536);
	outcome_describe(&out, &outcome, verbose);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(a_failure_shows_what_the_case_proves)
{
	struct results *results = make();
	struct place held = at("cases/tcp/hello.c", 9), failed = at("cases/tcp/hello.c", 18);

	results_add(results, &held, NULL);
	results_add(results, &failed, "expected 0, found 1");
	check(results, false,
		"  proves what it proves\n"
		"  clause RFC 9293 3.5\n"
		"  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"    expected 0, found 1\n");
	check(results, true,
		"  proves what it proves\n"
		"  clause RFC 9293 3.5\n"
		"  held cases/tcp/hello.c:9: expect_exit(server, 0)\n"
		"  cases/tcp/hello.c:18: expect_exit(server, 0)\n"
		"    expected 0, found 1\n");
	free(results);
}

TEST(what_follows_from_a_failure_stands_in_one_line_below_it)
{
	struct results *results = make();
	const int lines[] = {14, 15, 15, 18};
	struct place first = at("cases/tcp/hello.c", 12), last = at("cases/tcp/hello.c", 20);
	struct place helper = at("cases/tcp/helper.h", 7);

	results_add(results, &first, "still running after 5 s");
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct place next = at("cases/tcp/hello.c", lines[i]);
		results_follow(results, &next, "still running");
		results_add(results, &next, NULL);
	}
	results_follow(results, &helper, "still running");
	results_follow(results, NULL, "still running");
	results_add(results, &last, "expected 0, found 1");
	results_follow(results, &last, "and one of another file");
	check(results, false,
		"  proves what it proves\n"
		"  clause RFC 9293 3.5\n"
		"  cases/tcp/hello.c:12: expect_exit(server, 0)\n"
		"    still running after 5 s\n"
		"  and so, without waiting again: cases/tcp/hello.c:14, 15, 18, "
		"cases/tcp/helper.h:7, "
		"the whole case\n"
		"  cases/tcp/hello.c:20: expect_exit(server, 0)\n"
		"    expected 0, found 1\n"
		"  and so, without waiting again: cases/tcp/hello.c:20\n");
	free(results);
}

TEST(a_long_line_of_what_follows_says_how_many_more)
{
	struct results *results = make();
	struct place first = at("c.c", 1);

	results_add(results, &first, "still running");
	for (int line = 2; line < 22; line++) {
		struct place next = at("c.c", line);
		results_follow(results, &next, "still running");
	}
	check(results, false,
		"  proves what it proves\n"
		"  clause RFC 9293 3.5\n"
		"  c.c:1: expect_exit(server, 0)\n"
		"    still running\n"
		"  and so, without waiting again: c.c:2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, "
		"15, "
		"16, 17 and 4 more\n");
	free(results);
}

static void check_message(const struct outcome *outcome, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	outcome_append_message(&out, outcome);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(the_message_is_the_first_line_of_the_first_failure)
{
	struct results *results = make();
	struct place held = at("cases/tcp/hello.c", 9), failed = at("cases/tcp/hello.c", 18);
	struct outcome outcome = {.info = &info, .verdict = FAIL, .results = results};

	results_add(results, &held, NULL);
	results_add(results, &failed, "expected 0\nfound 1");
	results_add(results, &held, "later");
	check_message(&outcome, "cases/tcp/hello.c:18: expect_exit(server, 0): expected 0");
	outcome.verdict = SKIP;
	check_message(&outcome, "expected 0\nfound 1");
	ASSERT_TEXT(outcome_skip_reason(&outcome), "expected 0\nfound 1");
	free(results);
}

TEST(the_message_of_a_death_says_where_and_how)
{
	struct results *results = make();
	struct place place = at("cases/tcp/hello.c", 9);
	struct outcome outcome = {
		.info = &info, .verdict = BROKEN, .results = results, .death = "signal 6"};

	check_message(&outcome, "before the first verb: signal 6");
	results_doing(results, &place);
	check_message(&outcome, "cases/tcp/hello.c:9: expect_exit(server, 0): signal 6");
	ASSERT_TEXT(outcome_skip_reason(&outcome), "no reason given");
	free(results);
}

TEST(a_text_in_another_encoding_becomes_utf8)
{
	struct results *results = make();
	struct place place = at("cases/tcp/hello.c", 9);

	results_add(results, &place, "caf\xe9");
	check(results, false,
		"  proves what it proves\n"
		"  clause RFC 9293 3.5\n"
		"  cases/tcp/hello.c:9: expect_exit(server, 0)\n"
		"    caf\xef\xbf\xbd\n");
	free(results);
}
