/* Verbs about programs: starting them, holding them, and signals. */
#include "verbs/wirecheck.h"

#include "kernel/implementation.h"
#include "kernel/processes.h"
#include "kernel/users.h"
#include "kernel/program_signals.h"
#include "worker/wait.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
			"(subuid(5), "
			"newuidmap(1))",
			name, geteuid());
}

struct program *case_start_with(
	const struct place *place, const struct launch *how, const char *const arguments[])
{
	enum side side = program_side(arguments[0]);
	const char *folder = context.settings->programs[side];

	context_at(place);
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

/* Where a tool is looked for, and what was found that is no tool. */
struct search {
	const char *name;
	char folder[PATH_MAX];
	char unusable[PATH_MAX]; /* a file that is not executable; or empty */
};

/* Whether this folder, relative to the one that wirecheck was started in, has the tool. */
static bool has_tool(struct search *search, const char *folder, size_t length)
{
	char path[PATH_MAX];
	struct stat status;
	bool absolute = length > 0 && folder[0] == '/';
	int written = snprintf(search->folder, sizeof search->folder, "%s%s%.*s",
		absolute ? "" : context.settings->started_in, absolute || length == 0 ? "" : "/",
		(int)length, folder);

	if (written >= (int)sizeof search->folder ||
		snprintf(path, sizeof path, "%s/%s", search->folder, search->name) >=
			(int)sizeof path ||
		stat(path, &status) != 0 || !S_ISREG(status.st_mode))
		return false;
	if (access(path, X_OK) == 0)
		return true;
	if (search->unusable[0] == '\0')
		memcpy(search->unusable, path, sizeof path);
	return false;
}

/* As a shell does: a name with a slash is a path, any other is looked for in PATH (XBD 8.3). */
static bool find_tool(struct search *search)
{
	const char *path = getenv("PATH");

	if (search->name[0] == '/')
		return has_tool(search, "/", 1);
	if (strchr(search->name, '/') != NULL)
		return has_tool(search, "", 0);
	while (path != NULL) {
		size_t length = strcspn(path, ":");
		if (has_tool(search, path, length))
			return true;
		path = path[length] == ':' ? path + length + 1 : NULL;
	}
	return false;
}

struct program *case_start_tool(const struct place *place, const char *const arguments[])
{
	struct search search = {.name = arguments[0]};

	context_at(place);
	if (!find_tool(&search)) {
		if (search.unusable[0] != '\0')
			case_over(BROKEN, "%s is not executable", search.unusable);
		case_over(SKIP, "%s is not %s", search.name,
			strchr(search.name, '/') != NULL ? "there" : "installed");
	}
	return start_in(search.folder, &(const struct launch){0}, arguments);
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
	struct wait wait = {
		.met = has_stopped, .argument = &stopping, .descriptor = -1, .asks_kernel = true};
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
		case_over(FAIL,
			"%s: expected to be held, after %g s its tracer still lets it go on",
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
