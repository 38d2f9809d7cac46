/* Starts a program, collects what it prints, waits for it, signals it. */
#include "program.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

#define COMMAND_MAXIMUM 4096

const char *output_name(enum output output)
{
	return output == STANDARD_OUTPUT ? "standard output" : "standard error";
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
	*program = (struct program){.pidfd = -1};
	snprintf(program->name, sizeof program->name, "%s", arguments[0]);
	buffer_init(&program->command, COMMAND_MAXIMUM);
	for (size_t i = 0; arguments[i] != NULL; i++)
		command_append(&program->command, arguments[i]);
	for (int i = 0; i < 2; i++) {
		program->outlets[i].descriptor = -1;
		buffer_init(&program->outlets[i].text, OUTPUT_MAXIMUM);
	}
}

/* Programs start as from a shell: nothing blocked, nothing ignored, a process group of its own. */
static int spawn_attributes(posix_spawnattr_t *attributes)
{
	sigset_t none, all;

	sigemptyset(&none);
	sigfillset(&all);
	int cause = posix_spawnattr_setsigmask(attributes, &none);
	if (cause == 0)
		cause = posix_spawnattr_setsigdefault(attributes, &all);
	if (cause == 0)
		cause = posix_spawnattr_setpgroup(attributes, 0);
	if (cause == 0)
		cause = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK |
								    POSIX_SPAWN_SETSIGDEF |
								    POSIX_SPAWN_SETPGROUP);
	return cause;
}

static int spawn_files(posix_spawn_file_actions_t *actions, const int writers[2])
{
	int cause = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);

	for (int i = 0; cause == 0 && i < 2; i++)
		cause = posix_spawn_file_actions_adddup2(actions, writers[i], i + 1);
	/* What wirecheck itself was started with is not the program's. */
	if (cause == 0)
		cause = posix_spawn_file_actions_addclosefrom_np(actions, 3);
	return cause;
}

/* posix_spawn(3) hands up the errno of a failed exec, and costs less than fork(2). */
static int spawn(struct program *program, const char *path, const char *const arguments[],
	const int writers[2])
{
	posix_spawnattr_t attributes;
	posix_spawn_file_actions_t actions;
	int cause = posix_spawnattr_init(&attributes);

	if (cause != 0)
		return cause;
	cause = posix_spawn_file_actions_init(&actions);
	if (cause == 0) {
		cause = spawn_attributes(&attributes);
		if (cause == 0)
			cause = spawn_files(&actions, writers);
		if (cause == 0)
			cause = posix_spawn(&program->pid, path, &actions, &attributes,
				(char *const *)arguments, environ);
		posix_spawn_file_actions_destroy(&actions);
	}
	posix_spawnattr_destroy(&attributes);
	if (cause != 0)
		program->pid = 0;
	return cause;
}

static bool spawn_failed(
	int cause, const char *path, const char *folder, const char *name, struct error *error)
{
	if (cause == ENOENT && access(path, F_OK) == 0)
		return error_set(error, "%s is there, but not the interpreter it names", path);
	if (cause == ENOENT)
		return error_set(error, "%s: no such program in %s", name, folder);
	if (cause == EACCES)
		return error_set(error, "%s is not executable", path);
	return error_set(error, "%s in %s: %s", name, folder, strerror(cause));
}

/* Gives the outlets their read ends and fills `writers`; a descriptor not made is -1. */
static bool open_pipes(struct program *program, int writers[2], struct error *error)
{
	writers[0] = writers[1] = -1;
	for (int i = 0; i < 2; i++) {
		int ends[2];
		if (pipe2(ends, O_CLOEXEC) != 0)
			return error_errno(error, "pipe");
		program->outlets[i].descriptor = ends[0];
		writers[i] = ends[1];
		if (fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0)
			return error_errno(error, "fcntl");
	}
	return true;
}

bool program_start(struct program *program, const char *folder, const char *const arguments[],
	struct error *error)
{
	char path[4096];
	int writers[2];

	program_init(program, arguments);
	if (snprintf(path, sizeof path, "%s/%s", folder, arguments[0]) >= (int)sizeof path)
		return error_set(error, "%s: the path to it is too long", arguments[0]);

	bool started = open_pipes(program, writers, error);
	if (started) {
		int cause = spawn(program, path, arguments, writers);
		started = cause == 0 || spawn_failed(cause, path, folder, arguments[0], error);
	}
	for (int i = 0; i < 2; i++)
		if (writers[i] >= 0)
			close(writers[i]);
	if (!started)
		return false;
	program->pidfd = (int)syscall(SYS_pidfd_open, program->pid, 0);
	return program->pidfd >= 0 || error_errno(error, "pidfd_open");
}

bool program_signal(struct program *program, int number, struct error *error)
{
	if (program->pid == 0 || program->ended || kill(program->pid, number) == 0)
		return true;
	return error_errno(error, "signal %d to %s", number, program->name);
}

bool program_hold(struct program *program, struct error *error)
{
	return program_signal(program, SIGSTOP, error);
}

bool program_release(struct program *program, struct error *error)
{
	program->held = false;
	return program_signal(program, SIGCONT, error);
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
		if (length < 0)
			return error_errno(error, "read what %s prints", program->name);
		if (length == 0 || !buffer_append(&outlet->text, chunk, (size_t)length))
			outlet_close(outlet);
	}
	return true;
}

bool program_collect(struct program *program, struct error *error)
{
	for (int i = 0; i < 2; i++) {
		struct outlet *outlet = &program->outlets[i];
		if (!outlet_collect(program, outlet, error))
			return false;
		if (outlet->text.full && !program->flooded) {
			program->flooded = true;
			if (!program_signal(program, SIGKILL, error))
				return false;
		}
	}
	return true;
}

static void program_note(struct program *program, const siginfo_t *news)
{
	if (news->si_code == CLD_STOPPED) {
		program->held = true;
		return;
	}
	if (news->si_code == CLD_CONTINUED)
		return;
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

		if (waitid(P_ALL, 0, &news, WEXITED | WSTOPPED | WNOHANG) != 0)
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
	if (program->pidfd >= 0)
		close(program->pidfd);
	program->pidfd = -1;
	buffer_free(&program->command);
}
