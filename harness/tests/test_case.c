/* case.c: the register of cases, their names, and what a row of a table says in place of all. */
#include "unit.h"
#include "verbs/case.h"
#include "verbs/case_register.h"

#include <string.h>

/* The case of a name; NULL: there is none. */
static const struct case_info *find(const char *name)
{
	const struct case_info **cases;
	size_t count;

	CU_ASSERT_TRUE_FATAL(cases_declared(&cases, &count));
	for (size_t i = 0; i < count; i++)
		if (strcmp(cases[i]->name, name) == 0)
			return cases[i];
	return NULL;
}

static void declare(const char *file, const char *name)
{
	case_declare(&(const struct case_info){.file = file, .name = name, .proves = "it"});
}

TEST(a_case_is_named_after_its_file)
{
	declare("cases/tcp/named_hello.c", NULL);
	declare("/home/me/cases/of/cases/deep/er/named.c", NULL);
	declare("other/named_alone.c", NULL);
	declare("cases/edge_cases/named.c", NULL);
	CU_ASSERT_PTR_NOT_NULL(find("edge_cases/named"));
	CU_ASSERT_PTR_NOT_NULL(find("tcp/named_hello"));
	CU_ASSERT_PTR_NOT_NULL(find("deep/er/named"));
	CU_ASSERT_PTR_NOT_NULL(find("other/named_alone"));
}

TEST(a_name_of_its_own_stands_in_place_of_the_files)
{
	declare("cases/tcp/named_hello.c", "own");
	declare("cases/own_at_the_top.c", "top");
	CU_ASSERT_PTR_NOT_NULL(find("tcp/own"));
	CU_ASSERT_PTR_NOT_NULL(find("top"));
}

static const struct row {
	struct case_info info;
	int number;
} rows[] = {
	{{.name = "row_one"}, 1},
	{{.name = "row_two", .clause = "RFC 2", .needs_ipv6 = true, .patience = 3}, 2},
};

static int summed;

CASE_EACH(row, rows, .name = "common", .proves = "a sum", .clause = "RFC 1", .ring_mib = 4,
	.patience = 2)
{
	summed += row->number;
}

TEST(each_row_is_a_case)
{
	const struct case_info *one = find("harness/tests/row_one");
	const struct case_info *two = find("harness/tests/row_two");

	CU_ASSERT_FATAL(one != NULL && two != NULL);
	ASSERT_TEXT(one->clause, "RFC 1");
	ASSERT_TEXT(two->clause, "RFC 2");
	ASSERT_TEXT(two->proves, "a sum");
	CU_ASSERT_FALSE(one->needs_ipv6);
	CU_ASSERT_TRUE(two->needs_ipv6);
	ASSERT_NUMBER(one->patience, 2);
	ASSERT_NUMBER(two->patience, 3);
	ASSERT_NUMBER(two->ring_mib, 4);
	summed = 0;
	two->body(two->row);
	ASSERT_NUMBER(summed, 2);
	one->body(one->row);
	ASSERT_NUMBER(summed, 3);
}
