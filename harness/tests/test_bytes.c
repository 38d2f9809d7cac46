/* bytes.c: parts of views, and which views are the same. */
#include "base/bytes.h"
#include "unit.h"

#include <stdint.h>
#include <string.h>

static void check_part(const char *text, size_t offset, size_t length, const char *expected)
{
	struct bytes part = bytes_part(bytes_of(text), offset, length);

	ASSERT_NUMBER(part.length, strlen(expected));
	CU_ASSERT_TRUE(bytes_equal(part, bytes_of(expected)));
}

TEST(a_part_has_as_many_bytes_as_there_are)
{
	check_part("hello", 0, 5, "hello");
	check_part("hello", 1, 3, "ell");
	check_part("hello", 3, SIZE_MAX, "lo");
	check_part("hello", 5, 1, "");
	check_part("hello", SIZE_MAX, 1, "");
	check_part("", 0, 1, "");
}

TEST(views_are_equal_by_length_and_bytes)
{
	CU_ASSERT_TRUE(bytes_equal(bytes_of("ab"), bytes_of("ab")));
	CU_ASSERT_FALSE(bytes_equal(bytes_of("ab"), bytes_of("ac")));
	CU_ASSERT_FALSE(bytes_equal(bytes_of("ab"), bytes_of("abc")));
	CU_ASSERT_TRUE(bytes_equal((struct bytes){NULL, 0}, bytes_of("")));
}

TEST(the_same_beginning_is_counted)
{
	ASSERT_NUMBER(bytes_same(bytes_of("abc"), bytes_of("abd")), 2);
	ASSERT_NUMBER(bytes_same(bytes_of("abc"), bytes_of("xbc")), 0);
	ASSERT_NUMBER(bytes_same(bytes_of("ab"), bytes_of("abc")), 2);
	ASSERT_NUMBER(bytes_same(bytes_of("abc"), bytes_of("abc")), 3);
	ASSERT_NUMBER(bytes_same((struct bytes){NULL, 0}, bytes_of("abc")), 0);
}
