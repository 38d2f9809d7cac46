/* results.c: what fits is kept, what does not is counted, and what a crash left is not believed. */
#include "base/results.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct place place = {"cases/tcp/hello.c", 18, "expect_exit(server, 0)"};

static struct results *make(void)
{
	struct results *results = malloc(sizeof *results);

	CU_ASSERT_PTR_NOT_NULL_FATAL(results);
	memset(results, 0xa5, sizeof *results); /* as another case may leave them */
	results_clear(results);
	return results;
}

TEST(verdicts_have_names)
{
	ASSERT_TEXT(verdict_name(PASS), "PASS");
	ASSERT_TEXT(verdict_name(FAIL), "FAIL");
	ASSERT_TEXT(verdict_name(BROKEN), "BROKEN");
	ASSERT_TEXT(verdict_name(SKIP), "SKIP");
	ASSERT_TEXT(verdict_name((enum verdict)77), "PENDING");
}

TEST(cleared_results_are_empty)
{
	struct results *results = make();

	ASSERT_NUMBER(results->verdict, PENDING);
	CU_ASSERT_FALSE(results->in_body);
	ASSERT_NUMBER(results->held + results->failed + results->finding_count, 0);
	ASSERT_NUMBER(results->crash_signal, 0);
	CU_ASSERT_FALSE(results->no_right_to_capture);
	ASSERT_TEXT(results->doing, "");
	ASSERT_TEXT(results->report, "");
	ASSERT_TEXT(results_text(results, 0), "");
	free(results);
}

TEST(findings_keep_their_place_and_text)
{
	struct results *results = make();

	results_add(results, &place, NULL);
	results_add(results, &place, "expected 0, found 1");
	results_add(results, NULL, "the capture dropped 1 of 2 packets");
	ASSERT_NUMBER(results->held, 1);
	ASSERT_NUMBER(results->failed, 2);
	ASSERT_NUMBER(results->finding_count, 3);

	const struct finding *findings = results->findings;
	CU_ASSERT_TRUE(findings[0].held);
	ASSERT_TEXT(results_text(results, findings[0].headline),
		"cases/tcp/hello.c:18: expect_exit(server, 0)");
	ASSERT_TEXT(results_text(results, findings[0].text), "");
	CU_ASSERT_FALSE(findings[1].held);
	ASSERT_NUMBER(findings[1].line, 18);
	ASSERT_TEXT(results_text(results, findings[1].text), "expected 0, found 1");
	ASSERT_NUMBER(findings[2].line, 0);
	ASSERT_TEXT(results_text(results, findings[2].headline), "the whole case");
	free(results);
}

TEST(a_failure_follows_from_one_before_it)
{
	struct results *results = make();

	results_follow(results, &place, "nothing before it");
	results_follow(results, &place, "the first one before it");
	results_add(results, &place, "another");
	ASSERT_NUMBER(results->failed, 3);
	CU_ASSERT_FALSE(results->findings[0].follows);
	CU_ASSERT_TRUE(results->findings[1].follows);
	CU_ASSERT_FALSE(results->findings[2].follows);
	ASSERT_TEXT(results_text(results, results->findings[1].text), "the first one before it");
	ASSERT_NUMBER(results->findings[1].file, strlen("cases/tcp/hello.c"));
	free(results);
}

TEST(a_long_call_is_cut)
{
	char call[301];
	struct place here = {"cases/tcp/hello.c", 1, call};
	struct results *results = make();

	memset(call, 'a', sizeof call - 1);
	call[sizeof call - 1] = '\0';
	results_add(results, &here, NULL);
	results_doing(results, &here);
	const char *headline = results_text(results, results->findings[0].headline);
	ASSERT_NUMBER(strlen(headline), strlen("cases/tcp/hello.c:1: ") + 120 + strlen("..."));
	ASSERT_TEXT(headline + strlen(headline) - 4, "a...");
	ASSERT_TEXT(results->doing, headline);

	call[120] = '\0';
	results_doing(results, &here);
	ASSERT_NUMBER(strlen(results->doing), strlen("cases/tcp/hello.c:1: ") + 120);
	free(results);
}

/* A place of its own for each line of a long case. */
static struct place *make_places(size_t count)
{
	struct place *places = calloc(count, sizeof *places);

	CU_ASSERT_PTR_NOT_NULL_FATAL(places);
	for (size_t i = 0; i < count; i++)
		places[i] =
			(struct place){"cases/tcp/hello.c", (int)i + 1, "expect_exit(server, 0)"};
	return places;
}

/* What held may take half of the room, so that what fails later still finds some. */
TEST(findings_without_room_are_counted)
{
	struct results *results = make();
	struct place *places = make_places(2000);

	for (int i = 0; i < 2000; i++)
		results_add(results, &places[i], NULL);
	ASSERT_NUMBER(results->held, 2000);
	ASSERT_NUMBER(results->finding_count, FINDINGS_MAXIMUM / 2);
	for (int i = 0; i < 2000; i++)
		results_note(results, &places[i], "17 segments");
	ASSERT_NUMBER(results->noted, 2000);
	ASSERT_NUMBER(results->finding_count, FINDINGS_MAXIMUM * 3 / 4);
	for (int i = 0; i < 2000; i++)
		results_add(results, &places[i], "wrong");
	ASSERT_NUMBER(results->failed, 2000);
	ASSERT_NUMBER(results->finding_count, FINDINGS_MAXIMUM);
	CU_ASSERT_FALSE(results->findings[FINDINGS_MAXIMUM - 1].held);
	free(places);
	free(results);
}

TEST(texts_without_room_say_so)
{
	static char text[FINDINGS_TEXT];
	struct results *results = make();
	struct place *places = make_places(3);

	memset(text, 't', sizeof text - 1);
	for (int i = 0; i < 3; i++)
		results_add(results, &places[i], text);
	ASSERT_NUMBER(results->failed, 3);
	const char *kept = results_text(results, results->findings[0].text);
	CU_ASSERT_TRUE(strlen(kept) > 100000);
	CU_ASSERT_PTR_NOT_NULL(strstr(kept, "t... cut here, at "));
	CU_ASSERT_TRUE(results->text_length <= FINDINGS_TEXT);
	for (int i = 1; i < 3; i++) {
		ASSERT_TEXT(results_text(results, results->findings[i].text),
			"... cut here: the texts before took all the room");
		CU_ASSERT_PTR_NOT_NULL(strstr(
			results_text(results, results->findings[i].headline), "expect_exit"));
	}
	free(places);
	free(results);
}

static void check_count(const struct results *results, size_t finding, const char *expected)
{
	struct buffer count;

	buffer_init(&count, 4096);
	results_count(&count, results, &results->findings[finding]);
	ASSERT_TEXT(buffer_text(&count), expected);
	buffer_free(&count);
}

static void look(struct results *results, const struct place *at, const char *what)
{
	results_doing(results, at);
	results_add(results, at, what);
}

TEST(the_same_failure_of_a_loop_is_one)
{
	struct results *results = make();
	struct place *places = make_places(4);
	char what[64];

	for (int i = 1; i <= 50; i++) {
		snprintf(what, sizeof what, "expected %d bytes, found %d\nrow %c", i, i - 1,
			'a' + i % 7);
		look(results, &places[0], what);
		look(results, &places[1], i % 10 < 2 || i > 45 ? what : NULL);
		look(results, &places[2], i == 7 ? "something else" : i == 8 ? what : NULL);
	}
	look(results, &places[3], "expected 1 bytes, found 0");
	ASSERT_NUMBER(results->failed, 50 + 14 + 2 + 1);
	ASSERT_NUMBER(results->held, 36 + 48);
	ASSERT_NUMBER(results->finding_count, 7);
	ASSERT_TEXT(results_text(results, results->findings[0].text),
		"expected 1 bytes, found 0\nrow b");
	check_count(results, 0, "50 times, iterations 1 to 50 of this line; the first is shown");
	check_count(results, 1,
		"14 times, iterations 1, 10 to 11, 20 to 21, 30 to 31 and 7 more of this line, "
		"which came 50 times; the first is shown");
	check_count(results, 5, "");
	free(places);
	free(results);
}

TEST(what_a_verb_of_before_finds_belongs_to_its_iteration)
{
	struct results *results = make();
	struct place *places = make_places(2);

	for (int i = 0; i < 3; i++)
		results_doing(results, &places[0]);
	results_doing(results, &places[1]);
	for (uint32_t iteration = 2; iteration <= 3; iteration++) {
		results_resume(results, &places[0], iteration);
		results_add(results, &places[0], "it did not come");
	}
	check_count(results, 0,
		"2 times, iterations 2 to 3 of this line, which came 3 times; the first is shown");
	CU_ASSERT(strstr(results->doing, places[0].file) != NULL);
	free(places);
	free(results);
}

TEST(findings_of_the_harness_alike_are_shown_a_few_times)
{
	struct results *results = make();
	char what[64];

	for (int i = 1; i <= 50; i++) {
		snprintf(what, sizeof what, "unexpected datagram from port %d", i);
		results_add(results, NULL, what);
	}
	results_add(results, NULL, "unexpected connection");
	ASSERT_NUMBER(results->failed, 51);
	ASSERT_NUMBER(results->finding_count, 5);
	check_count(results, 0, "");
	check_count(results, 3, "and 46 more like this, but for numbers");
	free(results);
}

TEST(a_call_is_cut_at_a_character)
{
	char call[301];
	struct place here = {"c.c", 1, call};
	struct results *results = make();

	for (size_t i = 0; i < 300; i++)
		call[i] = i % 3 == 1 ? '\xe2' : i % 3 == 2 ? '\x82' : i == 0 ? 'x' : '\xac';
	call[300] = '\0';
	results_doing(results, &here);
	ASSERT_NUMBER(strlen(results->doing), strlen("c.c:1: ") + 118 + strlen("..."));
	free(results);
}

TEST(offsets_that_a_crash_left_are_not_believed)
{
	struct results *results = make();

	ASSERT_TEXT(results_text(results, FINDINGS_TEXT), "");
	ASSERT_TEXT(results_text(results, UINT32_MAX), "");
	memset(results->text, 'x', sizeof results->text); /* no NUL to the very end */
	ASSERT_TEXT(results_text(results, 1), "");
	ASSERT_TEXT(results_text(results, FINDINGS_TEXT - 1), "");
	free(results);
}
