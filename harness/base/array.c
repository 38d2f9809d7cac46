/* A list that grows by one item at a time. */
#include "base/array.h"

#include <stdlib.h>

void *array_grow(void *list, size_t *capacity, size_t count, size_t size)
{
	if (count < *capacity)
		return list;

	size_t wanted = *capacity > 0 ? *capacity * 2 : 4;
	void *grown = reallocarray(list, wanted, size);
	if (grown != NULL)
		*capacity = wanted;
	return grown;
}
