/* text.c: what people read when bytes are quoted. */
#include "base/text.h"
#include "unit.h"

#include <string.h>

/* A view of a string literal, with the NULs that it holds. */

static void check_quote(struct bytes value, size_t maximum, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	text_quote(&out, value, maximum);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

static void check_excerpt(struct bytes value, size_t columns, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 4096);
	text_excerpt(&out, value, columns);
	ASSERT_TEXT(buffer_text(&out), expected);
	CU_ASSERT_TRUE(out.length <= columns);
	buffer_free(&out);
}

TEST(quoted_plain_text_stands_as_it_is)
{
	check_quote(BYTES("hello"), 100, "\"hello\"");
	check_quote(BYTES(""), 100, "\"\"");
	check_quote((struct bytes){NULL, 0}, 0, "\"\"");
	check_quote(BYTES(" ~"), 100, "\" ~\"");
}

TEST(quoted_escapes_are_those_of_c)
{
	check_quote(BYTES("hello\n"), 100, "\"hello\\n\"");
	check_quote(BYTES("a\r\n\tb"), 100, "\"a\\r\\n\\tb\"");
	check_quote(BYTES("say \"hi\" \\ bye"), 100, "\"say \\\"hi\\\" \\\\ bye\"");
}

TEST(quoted_other_bytes_are_two_hex_digits)
{
	check_quote(BYTES("a\0b"), 100, "\"a\\x00b\"");
	check_quote(BYTES("\x1b[1;44m"), 100, "\"\\x1b[1;44m\"");
	check_quote(BYTES("\x1f\x7f"), 100, "\"\\x1f\\x7f\"");
}

TEST(quoted_letters_of_any_script_stand_as_they_are)
{
	check_quote(BYTES("\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xe6\x97\xa5 \xf0\x9f\x98\x80"), 100,
		"\"\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xe6\x97\xa5 \xf0\x9f\x98\x80\"");
	check_quote(BYTES("\xc2\xa1\xe1\xbf\xbf"), 100, "\"\xc2\xa1\xe1\xbf\xbf\"");
}

TEST(quoted_bytes_that_are_no_utf8_are_hex)
{
	check_quote(BYTES("\xff\xfe"), 100, "\"\\xff\\xfe\"");
	check_quote(BYTES("caf\xe9!"), 100, "\"caf\\xe9!\"");
	check_quote(BYTES("\xc0\xaf"), 100, "\"\\xc0\\xaf\"");
	check_quote(BYTES("\xed\xa0\x80"), 100, "\"\\xed\\xa0\\x80\"");
	check_quote(BYTES("\xe2\x82"), 100, "\"\\xe2\\x82\"");
}

TEST(quoted_characters_that_nobody_can_see_are_hex)
{
	check_quote(BYTES("a\xc2\xa0"
			  "b"),
		100, "\"a\\xc2\\xa0b\"");                               /* no-break space */
	check_quote(BYTES("\xc2\x9b"), 100, "\"\\xc2\\x9b\"");          /* CSI */
	check_quote(BYTES("\xe2\x80\x8b"), 100, "\"\\xe2\\x80\\x8b\""); /* zero width */
	check_quote(BYTES("\xe2\x80\xae"), 100, "\"\\xe2\\x80\\xae\""); /* right to left */
	check_quote(BYTES("\xef\xbb\xbf"), 100, "\"\\xef\\xbb\\xbf\""); /* byte order mark */
	check_quote(BYTES("\xf3\xa0\x81\x81"), 100, "\"\\xf3\\xa0\\x81\\x81\""); /* tag */
}

TEST(quoted_values_are_cut_with_their_length_told)
{
	check_quote(BYTES("aaaaaaaa"), 8, "\"aaaaaaaa\"");
	check_quote(BYTES("aaaaaaaa"), 7, "\"aaaaaaa\"... (8 bytes)");
	check_quote(BYTES("aaaaaaaa"), 0, "\"\"... (8 bytes)");
}

TEST(quoted_values_are_cut_between_characters)
{
	check_quote(BYTES("a\xe2\x82\xac"), 4, "\"a\xe2\x82\xac\"");
	check_quote(BYTES("a\xe2\x82\xac"), 3, "\"a\"... (4 bytes)");
	check_quote(BYTES("a\xe2\x82\xac"), 2, "\"a\"... (4 bytes)");
	check_quote(BYTES("a\x82\x82\x82"), 3, "\"a\\x82\\x82\"... (4 bytes)");
}

TEST(a_long_value_is_quoted_shortly)
{
	static unsigned char value[1048576];

	memset(value, 'a', sizeof value);
	check_quote((struct bytes){value, sizeof value}, 4, "\"aaaa\"... (1048576 bytes)");
}

TEST(an_excerpt_is_ascii_and_fits_its_columns)
{
	check_excerpt(BYTES("hello"), 9, "\"hello\"");
	check_excerpt(BYTES("\xc3\xa9"), 10, "\"\\xc3\\xa9\"");
	check_excerpt(BYTES("one\n"), 9, "\"one\\n\"");
	check_excerpt(BYTES(""), 9, "\"\"");
}

TEST(an_excerpt_says_that_it_was_cut)
{
	check_excerpt(BYTES("hello world"), 13, "\"hello world\"");
	check_excerpt(BYTES("hello world"), 12, "\"hello w\"...");
	check_excerpt(BYTES("hello world"), 9, "\"hell\"...");
	check_excerpt(BYTES("\x01\x02\x03"), 14, "\"\\x01\\x02\\x03\"");
	check_excerpt(BYTES("\x01\x02\x03"), 13, "\"\\x01\\x02\"...");
	check_excerpt(BYTES("\x01\x02\x03"), 12, "\"\\x01\"...");
}

TEST(an_excerpt_too_narrow_for_a_byte_is_left_out)
{
	check_excerpt(BYTES("hello"), 8, "");
	check_excerpt(BYTES("hello"), 0, "");
}

static void check_lines(const char *text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 256);
	text_lines(&out, "<", text, ">");
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}

TEST(each_line_of_a_text_stands_between_what_is_given)
{
	check_lines("", "");
	check_lines("a", "<a>");
	check_lines("a\n", "<a>");
	check_lines("a\n\nb", "<a><><b>");
}
