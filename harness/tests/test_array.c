/* array.c: a list grows by one item at a time and keeps what it has. test_wire.c lets it fail. */
#include "base/array.h"
#include "unit.h"

#include <stdlib.h>

TEST(a_list_grows_and_keeps_its_items)
{
	int *list = NULL;
	size_t capacity = 0;

	for (size_t count = 0; count < 1000; count++) {
		list = array_grow(list, &capacity, count, sizeof *list);
		CU_ASSERT_PTR_NOT_NULL_FATAL(list);
		CU_ASSERT_TRUE(capacity > count);
		list[count] = (int)count;
	}
	for (int i = 0; i < 1000; i++)
		ASSERT_NUMBER(list[i], i);
	free(list);
}

TEST(a_list_with_room_stays_where_it_is)
{
	size_t capacity = 0;
	char *list = array_grow(NULL, &capacity, 0, 1);

	CU_ASSERT_PTR_NOT_NULL_FATAL(list);
	CU_ASSERT_TRUE(capacity > 1);
	CU_ASSERT_PTR_EQUAL(array_grow(list, &capacity, 1, 1), list);
	free(list);
}
