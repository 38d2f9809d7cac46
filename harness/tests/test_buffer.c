/* buffer.c: growth, the maximum, formatted text, views. */
#include "base/buffer.h"
#include "unit.h"

#include <stdint.h>
#include <string.h>

/* A view of a string literal, with the NULs that it holds. */

TEST(bytes_of_a_string_leave_out_its_nul)
{
	struct bytes bytes = bytes_of("abc");

	ASSERT_NUMBER(bytes.length, 3);
	CU_ASSERT_EQUAL(memcmp(bytes.data, "abc", 3), 0);
	ASSERT_NUMBER(bytes_of("").length, 0);
}

TEST(bytes_are_equal_in_length_and_value)
{
	CU_ASSERT_TRUE(bytes_equal(bytes_of("abc"), bytes_of("abc")));
	CU_ASSERT_FALSE(bytes_equal(bytes_of("abc"), bytes_of("abd")));
	CU_ASSERT_FALSE(bytes_equal(bytes_of("abc"), bytes_of("ab")));
	CU_ASSERT_FALSE(bytes_equal(bytes_of("ab"), bytes_of("abc")));
	CU_ASSERT_TRUE(bytes_equal(BYTES("a\0b"), BYTES("a\0b")));
	CU_ASSERT_FALSE(bytes_equal(BYTES("a\0b"), BYTES("a\0c")));
	CU_ASSERT_TRUE(bytes_equal((struct bytes){NULL, 0}, bytes_of("")));
}

TEST(how_many_bytes_two_begin_with_that_are_the_same)
{
	ASSERT_NUMBER(bytes_same(bytes_of("hello"), bytes_of("help!")), 3);
	ASSERT_NUMBER(bytes_same(bytes_of("hello"), bytes_of("hello")), 5);
	ASSERT_NUMBER(bytes_same(bytes_of("hel"), bytes_of("hello")), 3);
	ASSERT_NUMBER(bytes_same(bytes_of("hello"), bytes_of("hex")), 2);
	ASSERT_NUMBER(bytes_same(bytes_of("a"), bytes_of("b")), 0);
	ASSERT_NUMBER(bytes_same((struct bytes){0}, bytes_of("b")), 0);
}

TEST(a_new_buffer_is_empty_and_has_no_memory)
{
	struct buffer buffer;

	buffer_init(&buffer, 10);
	CU_ASSERT_PTR_NULL(buffer.data);
	ASSERT_NUMBER(buffer.length, 0);
	ASSERT_NUMBER(buffer.maximum, 10);
	ASSERT_TEXT(buffer_text(&buffer), "");
	ASSERT_NUMBER(buffer_bytes(&buffer).length, 0);
	buffer_free(&buffer);
}

TEST(appended_bytes_follow_each_other_and_end_with_a_nul)
{
	struct buffer buffer;

	buffer_init(&buffer, 100);
	CU_ASSERT_TRUE(buffer_append(&buffer, "hello", 5));
	CU_ASSERT_TRUE(buffer_append(&buffer, "\0x", 2));
	CU_ASSERT_TRUE(buffer_append(&buffer, NULL, 0));
	ASSERT_NUMBER(buffer.length, 7);
	CU_ASSERT_EQUAL(memcmp(buffer.data, "hello\0x", 8), 0);
	CU_ASSERT_TRUE(bytes_equal(buffer_bytes(&buffer), BYTES("hello\0x")));
	buffer_free(&buffer);
}

TEST(it_grows_byte_by_byte_up_to_its_maximum_exactly)
{
	struct buffer buffer;

	buffer_init(&buffer, 1000);
	for (size_t i = 0; i < 1000; i++) {
		unsigned char byte = (unsigned char)(i % 251);
		CU_ASSERT_TRUE(buffer_append(&buffer, &byte, 1));
	}
	ASSERT_NUMBER(buffer.length, 1000);
	ASSERT_NUMBER(buffer.data[999], 999 % 251);
	ASSERT_NUMBER(buffer.data[1000], 0);
	CU_ASSERT_TRUE(buffer.capacity <= 1001);
	CU_ASSERT_FALSE(buffer.full);

	CU_ASSERT_FALSE(buffer_append(&buffer, "x", 1));
	CU_ASSERT_TRUE(buffer.full);
	ASSERT_NUMBER(buffer.length, 1000);
	buffer_free(&buffer);
}

TEST(what_fits_is_taken_and_the_rest_is_told)
{
	struct buffer buffer;

	buffer_init(&buffer, 8);
	CU_ASSERT_FALSE(buffer_append(&buffer, "0123456789", 10));
	ASSERT_TEXT(buffer_text(&buffer), "01234567");
	CU_ASSERT_TRUE(buffer.full);
	buffer_free(&buffer);
}

TEST(once_full_nothing_more_is_taken)
{
	struct buffer buffer;

	buffer_init(&buffer, 8);
	CU_ASSERT_TRUE(buffer_append(&buffer, "abc", 3));
	CU_ASSERT_FALSE(buffer_append(&buffer, "0123456789", 10));
	CU_ASSERT_FALSE(buffer_append(&buffer, "", 0));
	CU_ASSERT_FALSE(buffer_printf(&buffer, "x"));
	ASSERT_TEXT(buffer_text(&buffer), "abc01234");
	buffer_free(&buffer);
}

TEST(a_buffer_without_a_limit_can_be_filled)
{
	struct buffer buffer;

	buffer_init(&buffer, SIZE_MAX);
	CU_ASSERT_TRUE(buffer_append(&buffer, "hello", 5));
	ASSERT_TEXT(buffer_text(&buffer), "hello");
	buffer_free(&buffer);
}

TEST(a_buffer_for_nothing_takes_nothing)
{
	struct buffer buffer;

	buffer_init(&buffer, 0);
	CU_ASSERT_TRUE(buffer_append(&buffer, "", 0));
	CU_ASSERT_FALSE(buffer_append(&buffer, "a", 1));
	ASSERT_TEXT(buffer_text(&buffer), "");
	buffer_free(&buffer);
}

/* So that a request for too much memory fails as it does without the sanitizer. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

TEST(memory_that_is_not_to_be_had_is_told)
{
	struct buffer buffer;

	buffer_init(&buffer, SIZE_MAX);
	CU_ASSERT_TRUE(buffer_append(&buffer, "abc", 3));
	CU_ASSERT_FALSE(buffer_append(&buffer, "def", SIZE_MAX / 4));
	CU_ASSERT_TRUE(buffer.full);
	CU_ASSERT_FALSE(buffer_append(&buffer, "def", 3));
	ASSERT_TEXT(buffer_text(&buffer), "abc");
	buffer_free(&buffer);
}

TEST(formatted_text_is_appended)
{
	struct buffer buffer;

	buffer_init(&buffer, 100);
	CU_ASSERT_TRUE(buffer_printf(&buffer, "%s %d", "port", 8898));
	CU_ASSERT_TRUE(buffer_printf(&buffer, ", %04x", 0xabu));
	ASSERT_TEXT(buffer_text(&buffer), "port 8898, 00ab");
	buffer_free(&buffer);
}

TEST(formatted_text_is_cut_at_the_maximum)
{
	struct buffer buffer;

	buffer_init(&buffer, 6);
	CU_ASSERT_FALSE(buffer_printf(&buffer, "port %d", 8898));
	ASSERT_TEXT(buffer_text(&buffer), "por...");
	CU_ASSERT_FALSE(buffer_printf(&buffer, "and more"));
	ASSERT_TEXT(buffer_text(&buffer), "por...");
	buffer_clear(&buffer);
	CU_ASSERT_FALSE(buffer_append(&buffer, "0123456", 7)); /* bytes get no mark */
	ASSERT_TEXT(buffer_text(&buffer), "012345");
	buffer_free(&buffer);
}

TEST(clearing_keeps_the_memory_and_forgets_that_it_was_full)
{
	struct buffer buffer;

	buffer_init(&buffer, 4);
	CU_ASSERT_FALSE(buffer_append(&buffer, "01234", 5));
	unsigned char *memory = buffer.data;
	buffer_clear(&buffer);
	ASSERT_TEXT(buffer_text(&buffer), "");
	ASSERT_NUMBER(buffer.length, 0);
	CU_ASSERT_PTR_EQUAL(buffer.data, memory);
	CU_ASSERT_TRUE(buffer_append(&buffer, "ab", 2));
	ASSERT_TEXT(buffer_text(&buffer), "ab");
	buffer_free(&buffer);

	buffer_clear(&buffer); /* one without memory */
	ASSERT_TEXT(buffer_text(&buffer), "");
}

TEST(a_freed_buffer_is_empty_and_can_be_used_again)
{
	struct buffer buffer, zeroed = {0};

	buffer_init(&buffer, 4);
	CU_ASSERT_FALSE(buffer_append(&buffer, "01234", 5));
	buffer_free(&buffer);
	CU_ASSERT_PTR_NULL(buffer.data);
	ASSERT_NUMBER(buffer.length, 0);
	ASSERT_NUMBER(buffer.capacity, 0);
	CU_ASSERT_FALSE(buffer.full);
	CU_ASSERT_TRUE(buffer_append(&buffer, "abcd", 4));
	ASSERT_TEXT(buffer_text(&buffer), "abcd");
	buffer_free(&buffer);
	buffer_free(&buffer);
	buffer_free(&zeroed);
}
