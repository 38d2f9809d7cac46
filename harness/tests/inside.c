/* Runs a part of a test in a process inside a sandbox, where CUnit cannot count. */
#include "inside.h"

#include "base/buffer.h"
#include "command.h"
#include "kernel/sandbox.h"
#include "unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *inside_scratch;

/* Where the process inside tells what did not hold. */
static int report = -1;

bool inside_check(bool held, const char *file, int line, const char *format, ...)
{
	char text[2048];
	va_list arguments;

	if (held)
		return true;
	va_start(arguments, format);
	vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	dprintf(report, "%s:%d: %s\n", file, line, text);
	return false;
}

void inside_number(
	long long actual, long long expected, const char *what, const char *file, int line)
{
	inside_check(actual == expected, file, line, "%s: expected %lld, found %lld", what,
		expected, actual);
}

void inside_text(
	const char *actual, const char *expected, const char *what, const char *file, int line)
{
	inside_check(strcmp(actual, expected) == 0, file, line, "%s: expected \"%s\", found \"%s\"",
		what, expected, actual);
}

/* As the scheduler does: namespaces of its own first, and a sandbox from there. */
static pid_t fork_from_prepared(const char *scratch, struct error *error)
{
	if (!sandbox_prepare(scratch, error))
		return -1;
	pid_t first = sandbox_fork(error);
	if (first == 0 && !sandbox_enter(error)) {
		fprintf(stderr, "%s\n", error->text);
		_exit(2);
	}
	return first;
}

/* All that is written until the last writer is gone. */
static void read_all(int from, struct buffer *out)
{
	char part[4096];
	ssize_t length;

	while ((length = read(from, part, sizeof part)) > 0)
		buffer_append(out, part, (size_t)length);
}

bool prepare_in_child(const char *scratch, struct error *error)
{
	int ends[2], status = -1;
	struct buffer told;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	pid_t child = fork();
	if (child == 0) {
		bool prepared = sandbox_prepare(scratch, error);
		_exit(prepared || dprintf(ends[1], "%s", error->text) < 0 ? 0 : 1);
	}
	close(ends[1]);
	buffer_init(&told, sizeof error->text);
	read_all(ends[0], &told);
	close(ends[0]);
	bool prepared = waitpid(child, &status, 0) == child && status == 0;
	error_set(error, "%s", buffer_text(&told));
	buffer_free(&told);
	return prepared;
}

pid_t fork_inside(const char *scratch)
{
	struct error error;
	int status = 0;
	pid_t child = fork();

	if (child != 0)
		return child;
	pid_t first = fork_from_prepared(scratch, &error);
	if (first == 0)
		return 0;
	if (first < 0)
		fprintf(stderr, "%s\n", error.text);
	if (first < 0 || waitpid(first, &status, 0) != first)
		_exit(2);
	_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

void run_inside(void (*body)(void), const char *file, int line)
{
	struct buffer told;
	int ends[2], status = 0;

	inside_scratch = temporary_make();
	CU_ASSERT_PTR_NOT_NULL_FATAL(inside_scratch);
	CU_ASSERT_EQUAL_FATAL(pipe2(ends, O_CLOEXEC), 0);
	pid_t child = fork_inside(inside_scratch);
	if (child == 0) {
		report = ends[1];
		body();
		_exit(0);
	}
	CU_ASSERT_TRUE_FATAL(child > 0);
	close(ends[1]);
	buffer_init(&told, 1 << 20);
	read_all(ends[0], &told);
	close(ends[0]);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	unit_assert_text(buffer_text(&told), "", "inside the sandbox", file, line);
	unit_assert_number(status, 0, "wait status of the process inside", file, line);
	buffer_free(&told);
	temporary_remove();
}

int process_count(void)
{
	DIR *folder = opendir("/proc");
	const struct dirent *entry;
	int count = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		count += entry->d_name[0] >= '1' && entry->d_name[0] <= '9';
	if (folder != NULL)
		closedir(folder);
	return count;
}
