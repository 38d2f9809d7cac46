/* Verbs about programs: how they ended, and what they had printed by then. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

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

void case_expect_output_either(
	const struct place *place, struct program *program, const char *text, const char *other)
{
	struct buffer all;

	context_at(place);
	if (!ended_in_time(program))
		return;
	struct bytes found = buffer_bytes(&program->outlets[STANDARD_OUTPUT].text);
	buffer_init(&all, 8192);
	buffer_printf(&all, "%s: standard output\n  expected  ", program->name);
	text_quote(&all, bytes_of(text), 2 * SHOWN);
	buffer_printf(&all, "\n  or        ");
	text_quote(&all, bytes_of(other), 2 * SHOWN);
	buffer_printf(&all, "\n  found     ");
	text_quote(&all, found, 2 * SHOWN);
	expect_text(bytes_equal(bytes_of(text), found) || bytes_equal(bytes_of(other), found),
		buffer_text(&all));
	buffer_free(&all);
}

void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern)
{
	const struct buffer *output = &program->outlets[STANDARD_OUTPUT].text;
	struct buffer text;

	context_at(place);
	if (!ended_in_time(program))
		return;
	buffer_init(&text, 8192);
	buffer_printf(&text, "%s: standard output\n  expected  ", program->name);
	text_quote(&text, bytes_of(pattern), 2 * SHOWN);
	buffer_printf(&text, "\n  found     ");
	text_quote(&text, buffer_bytes(output), 2 * SHOWN);
	buffer_append(&text, "\n", 1);
	bool matches = text_matches(&text, pattern, buffer_bytes(output));
	expect_text(matches, buffer_text(&text));
	buffer_free(&text);
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
