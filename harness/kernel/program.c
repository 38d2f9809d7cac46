/* A program under test: feeds it, collects what it prints, signals it, reaps it. */
#include "kernel/program.h"

#include "base/cut.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMMAND_MAXIMUM 4096

const char *output_name(const struct program *program, enum output output)
{
	if (program->terminal)
		return "terminal";
	return output == STANDARD_OUTPUT ? "standard output" : "standard error";
}

/* A terminal shows both outputs in the first. */
static const struct outlet *outlet_of(const struct program *program, enum output output)
{
	return &program->outlets[program->terminal ? STANDARD_OUTPUT : output];
}

const struct buffer *output_text(const struct program *program, enum output output)
{
	return &outlet_of(program, output)->text;
}

/* Quotes an argument only where a shell would need it. */
static void command_append(struct buffer *command, const char *argument)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_-.,:/=@%+[]";
	bool bare = *argument != '\0' && argument[strspn(argument, plain)] == '\0';

	if (command->length > 0)
		buffer_append(command, " ", 1);
	if (bare) {
		buffer_printf(command, "%s", argument);
		return;
	}
	buffer_append(command, "'", 1);
	for (; *argument != '\0'; argument++)
		buffer_printf(command, *argument == '\'' ? "'\\''" : "%c", *argument);
	buffer_append(command, "'", 1);
}

static void program_init(struct program *program, const char *const arguments[])
{
	*program = (struct program){.pidfd = -1, .input = -1};
	cut_print(program->name, sizeof program->name, "%s", arguments[0]);
	buffer_init(&program->command, COMMAND_MAXIMUM);
	for (size_t i = 0; arguments[i] != NULL; i++)
		command_append(&program->command, arguments[i]);
	for (int i = 0; i < 2; i++) {
		program->outlets[i].descriptor = -1;
		buffer_init(&program->outlets[i].text, OUTPUT_MAXIMUM);
	}
}

bool program_start(struct program *program, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error)
{
	struct launched launched = {.input = -1, .output = -1, .error_output = -1};

	program_init(program, arguments);
	program->terminal = how->terminal;
	bool started = processes_mark(&program->mark, error) &&
		       launch(&launched, folder, arguments, how, error);
	program->pid = launched.pid;
	program->refused = launched.refused;
	program->input = launched.input;
	program->outlets[STANDARD_OUTPUT].descriptor = launched.output;
	program->outlets[STANDARD_ERROR].descriptor = launched.error_output;
	if (!started)
		return false;
	program->pidfd = (int)syscall(SYS_pidfd_open, program->pid, 0);
	return program->pidfd >= 0 || error_errno(error, "pidfd_open");
}

ssize_t program_feed(struct program *program, struct bytes input)
{
	if (program->input < 0) {
		errno = EPIPE;
		return -1;
	}
	return write(program->input, input.data, input.length);
}

bool program_end_input(struct program *program, struct error *error)
{
	static const char end_of_file = 'D' - '@'; /* Ctrl-D, the default of VEOF */

	if (program->input < 0)
		return true;
	if (program->terminal && write(program->input, &end_of_file, 1) != 1)
		return error_errno(error, "end the input of %s", program->name);
	if (!program->terminal) {
		close(program->input);
		program->input = -1;
	}
	return true;
}

/* What a terminal has taken from a program comes out of it a moment later, and then its end. */
bool program_is_over(const struct program *program, enum output output)
{
	return program->ended && outlet_of(program, output)->descriptor < 0;
}

/* Sends to a group, and so to all in it at one moment; `reached` stays as it is for nobody there.
 */
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

/* Everybody in the group of this process; in that of the harness, the process alone. */
static bool signal_group_of(pid_t pid, pid_t group, int number, bool *reached, struct error *error)
{
	return group == getpgrp() ? signal_process(pid, number, reached, error)
				  : signal_group(group, number, reached, error);
}

/* Its first process may have left the group that it was started in, and others of it may not. */
static bool signal_as_terminal(pid_t pid, int number, bool *reached, struct error *error)
{
	pid_t group = getpgid(pid);

	return signal_group(pid, number, reached, error) &&
	       (group < 0 || group == pid || signal_group_of(pid, group, number, reached, error));
}

/* Whether it has nothing left but to be reaped. */
static bool has_ended(const struct process *process)
{
	return (process->states & ~THREADS_ENDED) == 0;
}

/* Whether a process before this one is in its group, and had its signal by that. */
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

/* Each process once: a tracer hands on every SIGSTOP that comes. */
static bool stop_new(
	const struct processes *now, const struct processes *before, struct error *error)
{
	bool reached, sent = true;

	for (size_t i = 0; sent && i < now->count; i++)
		if (processes_find(before, now->list[i].pid) == NULL)
			sent = signal_process(now->list[i].pid, SIGSTOP, &reached, error);
	return sent;
}

/* Whether its tracer is stopped too, strace(1) in a script for instance, and so lets nothing go on.
 */
static bool tracer_is_stopped(const struct processes *now, const struct process *process)
{
	for (size_t i = 0; process->tracer != 0 && i < now->count; i++)
		if (now->list[i].entry == process->tracer)
			return now->list[i].states == THREADS_IN('T');
	return false;
}

/*
 * Whether a process is stopped. A thread in its tracer's hands may be about to go on when the
 * tracer lets it: it is stopped when it is still in the same stop at the next look.
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

static void outlet_close(struct outlet *outlet)
{
	if (outlet->descriptor >= 0)
		close(outlet->descriptor);
	outlet->descriptor = -1;
}

/* Reads one outlet until it has no more for now. */
static bool outlet_collect(struct program *program, struct outlet *outlet, struct error *error)
{
	char chunk[16384];

	while (outlet->descriptor >= 0) {
		ssize_t length = read(outlet->descriptor, chunk, sizeof chunk);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0 && errno == EAGAIN)
			return true;
		/* EIO is a terminal's way to say that nobody has it open any more. */
		if (length < 0 && !(errno == EIO && program->terminal))
			return error_errno(error, "read what %s prints", program->name);
		if (length <= 0)
			outlet_close(outlet);
		else if (!buffer_append(&outlet->text, chunk, (size_t)length))
			return true;
	}
	return true;
}

/* Killed before its pipe is closed: closing first, it might die of SIGPIPE or of a failed write. */
static bool outlet_stop(struct program *program, struct outlet *outlet, struct error *error)
{
	bool reached;

	program->flooded = true;
	bool stopped = program_signal(program, SIGKILL, &reached, error);
	outlet_close(outlet);
	return stopped;
}

bool program_collect(struct program *program, struct error *error)
{
	for (int i = 0; i < 2; i++) {
		struct outlet *outlet = &program->outlets[i];
		if (!outlet_collect(program, outlet, error))
			return false;
		if (outlet->text.full && outlet->descriptor >= 0 &&
			!outlet_stop(program, outlet, error))
			return false;
	}
	return true;
}

static void program_note(struct program *program, const siginfo_t *news)
{
	program->ended = true;
	program->status = news->si_code == CLD_EXITED ? W_EXITCODE(news->si_status, 0)
						      : W_EXITCODE(0, news->si_status);
	close(program->pidfd);
	program->pidfd = -1;
}

bool program_reap(struct program *const programs[], size_t count, struct error *error)
{
	for (;;) {
		siginfo_t news = {0};

		if (waitid(P_ALL, 0, &news, WEXITED | WNOHANG) != 0)
			return errno == ECHILD || error_errno(error, "waitid");
		if (news.si_pid == 0)
			return true;
		for (size_t i = 0; i < count; i++)
			if (programs[i]->pid == news.si_pid && !programs[i]->ended)
				program_note(programs[i], &news);
	}
}

void program_describe_end(const struct program *program, struct buffer *out)
{
	if (program->pid == 0)
		buffer_printf(out, "never started");
	else if (program->flooded)
		buffer_printf(out, "stopped by the harness: it printed more than %zu bytes",
			OUTPUT_MAXIMUM);
	else if (!program->ended)
		buffer_printf(out, program->held ? "held" : "still running");
	else if (WIFEXITED(program->status))
		buffer_printf(out, "exit status %d", WEXITSTATUS(program->status));
	else
		buffer_printf(out, "killed by signal %d (%s)", WTERMSIG(program->status),
			strsignal(WTERMSIG(program->status)));
}

void program_free(struct program *program)
{
	for (int i = 0; i < 2; i++) {
		outlet_close(&program->outlets[i]);
		buffer_free(&program->outlets[i].text);
	}
	if (program->input >= 0)
		close(program->input);
	if (program->pidfd >= 0)
		close(program->pidfd);
	program->input = program->pidfd = -1;
	buffer_free(&program->command);
}
