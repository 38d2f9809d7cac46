/* A program under test: feeds it, collects what it prints, reaps it. */
#include "kernel/program.h"

#include "base/cut.h"
#include "kernel/program_signals.h"

#include <errno.h>
#include <signal.h>
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

/* A terminal has both outputs in the first one. */
static const struct outlet *outlet_of(const struct program *program, enum output output)
{
	return &program->outlets[program->terminal ? STANDARD_OUTPUT : output];
}

const struct buffer *output_text(const struct program *program, enum output output)
{
	return &outlet_of(program, output)->text;
}

/* An argument is quoted only if a shell would need it. */
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
	bool started = process_mark_give(&program->mark, error) &&
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

/* What a program wrote to a terminal comes out a moment later. The end comes after that. */
bool program_is_over(const struct program *program, enum output output)
{
	return program->ended && outlet_of(program, output)->descriptor < 0;
}

static void outlet_close(struct outlet *outlet)
{
	if (outlet->descriptor >= 0)
		close(outlet->descriptor);
	outlet->descriptor = -1;
}

/* Reads one outlet until it is empty for now. */
static bool outlet_collect(struct program *program, struct outlet *outlet, struct error *error)
{
	char chunk[16384];

	while (outlet->descriptor >= 0) {
		ssize_t length = read(outlet->descriptor, chunk, sizeof chunk);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0 && errno == EAGAIN)
			return true;
		/* A terminal gives EIO when nobody has it open any more. */
		if (length < 0 && !(errno == EIO && program->terminal))
			return error_errno(error, "read what %s prints", program->name);
		if (length <= 0)
			outlet_close(outlet);
		else if (!buffer_append(&outlet->text, chunk, (size_t)length))
			return true;
	}
	return true;
}

/* SIGKILL comes first. With its pipe closed the program might end by SIGPIPE or a failed write. */
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
