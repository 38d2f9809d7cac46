/* tally.c: what is counted, the verdict of several runs, and the lines of the summary. */
#include "command/tally.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct tally tally;
static const struct case_info info = {.name = "tcp/hello"};

/* Counts runs that came to these verdicts. */
static void run(const enum verdict verdicts[], size_t count)
{
	struct results *results = calloc(1, sizeof *results);

	CU_ASSERT_PTR_NOT_NULL_FATAL(results);
	for (size_t i = 0; i < count; i++) {
		struct outcome outcome = {
			.info = &info, .verdict = verdicts[i], .results = results};
		results_clear(results);
		results_add(results, NULL, "no IPv6");
		tally_run(&tally, &outcome);
	}
	free(results);
}

#define RUN(...)                                 \
	run((const enum verdict[]){__VA_ARGS__}, \
		sizeof((const enum verdict[]){__VA_ARGS__}) / sizeof(enum verdict))

TEST(the_worst_run_is_the_verdict_of_a_case)
{
	tally_begin(&tally);
	RUN(PASS, SKIP, BROKEN, FAIL, PASS);
	ASSERT_NUMBER(tally_case(&tally, &info, 5), FAIL);
	tally_next_case(&tally);
	RUN(PASS, SKIP, BROKEN);
	ASSERT_NUMBER(tally_case(&tally, &info, 3), BROKEN);
	tally_next_case(&tally);
	RUN(PASS, SKIP);
	ASSERT_NUMBER(tally_case(&tally, &info, 2), SKIP);
	tally_next_case(&tally);
	RUN(PASS);
	ASSERT_NUMBER(tally_case(&tally, &info, 1), PASS);
	ASSERT_NUMBER(tally.counts[PASS], 5);
	ASSERT_NUMBER(tally.counts[FAIL], 1);
	ASSERT_NUMBER(tally.counts[BROKEN], 2);
	ASSERT_NUMBER(tally.counts[SKIP], 3);
}

static void check_line(size_t index, enum verdict verdict, const char *text)
{
	CU_ASSERT_TRUE_FATAL(index < tally.line_count);
	ASSERT_TEXT(tally.lines[index].name, "tcp/hello");
	ASSERT_NUMBER(tally.lines[index].verdict, verdict);
	ASSERT_TEXT(tally.lines[index].text, text);
}

TEST(each_way_not_to_pass_is_a_line)
{
	tally_begin(&tally);
	RUN(PASS, SKIP, FAIL, FAIL);
	tally_case(&tally, &info, 4);
	tally_next_case(&tally);
	RUN(PASS);
	tally_case(&tally, &info, 1);
	tally_next_case(&tally);
	RUN(SKIP);
	tally_case(&tally, &info, 1);
	ASSERT_NUMBER(tally.line_count, 3);
	check_line(0, FAIL, ": 2 of 4 runs");
	check_line(1, SKIP, ": 1 of 4 runs: no IPv6");
	check_line(2, SKIP, ": no IPv6");
}

TEST(lines_without_room_are_counted)
{
	tally_begin(&tally);
	for (size_t i = 0; i < SUMMARY_LINES + 7; i++) {
		RUN(FAIL);
		tally_case(&tally, &info, 1);
		tally_next_case(&tally);
	}
	ASSERT_NUMBER(tally.line_count, SUMMARY_LINES + 7);
	ASSERT_NUMBER(tally.counts[FAIL], SUMMARY_LINES + 7);
	check_line(SUMMARY_LINES - 1, FAIL, "");
}

TEST(what_the_machine_and_the_folders_lack_is_kept)
{
	struct results *results = calloc(1, sizeof *results);
	struct outcome outcome = {.info = &info, .verdict = SKIP, .results = results};

	CU_ASSERT_PTR_NOT_NULL_FATAL(results);
	tally_begin(&tally);
	results_clear(results);
	results->asked[0] = results->asked[1] = results->found[1] = true;
	results->no_right_to_capture = true;
	tally_run(&tally, &outcome);
	outcome.verdict = PASS;
	tally_run(&tally, &outcome);
	ASSERT_NUMBER(tally.no_right_to_capture, 1);
	ASSERT_TEXT(tally.skip_reason, "no reason given");
	CU_ASSERT_TRUE(tally.asked[0] && tally.asked[1] && !tally.found[0] && tally.found[1]);
	free(results);
}
