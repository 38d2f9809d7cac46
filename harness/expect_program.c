/* Verbs about programs: starting, holding, and how they ended. */
#include "wirecheck.h"

#include "text.h"
#include "wait.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes of an output shown in a message; the report has more. */
#define SHOWN 200

static struct program *program_new(void)
{
	if (context.program_count == PROGRAMS_MAXIMUM)
		case_over(BROKEN, "the case starts more than %d programs", PROGRAMS_MAXIMUM);
	struct program *program = calloc(1, sizeof *program);
	if (program == NULL)
		case_over(BROKEN, "no memory for a program");
	context.programs[context.program_count++] = program;
	return program;
}

static struct program *start_in(
	const char *folder, const struct launch *how, const char *const arguments[])
{
	struct error error;
	struct program *program = program_new();

	must(program_start(program, folder, arguments, how, &error), &error);
	return program;
}

struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	context_at(place);
	return start_in(context.settings->programs, how, arguments);
}

struct program *case_start(const struct place *place, const char *const arguments[])
{
	return case_start_with(place, &(const struct launch){0}, arguments);
}

/* The folder of PATH that has the tool, or false. */
static bool find_tool(const char *name, char *folder, size_t size)
{
	const char *path = getenv("PATH");
	char candidate[4096];

	while (path != NULL && *path != '\0') {
		size_t length = strcspn(path, ":");
		int written = snprintf(
			candidate, sizeof candidate, "%.*s/%s", (int)length, path, name);
		if (path[0] == '/' && written < (int)sizeof candidate && length < size &&
			access(candidate, X_OK) == 0) {
			snprintf(folder, size, "%.*s", (int)length, path);
			return true;
		}
		path += length + (path[length] == ':');
	}
	return false;
}

struct program *case_start_tool(const struct place *place, const char *const arguments[])
{
	char folder[4096];

	context_at(place);
	if (!find_tool(arguments[0], folder, sizeof folder))
		case_over(SKIP, "%s is not installed", arguments[0]);
	return start_in(folder, &(const struct launch){0}, arguments);
}

static bool is_held_or_ended(void *argument)
{
	const struct program *program = argument;

	return program->held || program->ended;
}

static bool has_ended(void *argument)
{
	const struct program *program = argument;

	return program_is_over(program);
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
	bool waited_before = program->waited_for;

	program->looked_at = program->waited_for = true;
	if (waited_before)
		wait_collect();
	return program_is_over(program) || (!waited_before && wait_for(&wait)) ||
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

void case_expect_killed(const struct place *place, struct program *program, int number)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program))
		return;
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

/* Two texts for a person who sees neither the program's name nor its output. */
static void expect_output_like(bool held, const struct program *program, const char *expected)
{
	struct buffer both;

	buffer_init(&both, 8192);
	buffer_printf(&both, "%s: standard output\n  expected  ", program->name);
	text_quote(&both, bytes_of(expected), 2 * SHOWN);
	buffer_printf(&both, "\n  found     ");
	text_quote(&both, buffer_bytes(&program->outlets[STANDARD_OUTPUT].text), 2 * SHOWN);
	expect_text(held, buffer_text(&both));
	buffer_free(&both);
}

void case_expect_output_either(const struct place *place, struct program *program,
	const char *text, const char *other)
{
	context_at(place);
	if (!ended_in_time(program))
		return;
	struct bytes found = buffer_bytes(&program->outlets[STANDARD_OUTPUT].text);
	bool held = bytes_equal(bytes_of(text), found) || bytes_equal(bytes_of(other), found);
	expect_output_like(held, program, text);
}

void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern)
{
	context_at(place);
	if (!ended_in_time(program))
		return;
	const char *found = buffer_text(&program->outlets[STANDARD_OUTPUT].text);
	expect_output_like(fnmatch(pattern, found, 0) == 0, program, pattern);
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

/* Text that a program is to print, or its end that comes first. */
struct awaited {
	struct program *program;
	const char *text;
	const char *found; /* behind the text, in the program's output */
};

static bool is_printed_or_over(void *argument)
{
	struct awaited *awaited = argument;
	const struct buffer *output = &awaited->program->outlets[STANDARD_OUTPUT].text;
	size_t passed = awaited->program->read_up_to;
	const char *found = memmem(buffer_text(output) + passed, output->length - passed,
		awaited->text, strlen(awaited->text));

	awaited->found = found != NULL ? found + strlen(awaited->text) : NULL;
	return found != NULL || program_is_over(awaited->program);
}

void case_until_printed(const struct place *place, struct program *program, const char *text)
{
	const struct buffer *output = &program->outlets[STANDARD_OUTPUT].text;
	struct awaited awaited = {.program = program, .text = text};
	struct wait wait = {
		.met = is_printed_or_over, .argument = &awaited, .descriptor = -1};
	struct buffer both;

	context_at(place);
	bool over = !wait_for(&wait);
	if (awaited.found != NULL) {
		program->read_up_to = (size_t)(awaited.found - buffer_text(output));
		return;
	}
	buffer_init(&both, 4096);
	buffer_printf(&both, "%s: standard output\n  expected next  ", program->name);
	text_quote(&both, bytes_of(text), SHOWN);
	buffer_printf(&both, "\n  found          ");
	text_quote(&both, (struct bytes){output->data + program->read_up_to,
				  output->length - program->read_up_to}, SHOWN);
	buffer_printf(&both, "\n  ");
	if (over)
		buffer_printf(&both, "and nothing more within %g s", wait_seconds());
	else
		program_describe_end(program, &both);
	case_over(FAIL, "%s", buffer_text(&both));
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

void case_type_line(const struct place *place, struct program *program, const char *text)
{
	const char *line = format("%s\n", text);
	struct feeding feeding = {.program = program, .rest = bytes_of(line)};
	struct wait wait = {.met = is_fed,
		.argument = &feeding,
		.descriptor = program->input,
		.events = POLLOUT};

	context_at(place);
	if (!wait_for(&wait))
		case_over(FAIL, "%s did not read %zu bytes of its input within %g s",
			program->name, feeding.rest.length, wait_seconds());
	if (feeding.cause != 0)
		case_over(FAIL, "%s does not read its input: %s", program->name,
			strerror(feeding.cause));
}

void case_end_input(const struct place *place, struct program *program)
{
	struct error error;

	context_at(place);
	must(program_end_input(program, &error), &error);
}

void case_send_signal(const struct place *place, struct program *program, int number)
{
	struct error error;

	context_at(place);
	if (program->ended)
		case_over(FAIL, "%s has ended before it could be sent signal %d", program->name,
			number);
	must(program_signal(program, number, &error), &error);
	program->looked_at = true;
}

/* The text is the worker's, which ends with the case. */
const char *format(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	int length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		case_over(BROKEN, "no memory for a text");
	return text;
}

void case_need_ipv6(const struct place *place)
{
	struct sockaddr_in6 address = {
		.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	int descriptor = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	context_at(place);
	bool there = descriptor >= 0 &&
		     bind(descriptor, (struct sockaddr *)&address, sizeof address) == 0;
	if (descriptor >= 0)
		close(descriptor);
	if (!there)
		case_over(SKIP, "this machine has no IPv6 on its loopback");
}
