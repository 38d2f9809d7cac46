/* Tells one format of verdicts that no case came to, and reads what it wrote. */
#include "telling.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct reporter reporter;
static struct plan plan;
static struct round now;
static struct tally tally;
static struct summary summary;
static struct matrix matrix;
static struct results results;
static char *document;
static size_t document_length;

void telling_begin(const struct format *format, size_t runs, bool verbose)
{
	struct error error = {""};

	free(document);
	document = NULL;
	plan = (struct plan){.runs = runs, .repeat = 1, .verbose = verbose};
	summary = (struct summary){.seconds = 1.5, .tally = &tally};
	now = (struct round){0};
	memset(&matrix, 0, sizeof matrix);
	reporter = (struct reporter){
		.format = format,
		.plan = &plan,
		.out = open_memstream(&document, &document_length),
		.state = calloc(1, format->state_size + 1),
	};
	CU_ASSERT_TRUE_FATAL(reporter.out != NULL && reporter.state != NULL);
	CU_ASSERT_TRUE(format->open == NULL || format->open(&reporter, &error));
	ASSERT_TEXT(error.text, "");
}

/* The index of a member of the matrix, which is added when it is new. */
static size_t member(const char *name)
{
	size_t i = 0;

	while (i < matrix.count && strcmp(matrix.members[i].name, name) != 0)
		i++;
	if (i == matrix.count)
		snprintf(matrix.members[matrix.count++].name, MATRIX_NAME + 1, "%s", name);
	return i;
}

static void end_round(void)
{
	if (now.tally == NULL)
		return;
	now.seconds = 0.25;
	if (reporter.format->round_over != NULL)
		reporter.format->round_over(&reporter, &now);
	for (enum verdict verdict = PASS; verdict <= SKIP; verdict++)
		summary.counts[verdict] += tally.counts[verdict];
	if (now.client != NULL) {
		size_t client = member(now.client);
		matrix_take(&matrix, client, member(now.server), &tally);
		summary.matrix = &matrix;
		summary.tally = NULL;
	}
}

void telling_round(const char *client, const char *server)
{
	end_round();
	tally_begin(&tally);
	now = (struct round){
		.client = client, .server = server, .tally = &tally, .runs = plan.runs};
	if (reporter.format->round_begins != NULL)
		reporter.format->round_begins(&reporter, &now);
}

void telling_verdict(enum verdict verdict, const char *name, unsigned run, const char *what)
{
	const struct place place = {"cases/tcp/hello.c", 18, "expect_exit(server, 0)"};
	struct case_info info = {
		.file = "cases/tcp/hello.c", .name = name, .proves = "", .clause = ""};
	struct outcome outcome = {.info = &info,
		.run = run,
		.verdict = verdict,
		.seconds = 0.125,
		.results = &results};
	struct buffer text;

	results_clear(&results);
	results_add(&results, &place, verdict == PASS ? NULL : what);
	tally_run(&tally, &outcome);
	buffer_init(&text, OUTCOME_TEXT_MAXIMUM);
	if (verdict == SKIP)
		buffer_printf(&text, "%s", what);
	else if (verdict != PASS || plan.verbose)
		outcome_describe(&text, &outcome, plan.verbose);
	if (reporter.format->judged != NULL)
		reporter.format->judged(&reporter, &now, &outcome, buffer_text(&text));
	tally_case(&tally, &info, 1);
	if (reporter.format->case_over != NULL)
		reporter.format->case_over(&reporter, &now, &info);
	tally_next_case(&tally);
	buffer_free(&text);
}

const char *telling_end(void)
{
	end_round();
	if (reporter.format->run_over != NULL)
		reporter.format->run_over(&reporter, &summary);
	if (reporter.format->close != NULL)
		reporter.format->close(&reporter);
	CU_ASSERT_FALSE(reporter.failed);
	CU_ASSERT_EQUAL(fclose(reporter.out), 0);
	free(reporter.state);
	now = (struct round){0};
	return document;
}

void check_written(
	void (*write)(struct buffer *out, const char *text), const char *text, const char *expected)
{
	struct buffer out;

	buffer_init(&out, 65536);
	write(&out, text);
	ASSERT_TEXT(buffer_text(&out), expected);
	buffer_free(&out);
}
