/* cut.c: a text that is too long is cut after a whole character, and says so. */
#include "base/cut.h"
#include "unit.h"

#include <string.h>

static void check(size_t size, const char *text, const char *expected)
{
	char out[1024];

	cut_print(out, size, "%s", text);
	ASSERT_TEXT(out, expected);
}

TEST(what_fits_is_left_alone)
{
	check(6, "hello", "hello");
	check(1, "", "");
}

TEST(a_short_text_ends_with_dots)
{
	check(6, "hellos", "he...");
	check(4, "hellos", "...");
	check(3, "hellos", "he"); /* no room for dots */
}

TEST(no_character_is_cut_in_two)
{
	check(9, "12345678\xe2\x82\xac", "12345...");
	check(9,
		"1234\xe2\x82\xac"
		"89",
		"1234...");
	check(9,
		"123\xe2\x82\xac"
		"789",
		"123...");
	check(9,
		"12\xe2\x82\xac"
		"6789",
		"12\xe2\x82\xac...");
}

TEST(a_long_text_ends_with_its_limit)
{
	char text[600], expected[600];

	memset(text, 'a', sizeof text);
	text[sizeof text - 1] = '\0';
	memset(expected, 'a', 300);
	strcpy(expected + 300 - strlen("... cut here, at 300 bytes"), "... cut here, at 300 bytes");
	check(301, text, expected);
}

TEST(lines_stay_whole_where_one_ended_shortly_before)
{
	char text[600], expected[600];

	memset(text, 'a', sizeof text);
	text[sizeof text - 1] = '\0';
	text[200] = '\n';
	memcpy(expected, text, 201);
	strcpy(expected + 201, "... cut here, at 300 bytes");
	check(301, text, expected);
}

TEST(a_long_call_ends_with_dots_after_a_whole_character)
{
	char out[8 + CUT_MARK];

	ASSERT_TEXT(cut_call("expect()", out, 8), "expect()");
	ASSERT_TEXT(cut_call("expect(1)", out, 8), "expect(1...");
	ASSERT_TEXT(cut_call("expect(\xe2\x82\xac)", out, 8), "expect(...");
}
