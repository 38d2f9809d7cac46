/* Runs a part of a test in a process inside a sandbox, where CUnit cannot count. */
#ifndef WIRECHECK_INSIDE_H
#define WIRECHECK_INSIDE_H

#include "base/error.h"
#include "selftest.h"
#include "unit.h"

#include <stdbool.h>
#include <sys/types.h>

/* Whether sandbox_prepare succeeds here, and if not, why; in a child, since it cannot be undone. */
bool prepare_in_child(const char *scratch, struct error *error);

/*
 * Forks a process that is the first in a sandbox of its own, with `scratch` for its folder; 0
 * there. The parent gets the process that waits for it, which ends with its exit status, or with 2
 * when there was no sandbox.
 */
pid_t fork_inside(const char *scratch);

/*
 * Runs `body` in a sandbox of its own, and then asserts that it came to its end and that all it
 * checked by the macros below held. Skips nothing: ask sandboxes_possible first.
 */
#define RUN_INSIDE(body) run_inside((body), __FILE__, __LINE__)

/* A test with a body that runs in a sandbox of its own. Skipped where none can be made. */
#define TEST_INSIDE(name)                  \
	static void inside_##name(void);   \
	TEST(name)                         \
	{                                  \
		NEEDS_SANDBOXES();         \
		RUN_INSIDE(inside_##name); \
	}                                  \
	static void inside_##name(void)

#define INSIDE(condition) inside_check((condition), __FILE__, __LINE__, "%s", #condition)
#define INSIDE_NUMBER(actual, expected) \
	inside_number((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)
#define INSIDE_TEXT(actual, expected) inside_text((actual), (expected), #actual, __FILE__, __LINE__)

void run_inside(void (*body)(void), const char *file, int line);
bool inside_check(bool held, const char *file, int line, const char *format, ...)
	__attribute__((__format__(__printf__, 4, 5)));
void inside_number(
	long long actual, long long expected, const char *what, const char *file, int line);
void inside_text(
	const char *actual, const char *expected, const char *what, const char *file, int line);

/* How many processes /proc shows. */
int process_count(void);

/* Where the sandbox's scratch is mounted; the same path outside is a folder that stays empty. */
extern const char *inside_scratch;

#endif
