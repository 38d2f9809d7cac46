/* Verbs about programs: starting, holding, and how they ended. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* Bytes of an output shown in a message; the report has more. */
#define SHOWN 200

struct program *case_start(const struct place *place, const char *const arguments[])
{
	struct error error;

	context_at(place);
	if (context.program_count == PROGRAMS_MAXIMUM)
		case_over(BROKEN, "the case starts more than %d programs", PROGRAMS_MAXIMUM);
	struct program *program = calloc(1, sizeof *program);
	if (program == NULL)
		case_over(BROKEN, "no memory for a program");
	context.programs[context.program_count++] = program;
	must(program_start(program, context.settings->programs, arguments, &error), &error);
	return program;
}

static bool is_held_or_ended(void *argument)
{
	const struct program *program = argument;

	return program->held || program->ended;
}

static bool has_ended(void *argument)
{
	const struct program *program = argument;

	return program->ended;
}

void case_hold(const struct place *place, struct program *program)
{
	/* The kernel tells of a stop by SIGCHLD alone, which wakes poll(2) only with a handler. */
	struct wait wait = {.met = is_held_or_ended,
		.argument = program,
		.descriptor = -1,
		.asks_kernel = true};
	struct error error;
	struct buffer end;

	context_at(place);
	must(program_hold(program, &error), &error);
	if (wait_for(&wait) && program->held)
		return;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	case_over(FAIL, "%s could not be held: %s", program->name, buffer_text(&end));
}

void case_release(const struct place *place, struct program *program)
{
	struct error error;

	context_at(place);
	must(program_release(program, &error), &error);
}

/* Waits for the program's end and counts it as looked at; records a failure when none came. */
static bool ended_in_time(struct program *program)
{
	struct wait wait = {.met = has_ended, .argument = program, .descriptor = -1};

	program->looked_at = true;
	return wait_for(&wait) ||
	       expect_that(false, "%s: expected to end, still running after %g s", program->name,
		       wait_seconds());
}

void case_expect_exit(const struct place *place, struct program *program, int status)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program))
		return;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	expect_that(WIFEXITED(program->status) && WEXITSTATUS(program->status) == status,
		"%s: expected exit status %d, found %s", program->name, status, buffer_text(&end));
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
