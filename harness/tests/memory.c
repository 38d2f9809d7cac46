/* Lets an allocation of the code under test fail: the linker puts these in front (--wrap). */
#include "memory.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#define NEVER UINT_MAX

static unsigned left = NEVER; /* how many succeed before one fails */
static bool failed;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void *__real_reallocarray(void *block, size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void *__wrap_reallocarray(void *block, size_t count, size_t size);

void memory_fails_after(unsigned more)
{
	left = more;
	failed = false;
}

bool memory_has_failed(void)
{
	left = NEVER;
	return failed;
}

static bool memory_left(void)
{
	if (left == NEVER)
		return true;
	if (left > 0) {
		left--;
		return true;
	}
	left = NEVER;
	failed = true;
	errno = ENOMEM;
	return false;
}

void *__wrap_malloc(size_t size)
{
	return memory_left() ? __real_malloc(size) : NULL;
}

void *__wrap_calloc(size_t count, size_t size)
{
	return memory_left() ? __real_calloc(count, size) : NULL;
}

void *__wrap_realloc(void *block, size_t size)
{
	return memory_left() ? __real_realloc(block, size) : NULL;
}

void *__wrap_reallocarray(void *block, size_t count, size_t size)
{
	return memory_left() ? __real_reallocarray(block, count, size) : NULL;
}
