/* utf8.c: what is a character and what is not, and cutting between them. */
#include "base/utf8.h"
#include "unit.h"

/* A view of a string literal, with the NULs that it holds. */

/* A character, or bytes that are none (length 0), and the `point` that should be stored. */
struct sample {
	const char *text;
	size_t length;
	uint32_t point;
};

static void check_samples(const struct sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint32_t point = 12345;
		ASSERT_NUMBER(utf8_decode(bytes_of(samples[i].text), &point), samples[i].length);
		ASSERT_NUMBER(point, samples[i].length > 0 ? samples[i].point : 12345);
	}
}

TEST(the_smallest_and_the_largest_of_each_length)
{
	static const struct sample samples[] = {
		{"\x01", 1, 0x1},
		{"\x7f", 1, 0x7f},
		{"\xc2\x80", 2, 0x80},
		{"\xdf\xbf", 2, 0x7ff},
		{"\xe0\xa0\x80", 3, 0x800},
		{"\xed\x9f\xbf", 3, 0xd7ff},
		{"\xee\x80\x80", 3, 0xe000},
		{"\xef\xbf\xbf", 3, 0xffff},
		{"\xf0\x90\x80\x80", 4, 0x10000},
		{"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
		{"\xc3\xa9tude", 2, 0xe9},
	};
	uint32_t point = 1;

	check_samples(samples, sizeof samples / sizeof *samples);
	ASSERT_NUMBER(utf8_decode(BYTES("\0"), &point), 1);
	ASSERT_NUMBER(point, 0);
}

TEST(what_is_no_character)
{
	static const struct sample samples[] = {
		{"", 0, 0},
		{"\x80", 0, 0},     /* a continuation alone */
		{"\xbf\xbf", 0, 0}, /* two of them */
		{"\xc3", 0, 0},     /* cut short */
		{"\xe2\x82", 0, 0},
		{"\xf0\x9f\x98", 0, 0},
		{"\xc3(", 0, 0}, /* no continuation */
		{"\xe2(\xac", 0, 0},
		{"\xe2\x82(", 0, 0},
		{"\xe2\x82\xc3", 0, 0},
		{"\xc0\x80", 0, 0}, /* overlong */
		{"\xc1\xbf", 0, 0},
		{"\xe0\x9f\xbf", 0, 0},
		{"\xf0\x8f\xbf\xbf", 0, 0},
		{"\xed\xa0\x80", 0, 0}, /* surrogates */
		{"\xed\xbf\xbf", 0, 0},
		{"\xf4\x90\x80\x80", 0, 0}, /* beyond U+10FFFF */
		{"\xf5\x80\x80\x80", 0, 0},
		{"\xf9\x80\x80\x80", 0, 0}, /* five and six bytes were UTF-8 once */
		{"\xfc\x84\x80\x80\x80\x80", 0, 0},
		{"\xff", 0, 0},
	};

	check_samples(samples, sizeof samples / sizeof *samples);
}

TEST(a_character_is_not_looked_for_beyond_the_end)
{
	static const unsigned char euro[] = {0xe2, 0x82, 0xac};
	uint32_t point;

	ASSERT_NUMBER(utf8_decode((struct bytes){euro, 2}, &point), 0);
	ASSERT_NUMBER(utf8_decode((struct bytes){NULL, 0}, &point), 0);
}

TEST(cutting_keeps_whole_characters)
{
	struct bytes text = bytes_of("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"); /* aé€ and a face */
	static const size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10};

	for (size_t maximum = 0; maximum < sizeof expected / sizeof *expected; maximum++)
		ASSERT_NUMBER(utf8_cut(text, maximum), expected[maximum]);
}

TEST(cutting_does_not_look_before_the_text)
{
	static const unsigned char e[] = {0xc3, 0xa9, 'a'};

	ASSERT_NUMBER(utf8_cut((struct bytes){e + 1, 2}, 0), 0);
}

TEST(cutting_what_is_no_utf8_drops_nothing_more)
{
	ASSERT_NUMBER(utf8_cut(bytes_of("\x80\x80\x80\x80\x80\x80"), 4), 4);
	ASSERT_NUMBER(utf8_cut(bytes_of("ab\xff\xff\xff"), 3), 3);
	ASSERT_NUMBER(utf8_cut(bytes_of("ab\xe2\x82(d"), 3), 3);
}
