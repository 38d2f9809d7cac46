/* edit_distance.c: how many letters two names differ by. */
#include "base/edit_distance.h"
#include "unit.h"

#include <string.h>

TEST(edit_distances)
{
	ASSERT_NUMBER(edit_distance("", ""), 0);
	ASSERT_NUMBER(edit_distance("tcp", "tcp"), 0);
	ASSERT_NUMBER(edit_distance("", "tcp"), 3);
	ASSERT_NUMBER(edit_distance("tcp", ""), 3);
	ASSERT_NUMBER(edit_distance("tcp", "udp"), 2);
	ASSERT_NUMBER(edit_distance("helo", "hello"), 1);
	ASSERT_NUMBER(edit_distance("hello", "helo"), 1);
	ASSERT_NUMBER(edit_distance("kitten", "sitting"), 3);
	ASSERT_NUMBER(edit_distance("saturday", "sunday"), 3);
	ASSERT_NUMBER(edit_distance("first", "frist"), 2);
}

/* Of longer names the first 128 letters count, whatever follows. */
TEST(long_names_are_compared_by_their_beginning)
{
	char a[1000], b[1000];

	memset(a, 'a', sizeof a);
	memset(b, 'a', sizeof b);
	a[sizeof a - 1] = b[sizeof b - 1] = '\0';
	b[500] = 'b';
	ASSERT_NUMBER(edit_distance(a, b), 0);
	b[100] = 'b';
	ASSERT_NUMBER(edit_distance(a, b), 1);
	ASSERT_NUMBER(edit_distance(a, ""), 128);
}
