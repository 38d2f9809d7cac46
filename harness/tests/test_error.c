/* error.c: the text, the cause, and what happens when they are too long. */
#include "base/error.h"
#include "unit.h"

#include <errno.h>
#include <string.h>

TEST(the_text_is_formatted_and_false_is_returned)
{
	struct error error;

	CU_ASSERT_FALSE(error_set(&error, "port %d is %s", 8898, "taken"));
	ASSERT_TEXT(error.text, "port 8898 is taken");
}

TEST(a_later_text_takes_the_place_of_an_earlier_one)
{
	struct error error;

	error_set(&error, "the first and longer one");
	error_set(&error, "second");
	ASSERT_TEXT(error.text, "second");
}

TEST(a_long_text_is_cut)
{
	static const char mark[] = "... cut here, at 511 bytes";
	struct error error;
	char expected[sizeof error.text];

	memset(expected, 'a', sizeof expected - 1);
	expected[sizeof expected - 1] = '\0';
	CU_ASSERT_FALSE(error_set(&error, "%s%s", expected, expected));
	memcpy(expected + sizeof expected - sizeof mark, mark, sizeof mark);
	ASSERT_TEXT(error.text, expected);
}

TEST(the_cause_follows_a_colon)
{
	struct error error;

	errno = ENOENT;
	CU_ASSERT_FALSE(error_errno(&error, "opening %s", "hello"));
	ASSERT_TEXT(error.text, "opening hello: No such file or directory");
	errno = 0;
	error_errno(&error, "%s", "");
	ASSERT_TEXT(error.text, ": Success");
}

TEST(a_long_text_does_not_push_the_cause_out)
{
	struct error error;
	static const char cause[] = "... cut here, at 484 bytes: No such file or directory";
	char path[4096], expected[sizeof error.text];

	memset(path, 'a', sizeof path - 1);
	path[sizeof path - 1] = '\0';
	memset(expected, 'a', sizeof expected);
	memcpy(expected + sizeof expected - sizeof cause, cause, sizeof cause);
	errno = ENOENT;
	CU_ASSERT_FALSE(error_errno(&error, "%s", path));
	ASSERT_TEXT(error.text, expected);
}
