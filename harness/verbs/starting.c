/* Verbs that start programs under test, and tools. */
#include "verbs/starting.h"

#include "kernel/implementation.h"
#include "kernel/tools.h"
#include "kernel/users.h"
#include "worker/context.h"
#include "worker/needs.h"
#include "worker/wait.h"

#include <stdbool.h>
#include <stdlib.h>
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
	if (!program_start(program, folder, arguments, how, &error))
		case_over(program->refused ? FAIL : BROKEN, "%s", error.text);
	return program;
}

/* A part of an implementation is nothing wrong; a name that nobody meant is. */
_Noreturn static void program_is_absent(const char *folder, const char *name)
{
	struct buffer why;

	buffer_init(&why, 4096);
	enum absence absence =
		implementation_explain(&why, folder, name, context.settings->built_in_folder);
	case_over(absence == NOT_WRITTEN ? SKIP : BROKEN, "%s", buffer_text(&why));
}

/* Those that root may become. On the host only root itself has them. */
static void need_users(const char *name)
{
	bool there = context.settings->isolated ? users_are_several() : geteuid() == 0;

	if (!there)
		case_over(SKIP,
			"%s is to be root and needs other users: user %u may map none here "
			"(subuid(5), newuidmap(1))",
			name, geteuid());
}

struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	context_at(place);
	enum side side = program_side(arguments[0]);
	const char *folder = context.settings->program_folders[side];

	context.results->asked[side] = true;
	if (implementation_lacks(folder, arguments[0]))
		program_is_absent(folder, arguments[0]);
	context.results->found[side] = true;
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

struct program *case_start_tool_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	struct tool tool;

	context_at(place);
	if (!tool_find(&tool, arguments[0], context.settings->started_in))
		tool_is_missing(&tool);
	if (how->as_root)
		need_users(arguments[0]);
	return start_in(tool.folder, how, arguments);
}

struct program *case_start_tool(const struct place *place, const char *const arguments[])
{
	return case_start_tool_with(place, &(const struct launch){0}, arguments);
}
