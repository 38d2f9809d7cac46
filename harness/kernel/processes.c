/* The processes of a program: its first one and all that descend from it, by proc(5). */
#include "kernel/processes.h"

#include "base/array.h"
#include "kernel/proc.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number at `depth` of a line, or the last one that the line has; 0: it has none. */
static pid_t number_at(const char *line, size_t depth)
{
	int number = 0, length = 0;

	for (size_t i = 0; line != NULL && i <= depth; i++, line += length)
		if (sscanf(line, "%*[ \t]%d%n", &number, &length) != 1)
			break;
	return number;
}

/* How many PID namespaces the caller is below that of /proc. A process has a PID in each. */
static size_t namespace_depth(void)
{
	char text[4096];
	size_t depth = 0;

	if (!proc_read(AT_FDCWD, "/proc/self/status", text, sizeof text))
		return 0;
	const char *line = proc_field(text, "NSpid:");
	for (; line != NULL && *line != '\n' && *line != '\0'; line++)
		depth += *line == '\t';
	return depth > 0 ? depth - 1 : 0;
}

static bool has_signal(const char *set, int number)
{
	uint64_t signals = 0;

	return set != NULL && sscanf(set, "%" SCNx64, &signals) == 1 &&
	       (signals >> (number - 1) & 1) != 0;
}

/* The last part of a path. */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/*
 * The kernel keeps 15 bytes of a name. The whole name stands in the command line: it is the first
 * word or, for a script, the second.
 */
static void read_name(struct process *process, int folder, const char *status)
{
	char line[4096] = "";
	const char *kept = proc_field(status, "Name:\t");
	size_t length = kept != NULL ? strcspn(kept, "\n") : 0;

	snprintf(process->name, sizeof process->name, "%.*s", (int)length, length > 0 ? kept : "");
	if (length == 15 && proc_read(folder, "cmdline", line, sizeof line - 1)) {
		const char *first = base_name(line);
		const char *second = base_name(line + strlen(line) + 1);
		if (strncmp(first, kept, length) == 0)
			snprintf(process->name, sizeof process->name, "%.63s", first);
		else if (strncmp(second, kept, length) == 0)
			snprintf(process->name, sizeof process->name, "%.63s", second);
	}
	for (char *at = process->name; *at != '\0'; at++)
		if (!isprint((unsigned char)*at))
			*at = '?';
}

/*
 * How often a thread gave up the processor. While a thread stays in one stop, this does not grow.
 */
static uint64_t switches_of(int task, const char *thread)
{
	char path[64], text[4096];
	uint64_t own = 0, forced = 0;

	snprintf(path, sizeof path, "%.20s/status", thread);
	if (!proc_read(task, path, text, sizeof text))
		return 0;
	const char *line = proc_field(text, "voluntary_ctxt_switches:");
	if (line == NULL || sscanf(line, "%" SCNu64, &own) != 1)
		return 0;
	line = proc_field(text, "nonvoluntary_ctxt_switches:");
	return line != NULL && sscanf(line, "%" SCNu64, &forced) == 1 ? own + forced : own;
}

/* `task` is the folder task of the thread's process. */
static char state_of(int task, const char *thread)
{
	char path[64], text[1024], state;

	snprintf(path, sizeof path, "%.20s/stat", thread);
	if (!proc_read(task, path, text, sizeof text))
		return 0;
	const char *end_of_name = strrchr(text, ')');
	if (end_of_name == NULL || sscanf(end_of_name + 1, " %c", &state) != 1 ||
		!isalpha((unsigned char)state))
		return 0;
	return state;
}

static bool take_thread(void *argument, int task, const char *name, struct error *error)
{
	struct process *process = argument;
	char state = state_of(task, name);

	(void)error;
	if (state != 0)
		process->states |= THREADS_IN(state);
	if (state == 't')
		process->traced_switches += switches_of(task, name);
	return true;
}

/* False when no thread is left. */
static bool read_threads(struct process *process, int folder)
{
	struct error error;

	return proc_each_number(folder, "task", take_thread, process, &error) &&
	       process->states != 0;
}

static bool read_process(struct process *process, int folder, size_t depth)
{
	char status[4096];

	if (!proc_read(folder, "status", status, sizeof status))
		return false;
	process->pid = number_at(proc_field(status, "NSpid:"), depth);
	if (process->pid == 0) /* a kernel without PID namespaces */
		process->pid = process->entry;
	process->group = getpgid(process->pid);
	process->stop_pending = has_signal(proc_field(status, "ShdPnd:"), SIGSTOP) ||
				has_signal(proc_field(status, "SigPnd:"), SIGSTOP);
	process->tracer = number_at(proc_field(status, "TracerPid:"), 0);
	read_name(process, folder, status);
	return process->pid != getpid() && read_threads(process, folder);
}

/* One reading of all processes. */
struct reading {
	struct processes *processes;
	process_mark wanted;
	size_t depth; /* of PID namespaces */
};

static bool processes_add(
	struct processes *processes, const struct process *process, struct error *error)
{
	struct process *list = processes->count < PROCESSES_MAXIMUM
				       ? array_grow(processes->list, &processes->capacity,
						 processes->count, sizeof *list)
				       : NULL;

	if (list == NULL)
		return error_set(error, "no room for more than %zu processes", processes->count);
	processes->list = list;
	list[processes->count++] = *process;
	return true;
}

/* A process that has ended in the meantime is left out. */
static bool take_process(void *argument, int proc, const char *name, struct error *error)
{
	const struct reading *reading = argument;
	struct process process = {.entry = (pid_t)strtol(name, NULL, 10)};
	int folder = openat(proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool taken = true;

	if (folder < 0)
		return errno == ENOENT || errno == ESRCH || errno == EACCES || errno == EPERM ||
		       error_errno(error, "open /proc/%s", name);
	process.mark = process_mark_read(folder);
	if (process_mark_is(process.mark, reading->wanted) &&
		read_process(&process, folder, reading->depth))
		taken = processes_add(reading->processes, &process, error);
	close(folder);
	return taken;
}

bool processes_read(struct processes *processes, process_mark mark, struct error *error)
{
	struct reading reading = {processes, mark, namespace_depth()};

	processes->count = 0;
	return proc_each_number(AT_FDCWD, "/proc", take_process, &reading, error);
}

const struct process *processes_find(const struct processes *processes, pid_t pid)
{
	for (size_t i = 0; i < processes->count; i++)
		if (processes->list[i].pid == pid)
			return &processes->list[i];
	return NULL;
}

char process_state_beyond(const struct process *process, uint64_t states)
{
	for (char state = 'A'; state <= 'z'; state++)
		if ((process->states & ~states & THREADS_IN(state)) != 0)
			return state;
	return 0;
}

const struct process *processes_beyond(const struct processes *processes, uint64_t states)
{
	for (size_t i = 0; i < processes->count; i++)
		if ((processes->list[i].states & ~states) != 0)
			return &processes->list[i];
	return NULL;
}

/* A list of threads that is being filled. */
struct threads {
	pid_t *list;
	size_t count, maximum;
};

static void task_path(const struct process *process, char path[48])
{
	snprintf(path, 48, "/proc/%d/task", process->entry);
}

static bool list_thread(void *argument, int task, const char *name, struct error *error)
{
	struct threads *threads = argument;

	(void)task;
	(void)error;
	if (threads->count < threads->maximum)
		threads->list[threads->count] = (pid_t)strtol(name, NULL, 10);
	threads->count++;
	return true;
}

size_t process_threads(const struct process *process, pid_t threads[], size_t maximum)
{
	struct threads found = {threads, 0, maximum};
	struct error error;
	char path[48];

	/* A process that has ended has no thread. */
	task_path(process, path);
	(void)proc_each_number(AT_FDCWD, path, list_thread, &found, &error);
	return found.count;
}

char process_thread_state(const struct process *process, pid_t thread)
{
	char path[48], name[16];

	task_path(process, path);
	int task = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (task < 0)
		return 0;
	snprintf(name, sizeof name, "%d", thread);
	char state = state_of(task, name);
	close(task);
	return state;
}

const char *process_state_name(char state)
{
	switch (state) {
	case 'R':
		return "running";
	case 'S':
		return "sleeping";
	case 'D':
		return "in a wait that no signal ends";
	case 'T':
		return "stopped";
	case 't':
		return "stopped by a tracer";
	case 'Z':
		return "a zombie: it has ended, and its parent has not waited for it";
	case 0:
	case 'X':
	case 'x':
		return "gone";
	default:
		return "in a state without a name";
	}
}

void processes_free(struct processes *processes)
{
	free(processes->list);
	*processes = (struct processes){0};
}
