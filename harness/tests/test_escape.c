/* escape.c: text taken apart into characters, whatever bytes it has. */
#include "base/utf8.h"
#include "command/escape.h"
#include "unit.h"

TEST(a_text_comes_character_by_character)
{
	struct bytes text = bytes_of("a\xe2\x82\xac\xff\xf0\x9f\x98\x80\xe2\x82");
	static const struct {
		uint32_t point;
		size_t length;
		bool valid;
	} expected[] = {{'a', 1, true}, {0x20ac, 3, true}, {0xfffd, 1, false}, {0x1f600, 4, true},
		{0xfffd, 1, false}, {0xfffd, 1, false}};

	for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
		CU_ASSERT_TRUE_FATAL(text.length > 0);
		const unsigned char *begin = text.data;
		struct character character = escape_next(&text);
		ASSERT_NUMBER(character.point, expected[i].point);
		ASSERT_NUMBER(character.bytes.length, expected[i].length);
		ASSERT_NUMBER(character.valid, expected[i].valid);
		CU_ASSERT_PTR_EQUAL(character.bytes.data, begin);
		CU_ASSERT_PTR_EQUAL(text.data, begin + expected[i].length);
	}
	ASSERT_NUMBER(text.length, 0);
}

TEST(the_replacement_character_itself_is_valid)
{
	struct bytes text = bytes_of(REPLACEMENT_CHARACTER);
	struct character character = escape_next(&text);

	ASSERT_NUMBER(character.point, 0xfffd);
	CU_ASSERT_TRUE(character.valid);
}

TEST(controls_are_c0_del_c1_and_no_characters)
{
	static const uint32_t controls[] = {
		0, 7, '\t', '\n', '\r', 0x1b, 0x1f, 0x7f, 0x80, 0x9b, 0x9f, 0xfffe, 0xffff};
	static const uint32_t others[] = {' ', 'a', '~', 0xa0, 0x20ac, 0xfffd, 0x1f600};

	for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
		CU_ASSERT_TRUE(escape_is_control(controls[i]));
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		CU_ASSERT_FALSE(escape_is_control(others[i]));
}
