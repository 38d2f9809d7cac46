/* Verbs about programs: how they ended, and what they had printed by then. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <fnmatch.h>
#include <string.h>
#include <sys/wait.h>

/* Bytes of an output shown in a message; the report has more. */
#define SHOWN 200

static bool has_ended(void *argument)
{
	const struct program *program = argument;

	return program_is_over(program);
}

/*
 * Waits for the program's end; records a failure when none came, or when the harness brought it
 * about. One that was waited for in vain has had its time: it is looked at again, but not waited
 * for.
 */
static bool ended_in_time(struct program *program)
{
	struct wait wait = {.met = has_ended, .argument = program, .descriptor = -1};
	bool waited_before = program->waited_for;

	program->waited_for = true;
	if (waited_before)
		wait_collect();
	if (!program_is_over(program) && (waited_before || !wait_for(&wait))) {
		program->looked_at = true;
		return expect_that(false, "%s: expected to end, still running after %g s",
			program->name, wait_seconds());
	}
	if (!program->flooded)
		return true;
	program->looked_at = true;
	return expect_that(false, "%s was stopped: it printed more than %zu bytes", program->name,
		OUTPUT_MAXIMUM);
}

void case_expect_exit(const struct place *place, struct program *program, int status)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program))
		return;
	program->looked_at = true;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	expect_that(WIFEXITED(program->status) && WEXITSTATUS(program->status) == status,
		"%s: expected exit status %d, found %s", program->name, status, buffer_text(&end));
	buffer_free(&end);
}

void case_expect_killed(const struct place *place, struct program *program, int number)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program))
		return;
	program->looked_at = true;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	expect_that(WIFSIGNALED(program->status) && WTERMSIG(program->status) == number,
		"%s: expected to be killed by signal %d (%s), found %s", program->name, number,
		strsignal(number), buffer_text(&end));
	buffer_free(&end);
}

void case_expect_output(const struct place *place, struct program *program, const char *text)
{
	const struct buffer *output = &program->outlets[STANDARD_OUTPUT].text;
	struct buffer difference;

	context_at(place);
	if (!ended_in_time(program))
		return;
	buffer_init(&difference, 4096);
	bool equal = bytes_equal(bytes_of(text), buffer_bytes(output));
	if (!equal) {
		buffer_printf(&difference, "%s: standard output ", program->name);
		text_compare(&difference, bytes_of(text), buffer_bytes(output));
	}
	expect_text(equal, buffer_text(&difference));
	buffer_free(&difference);
}

/* `other` is what may be there instead of `expected`, or NULL. */
static void expect_output_like(
	bool held, const struct program *program, const char *expected, const char *other)
{
	struct buffer both;

	buffer_init(&both, 8192);
	buffer_printf(&both, "%s: standard output\n  expected  ", program->name);
	text_quote(&both, bytes_of(expected), 2 * SHOWN);
	if (other != NULL) {
		buffer_printf(&both, "\n  or        ");
		text_quote(&both, bytes_of(other), 2 * SHOWN);
	}
	buffer_printf(&both, "\n  found     ");
	text_quote(&both, buffer_bytes(&program->outlets[STANDARD_OUTPUT].text), 2 * SHOWN);
	expect_text(held, buffer_text(&both));
	buffer_free(&both);
}

void case_expect_output_either(
	const struct place *place, struct program *program, const char *text, const char *other)
{
	context_at(place);
	if (!ended_in_time(program))
		return;
	struct bytes found = buffer_bytes(&program->outlets[STANDARD_OUTPUT].text);
	bool held = bytes_equal(bytes_of(text), found) || bytes_equal(bytes_of(other), found);
	expect_output_like(held, program, text, other);
}

void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern)
{
	context_at(place);
	if (!ended_in_time(program))
		return;
	const struct buffer *output = &program->outlets[STANDARD_OUTPUT].text;
	const char *found = buffer_text(output);
	/* fnmatch(3) would take a NUL for the end. */
	bool matches = strlen(found) == output->length && fnmatch(pattern, found, 0) == 0;
	expect_output_like(matches, program, pattern, NULL);
}

void case_expect_error(const struct place *place, struct program *program, const char *text)
{
	const struct buffer *output = &program->outlets[STANDARD_ERROR].text;
	struct buffer both;

	context_at(place);
	if (!ended_in_time(program))
		return;
	bool there = memmem(buffer_text(output), output->length, text, strlen(text)) != NULL;
	buffer_init(&both, 4096);
	buffer_printf(&both, "%s: standard error\n  expected somewhere  ", program->name);
	text_quote(&both, bytes_of(text), SHOWN);
	buffer_printf(&both, "\n  found               ");
	text_quote(&both, buffer_bytes(output), SHOWN);
	expect_text(there, buffer_text(&both));
	buffer_free(&both);
}
