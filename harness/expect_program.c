/* Verbs about programs: starting, holding, and how they ended. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* The output that has no room: its pipe, which nobody reads now, begins with so many bytes. */
static struct {
	struct program *program;
	int descriptor;
	size_t filled;
} blocked = {.descriptor = -1};

/* The pipe of a program's output, opened once more, for writing. */
static int open_to_fill(int descriptor)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
	int writer = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (writer < 0)
		case_over(BROKEN, "open %s: %s", path, strerror(errno));
	return writer;
}

void case_block_output(const struct place *place, struct program *program)
{
	static const char filler[4096];
	struct outlet *outlet = &program->outlets[STANDARD_OUTPUT];
	ssize_t written;

	context_at(place);
	wait_collect();
	if (blocked.program != NULL || outlet->descriptor < 0)
		case_over(FAIL, "%s: its standard output is %s already", program->name,
			blocked.program != NULL ? "blocked" : "closed");
	int writer = open_to_fill(outlet->descriptor);
	blocked.program = program;
	blocked.descriptor = outlet->descriptor;
	blocked.filled = 0;
	outlet->descriptor = -1;
	while ((written = write(writer, filler, sizeof filler)) > 0)
		blocked.filled += (size_t)written;
	if (errno != EAGAIN)
		case_over(BROKEN, "fill a pipe: %s", strerror(errno));
	close(writer);
}

void case_unblock_output(const struct place *place, struct program *program)
{
	char chunk[4096];

	context_at(place);
	if (blocked.program != program)
		case_over(BROKEN, "the standard output of %s is not blocked", program->name);
	while (blocked.filled > 0) {
		size_t wanted = blocked.filled < sizeof chunk ? blocked.filled : sizeof chunk;
		ssize_t length = read(blocked.descriptor, chunk, wanted);
		if (length <= 0)
			case_over(BROKEN, "empty a pipe: %s", strerror(errno));
		blocked.filled -= (size_t)length;
	}
	program->outlets[STANDARD_OUTPUT].descriptor = blocked.descriptor;
	blocked.program = NULL;
}

/*
 * Waits for the program's end and counts it as looked at; records a failure when none came. One
 * that was waited for in vain has had its time: it is looked at again, but not waited for.
 */
static bool ended_in_time(struct program *program)
{
	struct wait wait = {.met = has_ended, .argument = program, .descriptor = -1};
	bool waited_before = program->looked_at;

	program->looked_at = true;
	if (waited_before)
		wait_collect();
	return program->ended || (!waited_before && wait_for(&wait)) ||
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
