/* case_name.c: which names a case can have. */
#include "command/case_name.h"
#include "unit.h"

#include <string.h>

TEST(usual_names_are_taken)
{
	static const char *const names[] = {
		"tcp/hello", "hello", "deep/er/x", "tcp/hello_ipv6", "a-b+c", "v1.2.x", "a/b.c"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		CU_ASSERT_PTR_NULL(case_name_problem(names[i]));
}

static void check(const char *name, const char *problem)
{
	const char *found = case_name_problem(name);

	ASSERT_TEXT(found != NULL ? found : "none", problem);
}

TEST(names_that_lead_elsewhere_are_refused)
{
	static const char *const names[] = {
		"", "/", "/abs", "tcp/", "tcp//x", ".", "..", "tcp/.x", "../x", "a/../b"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		check(names[i], "a part of it is empty or begins with a point");
}

TEST(names_that_break_lines_or_are_globs_are_refused)
{
	static const char *const names[] = {
		"tcp/a b", "a\nb", "a\tb", "a\033[1m", "tcp/*", "a?", "[a]", "a%s", "gr\303\274n"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		check(names[i],
			"it has a byte that is no letter or digit of ASCII and none of _ - + . /");
}

TEST(names_of_runs_and_long_ones_are_refused)
{
	char name[202];

	check("tcp/two.2", "it ends like the capture of a run: in a point and a number");
	memset(name, 'a', sizeof name - 1);
	name[201] = '\0';
	check(name, "it is longer than 200 bytes");
	name[200] = '\0';
	CU_ASSERT_PTR_NULL(case_name_problem(name));
}
