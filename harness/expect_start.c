/* Verbs about programs: starting them, holding them, and signals. */
#include "wirecheck.h"

#include "implementation.h"
#include "threads.h"
#include "users.h"
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

/* Those that root may become. On the host only root itself has them. */
static void need_users(const char *name)
{
	bool there = context.settings->isolated ? users_are_several() : geteuid() == 0;

	if (!there)
		case_over(SKIP,
			"%s is to be root and needs other users: user %u may map none here (subuid(5), "
			"newuidmap(1))",
			name, geteuid());
}

struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	enum side side = program_side(arguments[0]);
	const char *folder = context.settings->programs[side];

	context_at(place);
	if (!context.settings->built_in[side] && implementation_lacks(folder, arguments[0]))
		case_over(SKIP, "%s: no such program in %s", arguments[0], folder);
	if (how->as_root)
		need_users(arguments[0]);
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

static bool is_held_or_ended(void *argument)
{
	const struct program *program = argument;

	/* The kernel tells of its own stop; a script's children stop a moment later. */
	return program->ended || (program->held && threads_beyond(program, "TZX") == 0);
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
	wait_anew();
	must(program_hold(program, &error), &error);
	if (wait_for(&wait) && program->held)
		return;
	buffer_init(&end, 256);
	program_describe_end(program, &end);
	case_over(FAIL, "%s: expected to be held, found %s", program->name, buffer_text(&end));
}

void case_release(const struct place *place, struct program *program)
{
	struct error error;

	context_at(place);
	wait_anew();
	must(program_release(program, &error), &error);
}

void case_send_signal(const struct place *place, struct program *program, int number)
{
	struct error error;
	struct buffer end;

	context_at(place);
	wait_anew();
	if (program->ended) {
		buffer_init(&end, 256);
		program_describe_end(program, &end);
		case_over(FAIL, "%s: expected to be running for signal %d (%s), found %s",
			program->name, number, strsignal(number), buffer_text(&end));
	}
	must(program_signal(program, number, &error), &error);
	program->looked_at = true;
}
