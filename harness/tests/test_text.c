/* text.c: what people read when bytes are quoted or compared. */
#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"
#include "unit.h"

#include <string.h>

/* A view of a string literal, with the NULs that it holds. */
#define BYTES(text) ((struct bytes){(const unsigned char *)(text), sizeof(text) - 1})

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

static void check_compare(struct bytes expected, struct bytes found, const char *text)
{
	struct buffer out;

	buffer_init(&out, 4096);
	text_compare(&out, expected, found);
	ASSERT_TEXT(buffer_text(&out), text);
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

TEST(a_byte_that_differs)
{
	check_compare(BYTES("hello"), BYTES("helpo"),
		"differs at byte 3 of 5 expected, 5 found\n"
		"  expected  0000  68 65 6c 6c 6f  hello\n"
		"  found     0000  68 65 6c 70 6f  helpo\n"
		"                           ^^\n");
}

TEST(offsets_above_nine_are_told_in_hex_too)
{
	check_compare(BYTES("0123456789a"), BYTES("012345678Xa"),
		"differs at byte 9 of 11 expected, 11 found\n"
		"  expected  0000  30 31 32 33 34 35 36 37 38 39 61  0123456789a\n"
		"  found     0000  30 31 32 33 34 35 36 37 38 58 61  012345678Xa\n"
		"                                             ^^\n");
	check_compare(BYTES("0123456789a"), BYTES("0123456789X"),
		"differs at byte 10 (0xa) of 11 expected, 11 found\n"
		"  expected  0000  30 31 32 33 34 35 36 37 38 39 61  0123456789a\n"
		"  found     0000  30 31 32 33 34 35 36 37 38 39 58  0123456789X\n"
		"                                                ^^\n");
}

TEST(the_first_byte_differs)
{
	check_compare(BYTES("a"), BYTES("b"),
		"differs at byte 0 of 1 expected, 1 found\n"
		"  expected  0000  61  a\n"
		"  found     0000  62  b\n"
		"                  ^^\n");
}

TEST(a_newline_too_many)
{
	check_compare(BYTES("hello"), BYTES("hello\n"),
		"differs at byte 5 of 5 expected, 6 found: expected ends there\n"
		"  expected  0000  68 65 6c 6c 6f     hello\n"
		"  found     0000  68 65 6c 6c 6f 0a  hello.\n"
		"                                 ^^\n");
}

TEST(the_end_is_missing)
{
	check_compare(BYTES("hello, world"), BYTES("hello"),
		"differs at byte 5 of 12 expected, 5 found: found ends there\n"
		"  expected  0000  68 65 6c 6c 6f 2c 20 77 6f 72 6c 64  hello, world\n"
		"  found     0000  68 65 6c 6c 6f                       hello\n"
		"                                 ^^\n");
}

TEST(nothing_was_found)
{
	check_compare(BYTES("hi"), (struct bytes){NULL, 0},
		"differs at byte 0 of 2 expected, 0 found: found ends there\n"
		"  expected  0000  68 69  hi\n"
		"  found     0000\n"
		"                  ^^\n");
}

TEST(nothing_was_expected)
{
	check_compare((struct bytes){NULL, 0}, BYTES("\0\xff"),
		"differs at byte 0 of 0 expected, 2 found: expected ends there\n"
		"  expected  0000\n"
		"  found     0000  00 ff  ..\n"
		"                  ^^\n");
}

TEST(the_row_before_is_shown_once)
{
	check_compare(BYTES("HTTP/1.1 200 OK\r\n\r\nhi"), BYTES("HTTP/1.1 200 OK\r\n\rhi"),
		"differs at byte 18 (0x12) of 21 expected, 20 found\n"
		"  both      0000  48 54 54 50 2f 31 2e 31 20 32 30 30 20 4f 4b 0d  "
		"HTTP/1.1 200 OK.\n"
		"  expected  0010  0a 0d 0a 68 69                                   ...hi\n"
		"  found     0010  0a 0d 68 69                                      ..hi\n"
		"                        ^^\n");
}

TEST(one_value_ends_with_a_row)
{
	check_compare(BYTES("0123456789abcdef"), BYTES("0123456789abcdefgh"),
		"differs at byte 16 (0x10) of 16 expected, 18 found: expected ends there\n"
		"  both      0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
		"0123456789abcdef\n"
		"  expected  0010\n"
		"  found     0010  67 68                                            gh\n"
		"                  ^^\n");
}

TEST(the_last_byte_of_a_row_differs)
{
	check_compare(BYTES("0123456789abcdef"), BYTES("0123456789abcdeF"),
		"differs at byte 15 (0xf) of 16 expected, 16 found\n"
		"  expected  0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
		"0123456789abcdef\n"
		"  found     0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 46  "
		"0123456789abcdeF\n"
		"                                                               ^^\n");
}

TEST(a_row_follows_the_difference)
{
	check_compare(BYTES("0123456789abcdef0123456789abcdef"),
		BYTES("0123456789Abcdef0123456789abcdef"),
		"differs at byte 10 (0xa) of 32 expected, 32 found\n"
		"  expected  0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
		"0123456789abcdef\n"
		"  found     0000  30 31 32 33 34 35 36 37 38 39 41 62 63 64 65 66  "
		"0123456789Abcdef\n"
		"                                                ^^\n"
		"  both      0010  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
		"0123456789abcdef\n");
}

TEST(a_row_that_only_one_value_reaches)
{
	check_compare(BYTES("0123456789"), BYTES("0123456789abcdef0"),
		"differs at byte 10 (0xa) of 10 expected, 17 found: expected ends there\n"
		"  expected  0000  30 31 32 33 34 35 36 37 38 39                    "
		"0123456789\n"
		"  found     0000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  "
		"0123456789abcdef\n"
		"                                                ^^\n"
		"  expected  0010\n"
		"  found     0010  30                                               0\n");
}

TEST(only_the_rows_around_the_difference_are_shown)
{
	static unsigned char expected[1048576], found[1048576];

	memset(expected, 'a', sizeof expected);
	memset(found, 'a', sizeof found);
	found[1000] = 'b';
	check_compare((struct bytes){expected, sizeof expected},
		(struct bytes){found, sizeof found - 1},
		"differs at byte 1000 (0x3e8) of 1048576 expected, 1048575 found\n"
		"  both      03d0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  "
		"aaaaaaaaaaaaaaaa\n"
		"  expected  03e0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  "
		"aaaaaaaaaaaaaaaa\n"
		"  found     03e0  61 61 61 61 61 61 61 61 62 61 61 61 61 61 61 61  "
		"aaaaaaaabaaaaaaa\n"
		"                                          ^^\n"
		"  both      03f0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  "
		"aaaaaaaaaaaaaaaa\n");
}

TEST(offsets_of_all_rows_are_as_wide_as_the_widest)
{
	static unsigned char expected[65537], found[65537];

	memset(expected, 'a', sizeof expected);
	memset(found, 'a', sizeof found);
	found[65534] = 'b';
	check_compare((struct bytes){expected, sizeof expected},
		(struct bytes){found, sizeof found},
		"differs at byte 65534 (0xfffe) of 65537 expected, 65537 found\n"
		"  both      0ffe0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  "
		"aaaaaaaaaaaaaaaa\n"
		"  expected  0fff0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 61 61  "
		"aaaaaaaaaaaaaaaa\n"
		"  found     0fff0  61 61 61 61 61 61 61 61 61 61 61 61 61 61 62 61  "
		"aaaaaaaaaaaaaaba\n"
		"                                                             ^^\n"
		"  both      10000  61                                               a\n");
}

TEST(bytes_that_print_and_bytes_that_do_not)
{
	check_compare(BYTES("\x1f ~\x7f\xc3\xa9"), BYTES("\x1f ~\x7f\xc3\xaa"),
		"differs at byte 5 of 6 expected, 6 found\n"
		"  expected  0000  1f 20 7e 7f c3 a9  . ~...\n"
		"  found     0000  1f 20 7e 7f c3 aa  . ~...\n"
		"                                 ^^\n");
}

TEST(equal_values_are_called_so)
{
	check_compare(BYTES("hello"), BYTES("hello"), "no difference: 5 expected, 5 found\n");
	check_compare(BYTES(""), BYTES(""), "no difference: 0 expected, 0 found\n");
}

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
