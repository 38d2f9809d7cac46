/* The harness's own tests: each TEST registers itself with CUnit under its file's name. */
#ifndef WIRECHECK_UNIT_H
#define WIRECHECK_UNIT_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stddef.h>
#include <unistd.h>

/* A test; `name` becomes NAME in test_FILE.c's FILE/NAME. Inside, use CUnit's assertions. */
#define TEST(name)                                                     \
	static void test_##name(void);                                 \
	__attribute__((constructor)) static void register_##name(void) \
	{                                                              \
		unit_register(#name, __FILE__, test_##name);           \
	}                                                              \
	static void test_##name(void)

/* Like CU_ASSERT_STRING_EQUAL, but the failure shows both texts. */
#define ASSERT_TEXT(actual, expected) \
	unit_assert_text((actual), (expected), #actual, __FILE__, __LINE__)

/* Like CU_ASSERT_EQUAL for whole numbers, but the failure shows both. */
#define ASSERT_NUMBER(actual, expected) \
	unit_assert_number((long long)(actual), (long long)(expected), #actual, __FILE__, __LINE__)

/* Whether a text has a part, or lacks it; the failure shows both. */
#define ASSERT_HAS(text, part)   unit_assert_has((text), (part), true, __FILE__, __LINE__)
#define ASSERT_LACKS(text, part) unit_assert_has((text), (part), false, __FILE__, __LINE__)

/* Ends this test as skipped, with what the machine lacks. Call it before the first assertion. */
#define SKIP_TEST(...)                  \
	do {                            \
		unit_skip(__VA_ARGS__); \
		return;                 \
	} while (0)

/* Skips this test where a tool, a literal, is not installed. */
#define NEEDS_TOOL(name)                                     \
	do {                                                 \
		if (access("/usr/bin/" name, X_OK) != 0)     \
			SKIP_TEST(name " is not installed"); \
	} while (0)

void unit_register(const char *name, const char *file, void (*body)(void));
void unit_assert_text(
	const char *actual, const char *expected, const char *what, const char *file, int line);
void unit_assert_number(
	long long actual, long long expected, const char *what, const char *file, int line);
void unit_assert_has(const char *text, const char *part, bool expected, const char *file, int line);
void unit_skip(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

#endif
