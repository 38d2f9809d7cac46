/* Writes verdicts as the JUnit XML that CI systems read: a testsuite a run, a testcase a verdict.
 */
#include "command/junit.h"

#include "base/cut.h"
#include "base/utf8.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of one testcase: a text of 1 MiB in which each character is escaped. */
#define TESTCASE_MAXIMUM ((size_t)8 << 20)

/* XML 1.0, 2.2: these alone are characters of a document. */
static bool is_character(uint32_t point)
{
	return point == '\t' || point == '\n' || point == '\r' ||
	       (point >= 0x20 && point != 0xfffe && point != 0xffff);
}

/* NULL: it stands for itself. A parser makes a space or a newline of these three where they do. */
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
		uint32_t point = 0;
		size_t length = utf8_decode(text, &point);
		const char *name = reference(point);
		if (length == 0 || !is_character(point))
			buffer_printf(out, "\xef\xbf\xbd");
		else if (name != NULL && !(keeps_lines && (point == '\n' || point == '\t')))
			buffer_printf(out, "%s", name);
		else
			buffer_append(out, text.data, length);
		length = length > 0 ? length : 1;
		text = (struct bytes){text.data + length, text.length - length};
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
	char name[512], run[32] = "";

	if (verdict->run > 1)
		snprintf(run, sizeof run, " (run %u)", verdict->run);
	cut_print(name, sizeof name, "%s%s", verdict->name, run);
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

/* A file without a name, gone when it is closed. */
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

static void put(struct junit *junit, FILE *file, const struct buffer *text)
{
	junit->failed |= text->full || fputs(buffer_text(text), file) == EOF;
}

static void put_plain(struct junit *junit, const char *text)
{
	junit->failed |= fputs(text, junit->file) == EOF;
}

bool junit_open(struct junit *junit, FILE *file, struct error *error)
{
	*junit = (struct junit){.file = file, .spool = open_spool(error)};
	if (junit->spool == NULL) {
		fclose(file);
		junit->file = NULL;
		return false;
	}
	put_plain(junit, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
	return true;
}

void junit_suite_begin(struct junit *junit)
{
	memset(junit->counts, 0, sizeof junit->counts);
	rewind(junit->spool);
	junit->failed |= ftruncate(fileno(junit->spool), 0) != 0;
}

void junit_add(struct junit *junit, const struct junit_case *verdict)
{
	struct buffer out;

	junit->counts[verdict->verdict]++;
	buffer_init(&out, TESTCASE_MAXIMUM);
	junit_testcase(&out, verdict);
	put(junit, junit->spool, &out);
	buffer_free(&out);
}

static void copy_spool(struct junit *junit)
{
	char chunk[65536];
	size_t length;

	junit->failed |= fflush(junit->spool) != 0 || fseek(junit->spool, 0, SEEK_SET) != 0;
	while ((length = fread(chunk, 1, sizeof chunk, junit->spool)) > 0)
		junit->failed |= fwrite(chunk, 1, length, junit->file) != length;
	junit->failed |= ferror(junit->spool) != 0;
}

void junit_suite_end(struct junit *junit, const char *name, double seconds)
{
	const size_t *counts = junit->counts;
	struct buffer out;

	buffer_init(&out, 4096);
	buffer_printf(&out, "<testsuite");
	attribute(&out, "name", name);
	buffer_printf(&out,
		" tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.6f\">\n",
		counts[PASS] + counts[FAIL] + counts[BROKEN] + counts[SKIP], counts[FAIL],
		counts[BROKEN], counts[SKIP], seconds);
	put(junit, junit->file, &out);
	buffer_free(&out);
	copy_spool(junit);
	put_plain(junit, "</testsuite>\n");
}

bool junit_close(struct junit *junit)
{
	put_plain(junit, "</testsuites>\n");
	junit->failed |= fclose(junit->spool) != 0;
	junit->failed |= fclose(junit->file) != 0;
	junit->file = junit->spool = NULL;
	return !junit->failed;
}
