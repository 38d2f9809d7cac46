/* A list that grows by one item at a time. */
#ifndef WIRECHECK_ARRAY_H
#define WIRECHECK_ARRAY_H

#include <stddef.h>

/*
 * Makes room for one more item of `size` bytes after the `count` items in `list`, which is NULL at
 * first. Returns the list, which may have moved, and updates `capacity`. When memory ran out it
 * returns NULL, and nothing has changed.
 */
void *array_grow(void *list, size_t *capacity, size_t count, size_t size);

#endif
