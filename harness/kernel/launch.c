/* Starts an executable. Its three standard streams are a terminal or pipes. */
#include "kernel/launch.h"

#include "kernel/resource_limits.h"
#include "kernel/users.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <pty.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

/* Programs start as from a shell: no signal is blocked or ignored; each has its process group. */
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
		cause = posix_spawnattr_setflags(attributes,
			POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	return cause;
}

/* The program's ends of its standard streams. -1: not open. */
struct ends {
	int standard[3];
};

/* The program gets no descriptor from this one on: wirecheck may have been started with some. */
static int first_closed(const struct launch *launch)
{
	return launch->descriptor > 0 ? 4 : 3;
}

static int spawn_files(
	posix_spawn_file_actions_t *actions, const struct ends *ends, const struct launch *launch)
{
	int cause = 0;

	for (int i = 0; cause == 0 && i < 3; i++)
		cause = posix_spawn_file_actions_adddup2(actions, ends->standard[i], i);
	if (cause == 0 && launch->no_output)
		cause = posix_spawn_file_actions_addopen(actions, 1, "/dev/full", O_WRONLY, 0);
	if (cause == 0 && launch->descriptor > 0)
		cause = posix_spawn_file_actions_adddup2(actions, launch->descriptor, 3);
	if (cause == 0 && launch->folder != NULL)
		cause = posix_spawn_file_actions_addchdir_np(actions, launch->folder);
	if (cause == 0)
		cause = posix_spawn_file_actions_addclosefrom_np(actions, first_closed(launch));
	return cause;
}

static bool is_replaced(const char *inherited, const char *const replacements[])
{
	size_t name = strcspn(inherited, "=") + 1;

	for (; replacements != NULL && *replacements != NULL; replacements++)
		if (strncmp(inherited, *replacements, name) == 0)
			return true;
	return false;
}

/* The harness's environment, in which some variables are replaced. The caller frees the list. */
static char **environment_with(const char *const replacements[])
{
	size_t count = 0, room = 1;

	for (size_t i = 0; environ[i] != NULL; i++)
		room++;
	for (size_t i = 0; replacements != NULL && replacements[i] != NULL; i++)
		room++;
	const char **list = calloc(room, sizeof *list);
	if (list == NULL)
		return NULL;
	for (size_t i = 0; environ[i] != NULL; i++)
		if (!is_replaced(environ[i], replacements))
			list[count++] = environ[i];
	for (; replacements != NULL && *replacements != NULL; replacements++)
		list[count++] = *replacements;
	return (char **)list;
}

/* posix_spawn(3) returns the errno of a failed exec, and costs less than fork(2). */
static int spawn_prepared(pid_t *pid, const char *path, const char *const arguments[],
	const posix_spawn_file_actions_t *actions, const struct launch *launch)
{
	posix_spawnattr_t attributes;
	char **environment = environment_with(launch->environment);

	if (environment == NULL)
		return ENOMEM;
	int cause = posix_spawnattr_init(&attributes);
	if (cause == 0) {
		cause = spawn_attributes(&attributes);
		if (cause == 0)
			cause = posix_spawn(pid, path, actions, &attributes,
				(char *const *)arguments, environment);
		posix_spawnattr_destroy(&attributes);
	}
	free(environment);
	if (cause != 0)
		*pid = 0;
	return cause;
}

static int spawn(pid_t *pid, const char *path, const char *const arguments[],
	const struct ends *ends, const struct launch *launch)
{
	posix_spawn_file_actions_t actions;
	int cause = posix_spawn_file_actions_init(&actions);

	if (cause != 0)
		return cause;
	cause = spawn_files(&actions, ends, launch);
	if (cause == 0)
		cause = spawn_prepared(pid, path, arguments, &actions, launch);
	posix_spawn_file_actions_destroy(&actions);
	return cause;
}

static void close_on_exec(int first)
{
	if (syscall(SYS_close_range, first, ~0u, CLOSE_RANGE_CLOEXEC) == 0)
		return;
	for (int i = first; i < sysconf(_SC_OPEN_MAX); i++) /* before Linux 5.11 */
		fcntl(i, F_SETFD, FD_CLOEXEC);
}

/* Does in a fork what posix_spawn(3) does by the attributes and actions above. Returns an errno. */
static int become(const char *path, const char *const arguments[], const struct ends *ends,
	const struct launch *launch)
{
	char **environment = environment_with(launch->environment);
	sigset_t none;

	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		signal(i, SIG_DFL); /* a signal that cannot be set is at its default */
	if (environment == NULL || sigprocmask(SIG_SETMASK, &none, NULL) != 0 || setpgid(0, 0) != 0)
		return errno;
	for (int i = 0; i < 3; i++)
		if (dup2(ends->standard[i], i) < 0)
			return errno;
	if (launch->no_output) {
		int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
		if (full < 0 || dup2(full, 1) < 0)
			return errno;
	}
	if (launch->descriptor > 0 && dup2(launch->descriptor, 3) < 0)
		return errno;
	if (launch->folder != NULL && chdir(launch->folder) != 0)
		return errno;
	close_on_exec(first_closed(launch));
	execve(path, (char *const *)arguments, environment);
	return errno;
}

/* Tells the parent that it has a user namespace, waits for its map, and becomes the program. */
_Noreturn static void become_root(int link, const char *path, const char *const arguments[],
	const struct ends *ends, const struct launch *launch)
{
	int cause = 0, high = fcntl(link, F_DUPFD_CLOEXEC, 10);
	char byte;

	if (high < 0 || unshare(CLONE_NEWUSER) != 0)
		cause = errno;
	else if (write(high, "", 1) != 1 || read(high, &byte, 1) != 1)
		_exit(127); /* the parent has seen the failure */
	else
		cause = become(path, arguments, ends, launch);
	ssize_t written = write(high < 0 ? link : high, &cause, sizeof cause);
	_exit(written == sizeof cause ? 127 : 126);
}

/* The errno of a failed exec. An exec that succeeds closes the link: then 0. */
static int await_exec(int link)
{
	int cause;

	return read(link, &cause, sizeof cause) == sizeof cause ? cause : 0;
}

static bool spawn_as_root(pid_t *pid, const char *path, const char *const arguments[],
	const struct ends *ends, const struct launch *launch, int *cause, struct error *error)
{
	int link[2], first;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link) != 0)
		return error_errno(error, "socketpair");
	*pid = fork();
	if (*pid == 0)
		become_root(link[1], path, arguments, ends, launch);
	close(link[1]);
	ssize_t length = *pid < 0 ? -1 : read(link[0], &first, sizeof first);
	bool mapped = length == 1 && users_map_root(*pid, error) && write(link[0], "", 1) == 1;
	if (length != 1)
		error_set(error, "a user namespace for %s: %s", path,
			strerror(length == sizeof first ? first : errno));
	*cause = mapped ? await_exec(link[0]) : 0;
	close(link[0]);
	if (*pid > 0 && (!mapped || *cause != 0) && waitpid(*pid, NULL, 0) == *pid)
		*pid = 0;
	return mapped;
}

/* In a sandbox root has another name (users.h). Without a sandbox a program of root is root. */
static bool spawn_how(struct launched *launched, const char *path, const char *const arguments[],
	const struct ends *ends, const struct launch *how, int *cause, struct error *error)
{
	if (!descriptors_limit_for_program(error))
		return false;
	bool done = true;
	if (how->as_root && geteuid() != 0)
		done = spawn_as_root(&launched->pid, path, arguments, ends, how, cause, error);
	else
		*cause = spawn(&launched->pid, path, arguments, ends, how);
	return descriptors_limit_for_starter(error) && done;
}

/* Whether the file itself is the reason why it was not executed (execve(2)). */
static bool is_refused(int cause)
{
	return cause == ENOENT || cause == EACCES || cause == ENOEXEC || cause == ELIBBAD ||
	       cause == EISDIR || cause == ELOOP || cause == ETXTBSY;
}

static bool spawn_failed(int cause, const char *path, const char *folder,
	const char *const arguments[], const struct launch *how, struct error *error)
{
	const char *name = arguments[0];

	if (how->folder != NULL && access(how->folder, X_OK) != 0)
		return error_errno(error, "%s: working folder %s", name, how->folder);
	if (cause == ENOENT && access(path, F_OK) == 0)
		return error_set(error, "%s is there, but not the interpreter it names", path);
	if (cause == ENOENT)
		return error_set(error, "%s: no such program in %s", name, folder);
	if (cause == EACCES)
		return error_set(error, "%s is not executable", path);
	return error_set(error, "%s in %s: %s", name, folder, strerror(cause));
}

static bool unblock(int descriptor, struct error *error)
{
	return fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 || error_errno(error, "fcntl");
}

/* Makes a pipe. The program gets the end `their_end`: 0 to read from it, 1 to write to it. */
static bool open_pipe(int *ours, int *theirs, int their_end, struct error *error)
{
	int pair[2];

	if (pipe2(pair, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	*theirs = pair[their_end];
	*ours = pair[!their_end];
	return unblock(*ours, error);
}

/*
 * All three streams are one terminal, as for a person. Input comes line by line. Input is not
 * echoed, and output is not translated.
 */
static bool open_terminal(struct launched *ours, struct ends *ends, struct error *error)
{
	int master, slave;
	struct termios mode;

	if (openpty(&master, &slave, NULL, NULL, NULL) != 0)
		return error_errno(error, "openpty");
	ours->output = master;
	ends->standard[1] = slave;
	if (fcntl(master, F_SETFD, FD_CLOEXEC) != 0 || fcntl(slave, F_SETFD, FD_CLOEXEC) != 0 ||
		tcgetattr(slave, &mode) != 0)
		return error_errno(error, "terminal");
	mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
	mode.c_oflag &= ~(tcflag_t)OPOST;
	if (tcsetattr(slave, TCSANOW, &mode) != 0)
		return error_errno(error, "tcsetattr");
	ours->input = fcntl(master, F_DUPFD_CLOEXEC, 0);
	ends->standard[0] = fcntl(slave, F_DUPFD_CLOEXEC, 0);
	ends->standard[2] = fcntl(slave, F_DUPFD_CLOEXEC, 0);
	if (ours->input < 0 || ends->standard[0] < 0 || ends->standard[2] < 0)
		return error_errno(error, "dup");
	return unblock(master, error);
}

static bool open_ends(
	struct launched *ours, const struct launch *launch, struct ends *ends, struct error *error)
{
	if (launch->terminal)
		return open_terminal(ours, ends, error);
	return open_pipe(&ours->input, &ends->standard[0], 0, error) &&
	       open_pipe(&ours->output, &ends->standard[1], 1, error) &&
	       open_pipe(&ours->error_output, &ends->standard[2], 1, error);
}

static void close_ends(const struct ends *ends)
{
	for (int i = 0; i < 3; i++)
		if (ends->standard[i] >= 0)
			close(ends->standard[i]);
}

static bool launch_path(char path[4096], const char *folder, const char *name, struct error *error)
{
	if (snprintf(path, 4096, "%s/%s", folder, name) >= 4096)
		return error_set(error, "%s: the path to it is too long", name);
	return true;
}

bool launch(struct launched *launched, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error)
{
	char path[4096];
	struct ends ends = {{-1, -1, -1}};

	*launched = (struct launched){.input = -1, .output = -1, .error_output = -1};
	bool ready = launch_path(path, folder, arguments[0], error) &&
		     open_ends(launched, how, &ends, error);
	if (ready) {
		int cause = 0;
		ready = spawn_how(launched, path, arguments, &ends, how, &cause, error) &&
			(cause == 0 || spawn_failed(cause, path, folder, arguments, how, error));
		launched->refused = is_refused(cause);
	}
	close_ends(&ends);
	return ready;
}
