/* In which order the cases are run, and where a run stops. */
#include "command.h"
#include "command/select.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define CASES 40

static struct case_info infos[CASES];

static void fill(const struct case_info *list[CASES])
{
	for (size_t i = 0; i < CASES; i++)
		list[i] = &infos[i];
}

static size_t in_place(const struct case_info *const list[CASES])
{
	size_t count = 0;

	for (size_t i = 0; i < CASES; i++)
		count += list[i] == &infos[i];
	return count;
}

TEST(a_shuffled_list_has_each_case_once)
{
	const struct case_info *list[CASES];
	bool there[CASES] = {false};

	for (uint32_t seed = 1; seed < 100; seed++) {
		fill(list);
		select_shuffle(list, CASES, seed);
		memset(there, 0, sizeof there);
		for (size_t i = 0; i < CASES; i++)
			there[list[i] - infos] = true;
		for (size_t i = 0; i < CASES; i++)
			CU_ASSERT_TRUE(there[i]);
		CU_ASSERT_TRUE(in_place(list) < CASES / 2);
	}
}

TEST(a_seed_gives_its_order_again_and_another_another)
{
	const struct case_info *first[CASES], *again[CASES], *other[CASES];

	fill(first);
	fill(again);
	fill(other);
	select_shuffle(first, CASES, 7);
	select_shuffle(again, CASES, 7);
	select_shuffle(other, CASES, 8);
	CU_ASSERT_EQUAL(memcmp(first, again, sizeof first), 0);
	CU_ASSERT_NOT_EQUAL(memcmp(first, other, sizeof first), 0);
}

/* Runs wirecheck over some cases and returns what it printed; the caller frees the command. */
static void run(struct command *command, const char *option, const char *value, const char *pattern)
{
	const char *const arguments[] = {build_path("wirecheck"), "--captures", temporary_make(),
		"-j1", option, value, pattern, NULL};

	CU_ASSERT_TRUE_FATAL(command_run(command, arguments, NULL));
	temporary_remove();
}

TEST(a_seed_is_told_and_taken)
{
	struct command command;
	char why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	run(&command, "--shuffle", "7", "udp/*");
	ASSERT_NUMBER(command.status, 0);
	ASSERT_TEXT(buffer_text(&command.err), "wirecheck: --shuffle 7\n");
	CU_ASSERT_PTR_NULL(strstr(buffer_text(&command.out), "\n0 passed"));
	command_free(&command);
}

TEST(with_fail_fast_nothing_is_run_after_a_failure)
{
	struct command command;
	char why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	const char *const arguments[] = {build_path("harness/tests/selftest"), "--captures",
		temporary_make(), "--timeout", "0.2", "--fail-fast", "--impl", "/bin", "-j4", NULL};
	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));
	CU_ASSERT_TRUE(command.status == 1 || command.status == 2);
	const char *out = buffer_text(&command.out);
	bool one_failed = strstr(out, ", 1 failed, 0 broken") != NULL;
	bool one_broken = strstr(out, ", 0 failed, 1 broken") != NULL;
	CU_ASSERT_TRUE(one_failed || one_broken);
	command_free(&command);
	temporary_remove();
}

TEST(with_fail_fast_a_case_is_not_repeated_after_a_failure)
{
	struct command command;

	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(selftest_run(&command,
		LINE("--fail-fast", "--repeat", "9", "worker/holds", "program/wrong_status")));
	ASSERT_NUMBER(command.status, 1);
	ASSERT_HAS(buffer_text(&command.out),
		"PASS worker/holds (9 runs)\nFAIL program/wrong_status\n");
	ASSERT_HAS(buffer_text(&command.out), "\n9 passed, 1 failed, 0 broken, 0 skipped in ");
	command_free(&command);
	ground_remove();
}
