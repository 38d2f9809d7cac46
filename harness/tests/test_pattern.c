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

static void check_beginning(
	const char *pattern, struct bytes value, enum match match, size_t length)
{
	size_t found;

	CU_ASSERT_EQUAL(pattern_beginning(pattern, value, &found), match);
	if (match == MATCH_COMPLETE || match == MATCH_SO_FAR)
		ASSERT_NUMBER(found, length);
}

TEST(the_shortest_beginning_that_matches_is_taken)
{
	check_beginning("220 *\r\n", bytes_of("220 a\r\n250 b\r\n"), MATCH_COMPLETE, 7);
	check_beginning("a*b*c", BYTES("a\0bcbc"), MATCH_COMPLETE, 4);
	check_beginning("abc", bytes_of("abcabc"), MATCH_COMPLETE, 3);
	check_beginning("", bytes_of("a"), MATCH_COMPLETE, 0);
	check_beginning("a**b", bytes_of("ab"), MATCH_COMPLETE, 2);
}

TEST(a_beginning_that_is_too_short_may_match_later_and_another_never)
{
	check_beginning("220 *\r\n", bytes_of(""), MATCH_NOT_YET, 0);
	check_beginning("220 *\r\n", bytes_of("22"), MATCH_NOT_YET, 0);
	check_beginning("220 *\r\n", bytes_of("220 \r"), MATCH_NOT_YET, 0);
	check_beginning("220 *\r\n", bytes_of("23"), MATCH_NEVER, 0);
	check_beginning("220 *\r\n", bytes_of("230 a\r\n"), MATCH_NEVER, 0);
}

TEST(a_last_star_takes_whatever_follows)
{
	check_beginning("*", bytes_of(""), MATCH_SO_FAR, 0);
	check_beginning("200 *", bytes_of("200 OK"), MATCH_SO_FAR, 4);
	check_beginning("200 *OK*", bytes_of("200 "), MATCH_NOT_YET, 0);
	check_beginning("200 *OK*", bytes_of("200 is OK now"), MATCH_SO_FAR, 9);
}
