/* Runs `selftest`, the command with the cases that fail on purpose, in a folder of its own. */
#include "selftest.h"

#include "inside.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARGUMENTS_MAXIMUM 16

static const char *ground;   /* NULL: there is none */
static char *scratch_before; /* TMPDIR; NULL: unset */

const char *ground_path(const char *format, ...)
{
	static char paths[8][PATH_MAX];
	static size_t next;
	char tail[PATH_MAX];
	char *path = paths[next++ % 8];
	va_list arguments;

	/* Without it the path would be one of the machine's own, such as /captures. */
	CU_ASSERT_PTR_NOT_NULL_FATAL(ground);
	va_start(arguments, format);
	vsnprintf(tail, sizeof tail, format, arguments);
	va_end(arguments);
	if (snprintf(path, PATH_MAX, "%s/%s", ground, tail) >= PATH_MAX)
		path[0] = '\0';
	return path;
}

/* Links each of the demos. Its own paths, for the caller may still hold some of build_path. */
static bool link_demos(void)
{
	char from[PATH_MAX], to[PATH_MAX];
	DIR *folder = opendir(build_path("impl"));
	const struct dirent *entry;
	bool linked = folder != NULL;

	while (linked && (entry = readdir(folder)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(from, sizeof from, "%s/impl/%.255s", build_folder(), entry->d_name);
		snprintf(to, sizeof to, "%s/programs/%.255s", ground, entry->d_name);
		linked = symlink(from, to) == 0;
	}
	if (folder != NULL)
		closedir(folder);
	return linked;
}

static bool write_script(const char *name, const char *text, mode_t mode)
{
	int file = open(ground_path("programs/%s", name), O_WRONLY | O_CREAT | O_CLOEXEC, mode);

	if (file < 0)
		return false;
	bool written = write(file, text, strlen(text)) == (ssize_t)strlen(text);
	return close(file) == 0 && written;
}

bool ground_make(void)
{
	const char *before = getenv("TMPDIR");

	ground = temporary_make();
	if (ground == NULL)
		return false;
	scratch_before = before != NULL ? strdup(before) : NULL;
	return mkdir(ground_path("programs"), 0755) == 0 &&
	       mkdir(ground_path("captures"), 0755) == 0 &&
	       mkdir(ground_path("scratch"), 0755) == 0 &&
	       setenv("TMPDIR", ground_path("scratch"), 1) == 0 && link_demos() &&
	       symlink("/bin/sh", ground_path("programs/sh")) == 0 &&
	       write_script("not_executable", "#!/bin/sh\n", 0644) &&
	       write_script("no_interpreter", "#!/no/such/interpreter\n", 0755);
}

void ground_remove(void)
{
	if (scratch_before != NULL)
		setenv("TMPDIR", scratch_before, 1);
	else
		unsetenv("TMPDIR");
	free(scratch_before);
	scratch_before = NULL;
	temporary_remove();
	ground = NULL;
}

bool sandboxes_possible(char why[512])
{
	static struct error error;
	static bool asked, possible;

	if (!asked) {
		const char *folder = temporary_make();
		possible = folder != NULL && prepare_in_child(folder, &error);
		temporary_remove();
		asked = true;
	}
	snprintf(why, 512, "no sandbox here: %.400s", error.text);
	return possible;
}

/* The whole command line. It points into `paths` of ground_path, so it is to be used at once. */
static void fill(const char *line[], const char *const arguments[])
{
	static char programs[PATH_MAX], captures[PATH_MAX], path[PATH_MAX];
	size_t count = 0;

	snprintf(programs, sizeof programs, "%s", ground_path("programs"));
	snprintf(captures, sizeof captures, "%s", ground_path("captures"));
	snprintf(path, sizeof path, "%s", build_path("harness/tests/selftest"));
	line[count++] = path;
	line[count++] = "--impl";
	line[count++] = programs;
	line[count++] = "--captures";
	line[count++] = captures;
	line[count++] = "--timeout";
	line[count++] = "0.2";
	for (size_t i = 0; i < ARGUMENTS_MAXIMUM && arguments[i] != NULL; i++)
		line[count++] = arguments[i];
	line[count] = NULL;
}

bool selftest_start(
	struct command *command, const char *const arguments[], const char *const environment[])
{
	const char *line[ARGUMENTS_MAXIMUM + 8];

	fill(line, arguments);
	return command_start(command, line, environment);
}

bool selftest_run(struct command *command, const char *const arguments[])
{
	if (!selftest_start(command, arguments, NULL))
		return false;
	command_finish(command);
	return !command->timed_out;
}

int folder_count(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;

	if (folder == NULL)
		return -1;
	while (readdir(folder) != NULL)
		count++;
	closedir(folder);
	return count - 2; /* without . and .. */
}
