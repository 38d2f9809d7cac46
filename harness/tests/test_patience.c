/* patience.c: the limits of a case that asks for patience, and when its worker is late. */
#include "unit.h"
#include "worker/patience.h"

static const struct settings settings = {.wait_limit = 5, .case_limit = 30, .isolated = true};

static void check(unsigned patience, int64_t wait_limit, int64_t case_limit, bool computing)
{
	const struct case_info info = {.patience = patience};
	struct settings own = patience_settings(&settings, &info);

	ASSERT_NUMBER(own.wait_limit, wait_limit);
	ASSERT_NUMBER(own.case_limit, case_limit);
	CU_ASSERT_TRUE(own.isolated);
	ASSERT_NUMBER(patience_of_body(&settings, &info), 2 * case_limit + wait_limit);
	ASSERT_NUMBER(patience_is_for_computing(&info), computing);
}

TEST(patience_multiplies_both_limits)
{
	check(0, 5, 30, false);
	check(1, 5, 30, false);
	check(6, 30, 180, true);
}
