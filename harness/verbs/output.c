/* Verbs about what a program printed; each waits for its end. */
#include "verbs/output.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"
#include "verbs/ended_by_itself.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <stdbool.h>
#include <string.h>

/* An output that is to be complete. */
struct printing {
	const struct program *program;
	enum output output;
};

static bool output_is_whole(void *argument)
{
	const struct printing *printing = argument;

	return program_is_over(printing->program, printing->output);
}

/* What an output is to be in the end: one of two, which are the same where there is only one. */
struct expected_output {
	enum output output;
	bool is_exact; /* otherwise it may become anything */
	struct bytes text, other;
};

/* Whether what was printed so far may become this. */
static bool may_become(const struct program *program, enum output output, struct bytes text)
{
	struct bytes found = buffer_bytes(output_text(program, output));

	return bytes_equal(found, bytes_part(text, 0, found.length));
}

/*
 * Waits until the program has ended and nobody holds its output: a child may print on. What is
 * there when one still holds it at the end of the wait is all that it has printed in time. False,
 * and a failure is recorded, when it did not end, or the harness killed it. One that
 * runs on has failed all the same when its output can become neither text.
 */
static bool printed_in_time(struct program *program, const struct expected_output *expected)
{
	struct printing printing = {.program = program, .output = expected->output};
	struct wait wait = {.met = output_is_whole, .argument = &printing, .descriptor = -1};

	(void)wait_for(&wait);
	bool differs = expected->is_exact &&
		       !may_become(program, expected->output, expected->text) &&
		       !may_become(program, expected->output, expected->other);
	if (differs)
		wait_was_not_needed();
	return (differs && !program->ended) || ended_by_itself(program);
}

/* Appends why there may be more to come than was found. */
static void note_held(struct buffer *out, const struct program *program, enum output output)
{
	if (!program->ended)
		buffer_printf(out, "so far: it is still running\n");
	else if (!program_is_over(program, output))
		buffer_printf(out, "its %s is still held open, by a child for instance\n",
			output_name(program, output));
}

/* Expects the output to be exactly this. */
static void expect_exactly(struct program *program, enum output output, struct bytes text)
{
	const struct expected_output expected = {output, true, text, text};
	struct buffer difference;

	if (!printed_in_time(program, &expected))
		return;
	struct bytes found = buffer_bytes(output_text(program, output));
	buffer_init(&difference, 4096);
	bool equal = bytes_equal(text, found);
	if (!equal) {
		buffer_printf(&difference, "%s: %s ", program->name, output_name(program, output));
		text_compare(&difference, text, found);
		note_held(&difference, program, output);
	}
	expect_text(equal, buffer_text(&difference));
	buffer_free(&difference);
}

void case_expect_output_bytes(
	const struct place *place, struct program *program, struct bytes expected)
{
	context_at(place);
	expect_exactly(program, STANDARD_OUTPUT, expected);
}

void case_expect_output(const struct place *place, struct program *program, const char *text)
{
	case_expect_output_bytes(place, program, bytes_of(text));
}

/* Ends the case where there is no standard error of its own to be told from standard output. */
static void must_have_error_output(const struct program *program)
{
	if (program->terminal)
		case_over(BROKEN,
			"%s is on a terminal, where standard error is seen in expect_output",
			program->name);
}

void case_expect_error_output(const struct place *place, struct program *program, const char *text)
{
	context_at(place);
	must_have_error_output(program);
	expect_exactly(program, STANDARD_ERROR, bytes_of(text));
}

void case_expect_output_either(
	const struct place *place, struct program *program, const char *text, const char *other)
{
	context_at(place);
	const struct expected_output expected = {
		STANDARD_OUTPUT, true, bytes_of(text), bytes_of(other)};
	struct buffer all;

	if (!printed_in_time(program, &expected))
		return;
	struct bytes found = buffer_bytes(output_text(program, STANDARD_OUTPUT));
	buffer_init(&all, 8192);
	buffer_printf(
		&all, "%s: %s\n  expected  ", program->name, output_name(program, STANDARD_OUTPUT));
	text_quote(&all, bytes_of(text), 2 * TEXT_SHOWN);
	buffer_printf(&all, "\n  or        ");
	text_quote(&all, bytes_of(other), 2 * TEXT_SHOWN);
	buffer_printf(&all, "\n  found     ");
	text_quote(&all, found, 2 * TEXT_SHOWN);
	buffer_append(&all, "\n", 1);
	note_held(&all, program, STANDARD_OUTPUT);
	expect_text(bytes_equal(bytes_of(text), found) || bytes_equal(bytes_of(other), found),
		buffer_text(&all));
	buffer_free(&all);
}

/* Expects the output to match a pattern. */
static void expect_match(struct program *program, enum output output, const char *pattern)
{
	const struct expected_output expected = {.output = output};
	struct buffer text;

	if (!printed_in_time(program, &expected))
		return;
	struct bytes found = buffer_bytes(output_text(program, output));
	buffer_init(&text, 8192);
	buffer_printf(&text, "%s: %s\n", program->name, output_name(program, output));
	pattern_describe(&text, pattern, found);
	bool matches = pattern_matches(&text, pattern, found);
	note_held(&text, program, output);
	expect_text(matches, buffer_text(&text));
	buffer_free(&text);
}

void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern)
{
	context_at(place);
	expect_match(program, STANDARD_OUTPUT, pattern);
}

void case_expect_error_matches(
	const struct place *place, struct program *program, const char *pattern)
{
	context_at(place);
	must_have_error_output(program);
	expect_match(program, STANDARD_ERROR, pattern);
}

/* A text that is to be somewhere in what a program prints on standard error. */
struct awaited_text {
	const struct program *program;
	const char *text;
	bool found;
};

/* It need not end for that. */
static bool is_said_or_over(void *argument)
{
	struct awaited_text *awaited = argument;
	const struct buffer *output = output_text(awaited->program, STANDARD_ERROR);

	awaited->found = memmem(buffer_text(output), output->length, awaited->text,
				 strlen(awaited->text)) != NULL;
	return awaited->found || program_is_over(awaited->program, STANDARD_ERROR);
}

void case_expect_error(const struct place *place, struct program *program, const char *text)
{
	struct awaited_text awaited = {.program = program, .text = text};
	struct wait wait = {.met = is_said_or_over, .argument = &awaited, .descriptor = -1};
	struct buffer both;

	context_at(place);
	(void)wait_for(&wait);
	if (!awaited.found && !ended_by_itself(program))
		return;
	buffer_init(&both, 4096);
	buffer_printf(&both, "%s: %s\n  expected somewhere  ", program->name,
		output_name(program, STANDARD_ERROR));
	text_quote(&both, bytes_of(text), TEXT_SHOWN);
	buffer_printf(&both, "\n  found               ");
	text_quote(&both, buffer_bytes(output_text(program, STANDARD_ERROR)), TEXT_SHOWN);
	buffer_append(&both, "\n", 1);
	note_held(&both, program, STANDARD_ERROR);
	expect_text(awaited.found, buffer_text(&both));
	buffer_free(&both);
}

void case_expect_error_lacks(const struct place *place, struct program *program, const char *text)
{
	context_at(place);
	const struct buffer *output = output_text(program, STANDARD_ERROR);
	const struct expected_output expected = {.output = STANDARD_ERROR};
	struct buffer both;

	if (!printed_in_time(program, &expected))
		return;
	bool there = memmem(buffer_text(output), output->length, text, strlen(text)) != NULL;
	buffer_init(&both, 4096);
	buffer_printf(&both, "%s: %s\n  expected nowhere  ", program->name,
		output_name(program, STANDARD_ERROR));
	text_quote(&both, bytes_of(text), TEXT_SHOWN);
	buffer_printf(&both, "\n  found             ");
	text_quote(&both, buffer_bytes(output), 2 * TEXT_SHOWN);
	buffer_append(&both, "\n", 1);
	note_held(&both, program, STANDARD_ERROR);
	expect_text(!there, buffer_text(&both));
	buffer_free(&both);
}

void case_expect_no_error(const struct place *place, struct program *program)
{
	context_at(place);
	const struct buffer *output = output_text(program, STANDARD_ERROR);
	const struct expected_output expected = {.output = STANDARD_ERROR};
	struct buffer found;

	must_have_error_output(program);
	if (!printed_in_time(program, &expected))
		return;
	buffer_init(&found, 4096);
	buffer_printf(
		&found, "%s: standard error\n  expected  nothing\n  found     ", program->name);
	text_quote(&found, buffer_bytes(output), 2 * TEXT_SHOWN);
	buffer_append(&found, "\n", 1);
	note_held(&found, program, STANDARD_ERROR);
	expect_text(output->length == 0, buffer_text(&found));
	buffer_free(&found);
}

/* Copies, because the program may print on. */
const char *case_output_of(const struct program *program)
{
	return format("%s", buffer_text(output_text(program, STANDARD_OUTPUT)));
}

const char *case_error_output_of(const struct program *program)
{
	return format("%s", buffer_text(output_text(program, STANDARD_ERROR)));
}
