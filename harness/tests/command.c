/* Runs a command as a user would and collects what came of it: for tests of whole programs. */
#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define OUTPUT_KEPT ((size_t)16 << 20)
#define LIMIT       280 /* seconds: a hang, not slowness */

/* The caller's environment with `added` in front, where getenv(3) finds them first. */
static char **environment_with(const char *const added[])
{
	size_t count = 0, extra = 0;

	while (environ[count] != NULL)
		count++;
	while (added != NULL && added[extra] != NULL)
		extra++;
	char **list = calloc(count + extra + 1, sizeof *list);
	if (list == NULL)
		return NULL;
	if (extra > 0)
		memcpy(list, added, extra * sizeof *list);
	memcpy(list + extra, environ, count * sizeof *list);
	return list;
}

/* What a shell ignores in a job that it starts in the background is at its default again. */
static bool set_signals(posix_spawnattr_t *attributes)
{
	sigset_t defaults;

	sigemptyset(&defaults);
	sigaddset(&defaults, SIGINT);
	sigaddset(&defaults, SIGQUIT);
	sigaddset(&defaults, SIGTERM);
	sigaddset(&defaults, SIGHUP);
	return posix_spawnattr_setsigdefault(attributes, &defaults) == 0 &&
	       posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF) == 0;
}

static bool spawn_command(struct command *command, const char *const arguments[],
	char *const environment[], int output, int error_output)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;

	if (posix_spawn_file_actions_init(&actions) != 0)
		return false;
	if (posix_spawnattr_init(&attributes) != 0) {
		posix_spawn_file_actions_destroy(&actions);
		return false;
	}
	bool started =
		posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) == 0 &&
		posix_spawn_file_actions_adddup2(&actions, output, 1) == 0 &&
		posix_spawn_file_actions_adddup2(&actions, error_output, 2) == 0 &&
		set_signals(&attributes) &&
		posix_spawnp(&command->pid, arguments[0], &actions, &attributes,
			(char *const *)arguments, environment) == 0;
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	return started;
}

bool command_start(
	struct command *command, const char *const arguments[], const char *const environment[])
{
	int out[2] = {-1, -1}, err[2] = {-1, -1};
	char **list = environment_with(environment);

	*command = (struct command){.output = -1, .error_output = -1, .status = -1};
	buffer_init(&command->out, OUTPUT_KEPT);
	buffer_init(&command->err, OUTPUT_KEPT);
	bool started = list != NULL && pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0 &&
		       spawn_command(command, arguments, list, out[1], err[1]);
	free(list);
	close(out[1]);
	close(err[1]);
	command->output = out[0];
	command->error_output = err[0];
	return started;
}

/* Reads once; closes at the end. */
static void drain(int *descriptor, struct buffer *into)
{
	char chunk[65536];
	ssize_t length = read(*descriptor, chunk, sizeof chunk);

	if (length > 0) {
		buffer_append(into, chunk, (size_t)length);
	} else if (length == 0 || errno != EINTR) {
		close(*descriptor);
		*descriptor = -1;
	}
}

static long seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

/* Collects output until `text` (may be NULL) is there or both pipes are closed. */
static bool collect(struct command *command, const char *text)
{
	long deadline = seconds_now() + LIMIT;

	while (command->output >= 0 || command->error_output >= 0) {
		struct pollfd list[] = {
			{command->output, POLLIN, 0}, {command->error_output, POLLIN, 0}};
		if (text != NULL && strstr(buffer_text(&command->out), text) != NULL)
			return true;
		if (seconds_now() >= deadline) {
			command->timed_out = true;
			kill(command->pid, SIGKILL);
			deadline += LIMIT;
		}
		if (poll(list, 2, 1000) < 0 && errno != EINTR)
			return false;
		if (list[0].revents != 0)
			drain(&command->output, &command->out);
		if (list[1].revents != 0)
			drain(&command->error_output, &command->err);
	}
	return text != NULL && strstr(buffer_text(&command->out), text) != NULL;
}

bool command_until_printed(struct command *command, const char *text)
{
	return collect(command, text);
}

void command_finish(struct command *command)
{
	int status = 0;

	collect(command, NULL);
	if (waitpid(command->pid, &status, 0) == command->pid)
		command->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool command_run(
	struct command *command, const char *const arguments[], const char *const environment[])
{
	if (!command_start(command, arguments, environment))
		return false;
	command_finish(command);
	return !command->timed_out;
}

void command_free(struct command *command)
{
	if (command->output >= 0)
		close(command->output);
	if (command->error_output >= 0)
		close(command->error_output);
	buffer_free(&command->out);
	buffer_free(&command->err);
}

const char *build_folder(void)
{
	static char folder[PATH_MAX];
	char self[PATH_MAX];

	if (folder[0] != '\0')
		return folder;
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
	if (length < 0)
		return ".";
	self[length] = '\0';
	snprintf(folder, sizeof folder, "%s", dirname(dirname(dirname(self))));
	return folder;
}

const char *source_folder(void)
{
	return SOURCE_FOLDER;
}

const char *build_path(const char *format, ...)
{
	static char paths[8][PATH_MAX];
	static size_t next;
	char tail[PATH_MAX];
	char *path = paths[next++ % 8];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(tail, sizeof tail, format, arguments);
	va_end(arguments);
	if (snprintf(path, PATH_MAX, "%s/%s", build_folder(), tail) >= PATH_MAX)
		path[0] = '\0';
	return path;
}

static char temporary[PATH_MAX];

const char *temporary_make(void)
{
	const char *parent = getenv("TMPDIR");

	snprintf(temporary, sizeof temporary, "%s/wirecheck-test.XXXXXX",
		parent != NULL && *parent != '\0' ? parent : "/tmp");
	return mkdtemp(temporary);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	(void)walk;
	return remove(path);
}

/* For who looks for a failure's cause: WIRECHECK_KEEP=folder keeps what a test has left. */
static bool is_to_be_kept(void)
{
	const char *kept = getenv("WIRECHECK_KEEP");

	return kept != NULL && strcmp(kept, "folder") == 0;
}

void temporary_remove(void)
{
	if (temporary[0] != '\0' && is_to_be_kept())
		fprintf(stderr, "kept: %s\n", temporary);
	else if (temporary[0] != '\0')
		nftw(temporary, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
	temporary[0] = '\0';
}

bool read_file(const char *path, struct buffer *out)
{
	char part[65536];
	FILE *file = fopen(path, "re");
	size_t length;

	if (file == NULL)
		return false;
	while ((length = fread(part, 1, sizeof part, file)) > 0)
		buffer_append(out, part, length);
	bool whole = !ferror(file) && !out->full;
	fclose(file);
	return whole;
}

/* strstr(3) takes the length of all that follows each time when it is the sanitizer's. */
size_t count_of(const char *text, const char *piece)
{
	size_t count = 0, length = strlen(piece);

	for (; (text = strchr(text, piece[0])) != NULL; text++)
		count += strncmp(text, piece, length) == 0;
	return count;
}
