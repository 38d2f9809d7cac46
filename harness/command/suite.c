/* All cases, and each of them as a CUnit test. */
#include "command/suite.h"

#include "verbs/case.h"

#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* CUnit hands a test no argument: what the tests of this run share. */
static struct {
	struct schedule *schedule;
	struct progress *progress;
	struct error *error;
	size_t next; /* the case that the next test runs */
	bool fail_fast;
	bool over; /* the tests that are left run nothing */
} run;

static int by_name(const void *a, const void *b)
{
	const struct case_info *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error)
{
	const struct case_info **declared;

	if (!cases_declared(&declared, count))
		return error_set(error, "no memory for the register of cases");
	if (*count > 0)
		qsort(declared, *count, sizeof *declared, by_name);
	for (size_t i = 1; i < *count; i++)
		if (strcmp(declared[i - 1]->name, declared[i]->name) == 0)
			return error_set(error, "two cases are named %s", declared[i]->name);
	*cases = declared;
	return true;
}

/* What a worker that died left behind may be anything: its counts are not believed. */
static uint32_t believed(const struct outcome *outcome, uint32_t count, uint32_t least)
{
	return outcome->death[0] == '\0' ? count : least;
}

static void assert_findings(
	uint32_t count, bool held, const char *text, const struct outcome *outcome, unsigned line)
{
	for (uint32_t i = 0; i < count; i++)
		CU_assertImplementation(
			held ? CU_TRUE : CU_FALSE, line, text, outcome->info->file, "", CU_FALSE);
}

/* Each expectation of the run becomes an assertion of CUnit's, so that its count is the real one.
 */
static void replay(const struct outcome *outcome)
{
	const struct results *results = outcome->results;
	uint32_t told = 0;

	assert_findings(believed(outcome, results->held, 0), true, "", outcome, 0);
	for (size_t i = 0; i < results->finding_count && i < FINDINGS_MAXIMUM; i++) {
		const struct finding *finding = &results->findings[i];
		if (finding->held || outcome->verdict == SKIP)
			continue;
		uint32_t count = believed(outcome, finding->count, 1);
		assert_findings(
			count, false, results_text(results, finding->text), outcome, finding->line);
		told += count;
	}
	uint32_t failed = outcome->verdict == SKIP ? 0 : believed(outcome, results->failed, 0);
	if (failed > told)
		assert_findings(failed - told, false, "no room for its text", outcome, 0);
	if (outcome->verdict == BROKEN && told == 0)
		assert_findings(1, false, outcome->death, outcome, 0);
}

/* The test function of every case: its runs, in order. */
static void test_case(void)
{
	size_t index = run.next++;
	unsigned done = 0;
	struct outcome outcome;

	if (run.over)
		return;
	while (done < run.schedule->repeat && !run.over) {
		if (!schedule_next(run.schedule, &outcome, run.error)) {
			run.over = true;
			return;
		}
		progress_outcome(run.progress, &outcome);
		replay(&outcome);
		schedule_release(run.schedule);
		run.over = run.fail_fast && (outcome.verdict == FAIL || outcome.verdict == BROKEN);
		done++;
	}
	progress_case(run.progress, run.schedule->cases[index], done);
}

static bool fill_registry(struct error *error)
{
	CU_pSuite suite = CU_add_suite("cases", NULL, NULL);

	for (size_t i = 0; suite != NULL && i < run.schedule->case_count; i++)
		if (CU_add_test(suite, run.schedule->cases[i]->name, test_case) == NULL)
			return error_set(error, "CUnit: %s", CU_get_error_msg());
	return suite != NULL || error_set(error, "CUnit: %s", CU_get_error_msg());
}

bool suite_run(
	struct schedule *schedule, struct progress *progress, bool fail_fast, struct error *error)
{
	run.schedule = schedule;
	run.progress = progress;
	run.error = error;
	run.next = 0;
	run.fail_fast = fail_fast;
	run.over = false;
	error->text[0] = '\0';
	if (CU_initialize_registry() != CUE_SUCCESS)
		return error_set(error, "CUnit: %s", CU_get_error_msg());
	bool filled = fill_registry(error);
	if (filled)
		CU_run_all_tests();
	CU_cleanup_registry();
	return filled && error->text[0] == '\0';
}
