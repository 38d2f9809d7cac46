/* pattern.c: which values match a pattern, and why the others do not. */
#include "base/pattern.h"
#include "unit.h"

static void check_match(const char *pattern, struct bytes value, const char *why)
{
	struct buffer found;

	buffer_init(&found, 4096);
	CU_ASSERT_EQUAL(pattern_matches(&found, pattern, value), *why == '\0');
	ASSERT_TEXT(buffer_text(&found), why);
	buffer_free(&found);
}

TEST(a_star_stands_for_any_bytes_and_all_else_for_itself)
{
	check_match("", bytes_of(""), "");
	check_match("*", bytes_of(""), "");
	check_match("***", bytes_of("abc"), "");
	check_match("a*a", bytes_of("aba"), "");
	check_match("a*b*c", bytes_of("abbcbc"), "");
	check_match("a*b", (struct bytes){(const unsigned char *)"a\0\n*b", 5}, "");
	check_match("[a-z]?\\*", bytes_of("[a-z]?\\"), "");
}

TEST(a_pattern_that_does_not_match_says_where)
{
	check_match("abc", bytes_of("abd"), "differs at byte 2: expected \"c\", found \"d\"\n");
	check_match("a", bytes_of(""), "differs at byte 0: expected \"a\", found \"\"\n");
	check_match("a", bytes_of("ab"), "goes on at byte 1, where the pattern ends\n");
	check_match("a*a", bytes_of("a"), "does not end with \"a\" from byte 1 on\n");
	check_match("a*b*b", bytes_of("ab"), "does not end with \"b\" from byte 2 on\n");
	check_match("*x*", bytes_of("aaa"), "does not have \"x\" from byte 0 on\n");
}
