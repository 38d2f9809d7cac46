/* JUnit XML, as CI systems read it: a testsuite for each round, a testcase for each verdict. */
#include "command/junit.h"

#include "base/cut.h"
#include "base/utf8.h"
#include "command/escape.h"
#include "command/reporter.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes of one testcase: a text of 1 MiB in which each character is escaped. */
#define TESTCASE_MAXIMUM ((size_t)8 << 20)

/* Whether a document can hold the character (XML 1.0, 2.2). */
static bool is_character(uint32_t point)
{
	return point == '\t' || point == '\n' || point == '\r' ||
	       (point >= 0x20 && point != 0xfffe && point != 0xffff);
}

/*
 * How the character is written; NULL: as it is. Tab, newline and carriage return are there because
 * a parser would make a space or a newline of them.
 */
static const char *reference(uint32_t point)
{
	switch (point) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\t':
		return "&#9;";
	case '\n':
		return "&#10;";
	case '\r':
		return "&#13;";
	default:
		return NULL;
	}
}

static void escape(struct buffer *out, struct bytes text, bool keeps_lines)
{
	while (text.length > 0) {
		struct character next = escape_next(&text);
		const char *name = reference(next.point);
		if (!next.valid || !is_character(next.point))
			buffer_printf(out, REPLACEMENT_CHARACTER);
		else if (name != NULL &&
			 !(keeps_lines && (next.point == '\n' || next.point == '\t')))
			buffer_printf(out, "%s", name);
		else
			buffer_append(out, next.bytes.data, next.bytes.length);
	}
}

void junit_escape(struct buffer *out, struct bytes text)
{
	escape(out, text, false);
}

static void attribute(struct buffer *out, const char *name, const char *value)
{
	buffer_printf(out, " %s=\"", name);
	junit_escape(out, bytes_of(value));
	buffer_printf(out, "\"");
}

void junit_testcase(struct buffer *out, const struct junit_case *verdict)
{
	static const char *const elements[] = {
		[FAIL] = "failure", [BROKEN] = "error", [SKIP] = "skipped"};
	char name[512], run[RUN_SUFFIX];

	cut_print(name, sizeof name, "%s%s", verdict->name, reporter_run_suffix(verdict->run, run));
	buffer_printf(out, "<testcase");
	attribute(out, "classname", verdict->classname);
	attribute(out, "name", name);
	attribute(out, "file", verdict->file);
	buffer_printf(out, " time=\"%.6f\"", verdict->seconds);
	if (verdict->verdict < FAIL) {
		buffer_printf(out, "/>\n");
		return;
	}
	buffer_printf(out, ">\n<%s", elements[verdict->verdict]);
	attribute(out, "message", verdict->message);
	if (verdict->verdict == SKIP) {
		buffer_printf(out, "/>\n</testcase>\n");
		return;
	}
	buffer_printf(out, ">");
	escape(out, bytes_of(verdict->text), true);
	buffer_printf(out, "</%s>\n</testcase>\n", elements[verdict->verdict]);
}

/* The document, from `open` to `close`. */
struct document {
	FILE *spool; /* the testcases of the round at work: the suite's counts stand before them */
};

/* A file without a name; it is gone when it is closed. */
static FILE *open_spool(struct error *error)
{
	char path[4096];
	const char *parent = getenv("TMPDIR");
	FILE *spool = NULL;

	snprintf(path, sizeof path, "%.4000s/wirecheck-junit.XXXXXX",
		parent != NULL && *parent != '\0' ? parent : "/tmp");
	int descriptor = mkostemp(path, O_CLOEXEC);
	if (descriptor >= 0) {
		unlink(path);
		spool = fdopen(descriptor, "w+");
	}
	if (spool == NULL) {
		error_errno(error, "make a file for the JUnit XML in %s", path);
		if (descriptor >= 0)
			close(descriptor);
	}
	return spool;
}

static FILE *spool_of(const struct reporter *reporter)
{
	return ((const struct document *)reporter->state)->spool;
}

static void put(struct reporter *reporter, FILE *file, const struct buffer *text)
{
	reporter->failed |= text->full || fputs(buffer_text(text), file) == EOF;
}

static bool begin(struct reporter *reporter, struct error *error)
{
	struct document *document = reporter->state;

	document->spool = open_spool(error);
	if (document->spool == NULL)
		return false;
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", reporter->out);
	return true;
}

static void round_begins(struct reporter *reporter, const struct round *round)
{
	FILE *spool = spool_of(reporter);

	(void)round;
	rewind(spool);
	reporter->failed |= ftruncate(fileno(spool), 0) != 0;
}

static void judged(struct reporter *reporter, const struct round *round,
	const struct outcome *outcome, const char *text)
{
	char classname[256] = "wirecheck";
	struct buffer message, out;
	struct junit_case verdict = {
		.classname = classname,
		.name = outcome->info->name,
		.file = outcome->info->file,
		.run = outcome->run,
		.verdict = outcome->verdict,
		.seconds = outcome->seconds,
		.text = text,
	};

	if (round->client != NULL)
		snprintf(classname, sizeof classname, "wirecheck.%s.%s", round->client,
			round->server);
	buffer_init(&message, 4096);
	buffer_init(&out, TESTCASE_MAXIMUM);
	outcome_append_message(&message, outcome);
	verdict.message = buffer_text(&message);
	junit_testcase(&out, &verdict);
	put(reporter, spool_of(reporter), &out);
	buffer_free(&message);
	buffer_free(&out);
}

static void copy_spool(struct reporter *reporter)
{
	FILE *spool = spool_of(reporter);
	char chunk[65536];
	size_t length;

	reporter->failed |= fflush(spool) != 0 || fseek(spool, 0, SEEK_SET) != 0;
	while ((length = fread(chunk, 1, sizeof chunk, spool)) > 0)
		reporter->failed |= fwrite(chunk, 1, length, reporter->out) != length;
	reporter->failed |= ferror(spool) != 0;
}

static void append_suite(struct buffer *out, const struct round *round)
{
	const size_t *counts = round->tally->counts;
	char name[2 * MATRIX_NAME + 32] = "wirecheck";

	if (round->client != NULL)
		snprintf(name, sizeof name, "client %s, server %s", round->client, round->server);
	buffer_printf(out, "<testsuite");
	attribute(out, "name", name);
	buffer_printf(out,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.6f\">\n",
		counts[PASS] + counts[FAIL] + counts[BROKEN] + counts[SKIP], counts[FAIL],
		counts[BROKEN], counts[SKIP], round->seconds);
}

static void round_over(struct reporter *reporter, const struct round *round)
{
	struct buffer out;

	buffer_init(&out, 4096);
	append_suite(&out, round);
	put(reporter, reporter->out, &out);
	buffer_free(&out);
	copy_spool(reporter);
	fputs("</testsuite>\n", reporter->out);
}

static void end(struct reporter *reporter)
{
	fputs("</testsuites>\n", reporter->out);
	reporter->failed |= fclose(spool_of(reporter)) != 0;
}

const struct format junit_format = {
	.option = "junit",
	.name = "JUnit XML",
	.help = "JUnit XML, as CI systems read it",
	.state_size = sizeof(struct document),
	.open = begin,
	.round_begins = round_begins,
	.judged = judged,
	.round_over = round_over,
	.close = end,
};
