/* select.c: which cases patterns pick, in which order, and the complaint when they pick none. */
#include "command/select.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const struct case_info infos[] = {{.name = "restart/reuseaddr"},
	{.name = "restart/time_wait"}, {.name = "tcp/hello"}, {.name = "tcp/server_first"},
	{.name = "udp/hello"}};

#define COUNT (sizeof infos / sizeof *infos)

static const struct case_info *const cases[COUNT] = {
	&infos[0], &infos[1], &infos[2], &infos[3], &infos[4]};

/* What these patterns pick, names with spaces between them; or the complaint. */
static void check(char *const patterns[], const char *expected)
{
	const struct case_info *picked[COUNT];
	struct buffer complaint, names;

	buffer_init(&complaint, 4096);
	buffer_init(&names, 4096);
	long count = select_cases(cases, COUNT, patterns, picked, &complaint);
	CU_ASSERT_TRUE_FATAL(count >= -1 && count <= (long)COUNT);
	for (long i = 0; i < count; i++)
		buffer_printf(&names, "%s%s", i > 0 ? " " : "", picked[i]->name);
	ASSERT_TEXT(buffer_text(count < 0 ? &complaint : &names), expected);
	CU_ASSERT_EQUAL(count<0, complaint.length> 0);
	buffer_free(&complaint);
	buffer_free(&names);
}

#define PATTERNS(...) ((char *const[]){__VA_ARGS__, NULL})

TEST(without_patterns_all_are_picked)
{
	check((char *const[]){NULL},
		"restart/reuseaddr restart/time_wait tcp/hello tcp/server_first udp/hello");
}

TEST(names_pick_in_the_order_of_the_patterns)
{
	check(PATTERNS("tcp/hello"), "tcp/hello");
	check(PATTERNS("udp/hello", "tcp/hello"), "udp/hello tcp/hello");
}

TEST(globs_pick_in_the_order_of_the_cases)
{
	check(PATTERNS("*hello"), "tcp/hello udp/hello");
	check(PATTERNS("tcp/*"), "tcp/hello tcp/server_first");
	check(PATTERNS("?cp/[h-i]*"), "tcp/hello");
	check(PATTERNS("udp/*", "restart/*"), "udp/hello restart/reuseaddr restart/time_wait");
}

TEST(each_case_is_picked_once)
{
	check(PATTERNS("tcp/hello", "tcp/hello"), "tcp/hello");
	check(PATTERNS("udp/hello", "*hello", "udp/*"), "udp/hello tcp/hello");
}

TEST(a_part_of_a_name_picks_nothing)
{
	check(PATTERNS("hello"), "no case is named hello; nearest: tcp/hello, udp/hello, "
				 "tcp/server_first");
}

/* Letter by letter, tcp/hello is nearer. */
TEST(a_name_with_the_pattern_in_it_is_the_nearest)
{
	check(PATTERNS("wait"), "no case is named wait; nearest: restart/time_wait, tcp/hello, "
				"udp/hello");
}

TEST(one_pattern_without_a_case_is_enough_to_complain)
{
	check(PATTERNS("tcp/hello", "tcp/helo"),
		"no case is named tcp/helo; nearest: tcp/hello, udp/hello, tcp/server_first");
	check(PATTERNS("tcp/server_frist"),
		"no case is named tcp/server_frist; nearest: tcp/server_first, tcp/hello, "
		"udp/hello");
}

TEST(fewer_cases_than_suggestions_are_all_told)
{
	const struct case_info *picked[1];
	struct buffer complaint;

	buffer_init(&complaint, 4096);
	ASSERT_NUMBER(select_cases(cases, 1, PATTERNS("udp/hello"), picked, &complaint), -1);
	ASSERT_TEXT(
		buffer_text(&complaint), "no case is named udp/hello; nearest: restart/reuseaddr");
	buffer_free(&complaint);
}

TEST(a_register_without_a_case_is_no_pass)
{
	const struct case_info *picked[1];
	struct buffer complaint;

	buffer_init(&complaint, 4096);
	ASSERT_NUMBER(select_cases(cases, 0, (char *const[]){NULL}, picked, &complaint), -1);
	ASSERT_TEXT(buffer_text(&complaint), "there is no case at all");
	buffer_free(&complaint);
}
