/* comparison.c: what people read when expected bytes and found bytes differ. */
#include "base/comparison.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* A view of a string literal, with the NULs that it holds. */

static void check_compare(struct bytes expected, struct bytes found, const char *text)
{
	struct buffer out;

	buffer_init(&out, 4096);
	text_compare(&out, expected, found);
	ASSERT_TEXT(buffer_text(&out), text);
	buffer_free(&out);
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
