/* Runs the tests of one file as a CUnit suite and says how each went, for a person or as JSON. */
#include "unit.h"

#include "base/buffer.h"
#include "command/json.h"

#include <CUnit/TestRun.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define TESTS_MAXIMUM 256

struct test {
	char name[128]; /* FILE/NAME */
	void (*body)(void);
};

static struct test tests[TESTS_MAXIMUM];
static size_t test_count;
static FILE *json;
static bool failed;
static char skip_reason[256];
static struct timespec started;
static unsigned asserts_before;

/* Appends the part of harness/tests/test_packet.c that names the subject: packet. */
static void unit_subject(const char *file, char *out, size_t size)
{
	const char *base = strrchr(file, '/');

	base = base != NULL ? base + 1 : file;
	if (strncmp(base, "test_", 5) == 0)
		base += 5;
	snprintf(out, size, "%.*s", (int)strcspn(base, "."), base);
}

void unit_register(const char *name, const char *file, void (*body)(void))
{
	char subject[64];

	if (test_count == TESTS_MAXIMUM) {
		fprintf(stderr, "%s: more than %d tests\n", file, TESTS_MAXIMUM);
		abort();
	}
	unit_subject(file, subject, sizeof subject);
	struct test *test = &tests[test_count++];
	snprintf(test->name, sizeof test->name, "%s/%.60s", subject, name);
	test->body = body;
}

void unit_assert_text(
	const char *actual, const char *expected, const char *what, const char *file, int line)
{
	char *text = NULL;
	bool equal = strcmp(actual, expected) == 0;

	if (!equal && asprintf(&text, "%s\n--- expected\n%s\n--- found\n%s\n---", what, expected,
			      actual) < 0)
		text = NULL;
	CU_assertImplementation(
		equal, (unsigned)line, text != NULL ? text : what, file, "", CU_FALSE);
	free(text);
}

void unit_assert_number(
	long long actual, long long expected, const char *what, const char *file, int line)
{
	char text[512];

	snprintf(text, sizeof text, "%s: expected %lld, found %lld", what, expected, actual);
	CU_assertImplementation(actual == expected, (unsigned)line, text, file, "", CU_FALSE);
}

void unit_assert_has(const char *text, const char *part, bool expected, const char *file, int line)
{
	const char *right = expected ? part : "nothing of it";
	bool has = strstr(text, part) != NULL;

	unit_assert_text(has == expected ? right : text, right,
		expected ? "lacks a part" : "has a part", file, line);
}

void unit_skip(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(skip_reason, sizeof skip_reason, format, arguments);
	va_end(arguments);
}

static void unit_started(const CU_pTest test, const CU_pSuite suite)
{
	(void)test;
	(void)suite;
	skip_reason[0] = '\0';
	asserts_before = CU_get_number_of_asserts();
	clock_gettime(CLOCK_MONOTONIC, &started);
}

static double unit_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - started.tv_sec) +
	       (double)(now.tv_nsec - started.tv_nsec) / 1e9;
}

static void unit_finished(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord first)
{
	struct buffer text, line;

	(void)suite;
	buffer_init(&text, 1 << 20);
	buffer_init(&line, 8 << 20);
	for (CU_pFailureRecord record = first; record != NULL; record = record->pNext)
		buffer_printf(&text, "%s:%u: %s\n", record->strFileName, record->uiLineNumber,
			record->strCondition);
	if (first == NULL)
		buffer_printf(&text, "%s", skip_reason);
	failed = failed || first != NULL;

	struct json_verdict verdict = {
		.name = test->pName,
		.run = 1,
		.verdict = first != NULL            ? "FAIL"
			   : skip_reason[0] != '\0' ? "SKIP"
						    : "PASS",
		.seconds = unit_seconds(),
		.asserts = CU_get_number_of_asserts() - asserts_before,
		.text = buffer_text(&text),
	};
	json_verdict(&line, &verdict);
	if (json != NULL) {
		fputs(buffer_text(&line), json);
		fflush(json);
	} else {
		printf("%s %s\n%s%s", verdict.verdict, verdict.name, verdict.text,
			skip_reason[0] != '\0' ? "\n" : "");
	}
	buffer_free(&text);
	buffer_free(&line);
}

static bool unit_selected(const char *name, char *const names[])
{
	if (names[0] == NULL)
		return true;
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Whether each of the names is that of a test; if not, says which is none. */
static bool unit_has_all(char *const names[])
{
	for (; *names != NULL; names++) {
		size_t i = 0;
		while (i < test_count && strcmp(tests[i].name, *names) != 0)
			i++;
		if (i == test_count) {
			fprintf(stderr, "no test is named %s; --list has them all\n", *names);
			return false;
		}
	}
	return true;
}

/* Puts the selected tests into one CUnit suite. False when CUnit refuses. */
static bool unit_fill(char *const names[])
{
	CU_pSuite suite = CU_add_suite("unit", NULL, NULL);

	for (size_t i = 0; suite != NULL && i < test_count; i++)
		if (unit_selected(tests[i].name, names) &&
			CU_add_test(suite, tests[i].name, tests[i].body) == NULL)
			return false;
	return suite != NULL;
}

/* test_FILE [--list] [--json FILE] [NAME…] */
int main(int count, char *arguments[])
{
	char **names = arguments + 1;

	if (count > 1 && strcmp(arguments[1], "--list") == 0) {
		for (size_t i = 0; i < test_count; i++)
			puts(tests[i].name);
		return 0;
	}
	if (count > 2 && strcmp(arguments[1], "--json") == 0) {
		json = fopen(arguments[2], "w");
		if (json == NULL) {
			perror(arguments[2]);
			return 2;
		}
		names = arguments + 3;
	}
	if (!unit_has_all(names))
		return 2;
	if (CU_initialize_registry() != CUE_SUCCESS || !unit_fill(names)) {
		fprintf(stderr, "CUnit: %s\n", CU_get_error_msg());
		return 2;
	}
	CU_set_test_start_handler(unit_started);
	CU_set_test_complete_handler(unit_finished);
	CU_run_all_tests();
	CU_cleanup_registry();
	if (json != NULL && fclose(json) != 0)
		return 2;
	return failed ? 1 : 0;
}
