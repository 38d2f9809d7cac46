/* Signals to a program: to all of its processes as a terminal sends them, to stop it, to go on. */
#include "kernel/program_signals.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <unistd.h>

/* Sends to all processes of a group at one moment. `reached` stays as it is when there are none. */
static bool signal_group(pid_t group, int number, bool *reached, struct error *error)
{
	if (kill(-group, number) == 0)
		*reached = true;
	else if (errno != ESRCH)
		return error_errno(error, "signal %d to process group %d", number, group);
	return true;
}

static bool signal_process(pid_t pid, int number, bool *reached, struct error *error)
{
	if (kill(pid, number) == 0)
		*reached = true;
	else if (errno != ESRCH)
		return error_errno(error, "signal %d to process %d", number, pid);
	return true;
}

/* Sends to the group of this process. When that is the harness's own, only the process gets it. */
static bool signal_group_of(pid_t pid, pid_t group, int number, bool *reached, struct error *error)
{
	return group == getpgrp() ? signal_process(pid, number, reached, error)
				  : signal_group(group, number, reached, error);
}

/*
 * The first process may have left the group that it was started in, while others are still there.
 */
static bool signal_as_terminal(pid_t pid, int number, bool *reached, struct error *error)
{
	pid_t group = getpgid(pid);

	return signal_group(pid, number, reached, error) &&
	       (group < 0 || group == pid || signal_group_of(pid, group, number, reached, error));
}

/* Whether all threads have ended: the process only waits to be reaped. */
static bool has_ended(const struct process *process)
{
	return (process->states & ~THREADS_ENDED) == 0;
}

/* Whether this process got the signal already, because one before it is in the same group. */
static bool had_signal(const struct processes *processes, size_t index)
{
	pid_t group = processes->list[index].group;

	for (size_t i = 0; i < index && group != getpgrp(); i++)
		if (processes->list[i].group == group && !has_ended(&processes->list[i]))
			return true;
	return false;
}

static bool signal_left(process_mark mark, int number, bool *reached, struct error *error)
{
	struct processes left = {0};
	bool sent = processes_read(&left, mark, error);

	for (size_t i = 0; sent && i < left.count; i++)
		if (!has_ended(&left.list[i]) && !had_signal(&left, i))
			sent = signal_group_of(
				left.list[i].pid, left.list[i].group, number, reached, error);
	processes_free(&left);
	return sent;
}

bool program_signal(const struct program *program, int number, bool *reached, struct error *error)
{
	*reached = false;
	if (program->pid == 0)
		return true;
	return program->ended ? signal_left(program->mark, number, reached, error)
			      : signal_as_terminal(program->pid, number, reached, error);
}

bool program_signal_first(
	const struct program *program, int number, bool *reached, struct error *error)
{
	*reached = false;
	return program->pid == 0 || program->ended ||
	       signal_process(program->pid, number, reached, error);
}

/* Each process gets one SIGSTOP only: a tracer hands on every SIGSTOP that comes. */
static bool stop_new(
	const struct processes *now, const struct processes *before, struct error *error)
{
	bool reached, sent = true;

	for (size_t i = 0; sent && i < now->count; i++)
		if (processes_find(before, now->list[i].pid) == NULL)
			sent = signal_process(now->list[i].pid, SIGSTOP, &reached, error);
	return sent;
}

/* Whether its tracer, such as strace(1) in a script, is stopped too: then it lets nothing go on. */
static bool tracer_is_stopped(const struct processes *now, const struct process *process)
{
	for (size_t i = 0; process->tracer != 0 && i < now->count; i++)
		if (now->list[i].entry == process->tracer)
			return now->list[i].states == THREADS_IN('T');
	return false;
}

/*
 * Whether a process is stopped. Its tracer may be about to let a thread go on. So a traced thread
 * counts as stopped only if the next look finds it in the same stop.
 */
static bool is_stopped(
	const struct processes *now, const struct process *process, const struct process *before)
{
	if ((process->states & ~THREADS_STOPPED) != 0 || before == NULL)
		return false;
	if ((process->states & THREADS_IN('t')) == 0 || tracer_is_stopped(now, process))
		return true;
	return !process->stop_pending && before->states == process->states &&
	       before->traced_switches == process->traced_switches;
}

bool program_hold(
	const struct program *program, struct holding *holding, bool *stopped, struct error *error)
{
	struct processes now = {0}, *before = &holding->processes;

	*stopped = false;
	if (!processes_read(&now, program->mark, error) || !stop_new(&now, before, error)) {
		processes_free(&now);
		return false;
	}
	*stopped = true;
	for (size_t i = 0; i < now.count; i++)
		if (!is_stopped(&now, &now.list[i], processes_find(before, now.list[i].pid)))
			*stopped = false;
	processes_free(before);
	*before = now;
	return true;
}

void program_hold_end(struct holding *holding)
{
	processes_free(&holding->processes);
}

bool program_release(struct program *program, struct error *error)
{
	struct processes held = {0};
	bool reached, sent = processes_read(&held, program->mark, error);

	program->held = false;
	for (size_t i = 0; sent && i < held.count; i++)
		sent = signal_process(held.list[i].pid, SIGCONT, &reached, error);
	processes_free(&held);
	return sent;
}
