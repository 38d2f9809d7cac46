/* A list that grows by one item at a time. */
#ifndef WIRECHECK_ARRAY_H
#define WIRECHECK_ARRAY_H

#include <stddef.h>

/*
 * Makes room for one more item of `size` bytes behind the `count` in `list` (NULL while it is
 * empty) and returns the list, which may have moved; `capacity` follows. NULL when memory ran out:
 * then nothing changed.
 */
void *array_grow(void *list, size_t *capacity, size_t count, size_t size);

#endif
