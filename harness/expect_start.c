/* Verbs about programs: starting them, holding them, and signals. */
#include "wirecheck.h"

#include "implementation.h"
#include "processes.h"
#include "wait.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

	wait_anew();
	must(program_start(program, folder, arguments, how, &error), &error);
	return program;
}

struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	enum side side = program_side(arguments[0]);
	const char *folder = context.settings->programs[side];

	context_at(place);
	if (!context.settings->built_in[side] && implementation_lacks(folder, arguments[0]))
		case_over(SKIP, "%s: no such program in %s", arguments[0], folder);
	return start_in(folder, how, arguments);
}

struct program *case_start_on_terminal(const struct place *place, const char *const arguments[])
{
	return case_start_with(place, &(const struct launch){.terminal = true}, arguments);
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
		int written =
			snprintf(candidate, sizeof candidate, "%.*s/%s", (int)length, path, name);
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

/* Ends the case: how the program was found, in place of what it was expected to be. */
_Noreturn static void not_running(const struct program *program, const char *expected)
{
	struct buffer end;

	buffer_init(&end, 256);
	program_describe_end(program, &end);
	case_over(FAIL, "%s: expected %s, found %s", program->name, expected, buffer_text(&end));
}

struct stopping {
	const struct program *program;
	struct holding holding;
};

static bool has_stopped(void *argument)
{
	struct stopping *stopping = argument;
	struct error error;
	bool stopped;

	must(program_hold(stopping->program, &stopping->holding, &stopped, &error), &error);
	return stopped;
}

void case_hold(const struct place *place, struct program *program)
{
	struct stopping stopping = {.program = program};
	/* The kernel tells nobody that the processes below a program have stopped. */
	struct wait wait = {.met = has_stopped,
		.argument = &stopping,
		.descriptor = -1,
		.asks_kernel = true};
	const struct processes *found = &stopping.holding.processes;

	context_at(place);
	wait_anew();
	bool stopped = wait_for(&wait);
	const struct process *other = processes_beyond(found, THREADS_STOPPED);
	if (!stopped && other != NULL)
		case_over(FAIL, "%s: expected to be held, after %g s process %d (%s) is %s",
			program->name, wait_seconds(), other->pid, other->name,
			process_state_name(process_state_beyond(other, THREADS_STOPPED)));
	if (!stopped)
		case_over(FAIL, "%s: expected to be held, after %g s its tracer still lets it go on",
			program->name, wait_seconds());
	if (processes_beyond(found, THREADS_ENDED) == NULL)
		not_running(program, "to be held");
	program->held = true;
	program_hold_end(&stopping.holding);
}

void case_release(const struct place *place, struct program *program)
{
	struct error error;

	context_at(place);
	wait_anew();
	must(program_release(program, &error), &error);
}

/* `who` is to get it: the text for a failure when nobody did. */
static void signal_sent(struct program *program, const char *who, int number, bool reached)
{
	if (!reached)
		not_running(program, format("%sto be running for signal %d (%s)", who, number,
					     strsignal(number)));
	program->looked_at = true;
}

void case_send_signal(const struct place *place, struct program *program, int number)
{
	struct error error;
	bool reached;

	context_at(place);
	wait_anew();
	wait_collect(); /* a process that has just ended is not one that is reached */
	must(program_signal(program, number, &reached, &error), &error);
	signal_sent(program, "", number, reached);
}

void case_signal_process(const struct place *place, struct program *program, int number)
{
	struct error error;
	bool reached;

	context_at(place);
	wait_anew();
	wait_collect();
	must(program_signal_first(program, number, &reached, &error), &error);
	signal_sent(program, "its first process ", number, reached);
}
