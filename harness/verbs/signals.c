/* Verbs that signal a program, or stop it for a while. */
#include "verbs/signals.h"

#include "kernel/processes.h"
#include "kernel/program_signals.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

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

/* One of a program's processes, but for the first. */
struct awaited_child {
	const struct program *program;
	size_t number;
	size_t found; /* how many there are */
	pid_t pid;    /* 0: there is none of that number */
};

static int compare_pids(const void *left, const void *right)
{
	const struct process *a = left, *b = right;

	return a->pid < b->pid ? -1 : a->pid > b->pid;
}

/* What has ended, and is not reaped yet, gets no signal. */
static bool is_child(const struct process *process, const struct program *program)
{
	return process->pid != program->pid && (process->states & ~THREADS_ENDED) != 0;
}

static bool child_is_there(void *argument)
{
	struct awaited_child *awaited = argument;
	struct processes all = {0};
	struct error error;

	must(processes_read(&all, awaited->program->mark, &error), &error);
	qsort(all.list, all.count, sizeof *all.list, compare_pids);
	awaited->found = 0;
	awaited->pid = 0;
	for (size_t i = 0; i < all.count; i++)
		if (is_child(&all.list[i], awaited->program) && ++awaited->found == awaited->number)
			awaited->pid = all.list[i].pid;
	processes_free(&all);
	return awaited->pid != 0;
}

void case_signal_child(const struct place *place, struct program *program, size_t child, int number)
{
	struct awaited_child awaited = {.program = program, .number = child};
	struct wait wait = {
		.met = child_is_there, .argument = &awaited, .descriptor = -1, .asks_kernel = true};

	context_at(place);
	wait_anew();
	if (child == 0)
		case_over(BROKEN, "the children of a program are numbered from 1");
	if (!wait_for(&wait))
		case_over(FAIL,
			"%s: waited %g s for process %zu beside its first one, found %zu of them",
			program->name, wait_seconds(), child, awaited.found);
	if (kill(awaited.pid, number) != 0)
		case_over(BROKEN, "signal %d (%s) to process %d of %s: %s", number,
			strsignal(number), awaited.pid, program->name, strerror(errno));
}
