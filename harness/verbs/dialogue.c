/* Verbs for the dialogue with a program: what it prints, what is typed, and how to block its
 * output. */
#include "verbs/dialogue.h"

#include "base/text.h"
#include "verbs/call_result.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* Bytes of a line that a terminal takes, its newline included (termios(3), "Canonical mode"). */
#define TERMINAL_LINE 4096

/* Text that a program is to print, or its end that comes first. */
struct awaited {
	struct program *program;
	enum output output;
	const char *text;
	const char *found; /* the end of the text, in the program's output */
};

/* How much of an output was passed. A terminal has one output, whichever is asked for. */
static size_t *passed_of(struct program *program, enum output output)
{
	return &program->read_up_to[program->terminal ? STANDARD_OUTPUT : output];
}

static bool is_printed_or_over(void *argument)
{
	struct awaited *awaited = argument;
	const struct buffer *output = output_text(awaited->program, awaited->output);
	size_t passed = *passed_of(awaited->program, awaited->output);
	const char *found = memmem(buffer_text(output) + passed, output->length - passed,
		awaited->text, strlen(awaited->text));

	awaited->found = found != NULL ? found + strlen(awaited->text) : NULL;
	return found != NULL || program_is_over(awaited->program, awaited->output);
}

/* Ends the case: the text was not printed, for the limit is over or the program is. */
_Noreturn static void not_printed(const struct awaited *awaited, bool limit_is_over)
{
	const struct program *program = awaited->program;
	struct bytes all = buffer_bytes(output_text(program, awaited->output));
	struct buffer both;

	buffer_init(&both, 4096);
	buffer_printf(&both, "%s: %s\n  expected next  ", program->name,
		output_name(program, awaited->output));
	text_quote(&both, bytes_of(awaited->text), TEXT_SHOWN);
	buffer_printf(&both, "\n  found          ");
	text_quote(&both,
		bytes_part(all, *passed_of(awaited->program, awaited->output), all.length),
		TEXT_SHOWN);
	buffer_printf(&both, "\n  and then       ");
	if (limit_is_over && program->ended)
		buffer_printf(&both,
			"nothing within %g s: it has ended, and somebody holds its output",
			wait_seconds());
	else if (limit_is_over)
		buffer_printf(&both, "nothing within %g s", wait_seconds());
	else
		program_describe_end(program, &both);
	case_over(FAIL, "%s", buffer_text(&both));
}

static void await_printed(struct program *program, enum output output, const char *text)
{
	struct awaited awaited = {.program = program, .output = output, .text = text};
	struct wait wait = {.met = is_printed_or_over, .argument = &awaited, .descriptor = -1};

	bool limit_is_over = !wait_for(&wait);
	if (awaited.found == NULL)
		not_printed(&awaited, limit_is_over);
	*passed_of(program, output) =
		(size_t)(awaited.found - buffer_text(output_text(program, output)));
}

void case_until_printed(const struct place *place, struct program *program, const char *text)
{
	context_at(place);
	await_printed(program, STANDARD_OUTPUT, text);
}

void case_until_error_printed(const struct place *place, struct program *program, const char *text)
{
	context_at(place);
	await_printed(program, STANDARD_ERROR, text);
}

struct feeding {
	struct program *program;
	struct bytes rest;
	int cause; /* errno; 0: none */
};

static bool is_fed(void *argument)
{
	struct feeding *feeding = argument;

	while (feeding->rest.length > 0) {
		ssize_t length = program_feed(feeding->program, feeding->rest);
		if (length < 0 && errno == EAGAIN)
			return false;
		if (length < 0) {
			feeding->cause = errno;
			return true;
		}
		feeding->rest.data += length;
		feeding->rest.length -= (size_t)length;
	}
	return true;
}

static void feed(struct program *program, struct bytes input)
{
	struct feeding feeding = {.program = program, .rest = input};
	struct wait wait = {.met = is_fed,
		.argument = &feeding,
		.descriptor = program->input,
		.events = POLLOUT};

	wait_anew();
	if (!wait_for(&wait))
		case_over(FAIL, "%s: expected to read its input, left %zu of %zu bytes for %g s",
			program->name, feeding.rest.length, input.length, wait_seconds());
	if (feeding.cause != 0)
		case_over(FAIL, "%s: expected to read its input, found that it cannot: %s",
			program->name, call_result_text(feeding.cause));
}

/* The longest part without a newline, and its newline if it has one. */
static size_t longest_line(struct bytes text)
{
	size_t longest = 0, line = 0;

	for (size_t i = 0; i < text.length; i++) {
		line++;
		longest = line > longest ? line : longest;
		if (text.data[i] == '\n')
			line = 0;
	}
	return longest;
}

/* The kernel drops what is beyond, and says nothing. */
static void must_fit_terminal(const struct program *program, struct bytes text)
{
	size_t longest = longest_line(text);

	if (program->terminal && longest > TERMINAL_LINE)
		case_over(BROKEN,
			"%s is on a terminal, which takes a line of %d bytes at most with its "
			"newline (termios(3)); this one has %zu",
			program->name, TERMINAL_LINE, longest);
}

void case_type_bytes(const struct place *place, struct program *program, struct bytes bytes)
{
	context_at(place);
	must_fit_terminal(program, bytes);
	feed(program, bytes);
}

void case_type_text(const struct place *place, struct program *program, const char *text)
{
	case_type_bytes(place, program, bytes_of(text));
}

void case_type_line(const struct place *place, struct program *program, const char *text)
{
	case_type_text(place, program, format("%s\n", text));
}

void case_end_input(const struct place *place, struct program *program)
{
	struct error error;

	context_at(place);
	wait_anew();
	must(program_end_input(program, &error), &error);
}

/* The output that is blocked: its pipe, which nobody reads now, begins with `filled` bytes. */
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
	context_at(place);
	static const char filler[4096];
	struct outlet *outlet = &program->outlets[STANDARD_OUTPUT];
	ssize_t written;

	wait_anew();
	if (program->terminal)
		case_over(BROKEN, "%s is on a terminal, and only a pipe can be blocked",
			program->name);
	if (blocked.program != NULL)
		case_over(BROKEN, "the standard output of %s is blocked already",
			blocked.program->name);
	wait_collect();
	if (outlet->descriptor < 0)
		case_over(FAIL, "%s: expected its standard output to be open, found it closed",
			program->name);
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
	wait_anew();
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
