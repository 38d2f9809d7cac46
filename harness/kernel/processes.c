/* The processes of a program: its first one and all that descend from it, by proc(5). */
#include "kernel/processes.h"

#include "base/array.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <unistd.h>

/* Marks of one caller, one after the other from a number by chance: /proc may have others' too. */
#define MARKS_MAXIMUM UINT64_C(65536)

static process_mark first_mark, last_mark;

/* Below the hard limit, for more may not be asked for. */
static bool choose_first_mark(rlim_t hard, struct error *error)
{
	uint32_t chance = 0;

	if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
		return error_errno(error, "getrandom");
	first_mark = (UINT64_C(1) << 48) + chance * MARKS_MAXIMUM;
	if (first_mark + MARKS_MAXIMUM > hard)
		first_mark = hard > 2 * MARKS_MAXIMUM ? 1 + chance % (hard - MARKS_MAXIMUM) : 1;
	last_mark = first_mark - 1;
	return true;
}

bool processes_mark(process_mark *mark, struct error *error)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_LOCKS, &limit) != 0)
		return error_errno(error, "getrlimit(RLIMIT_LOCKS)");
	if (first_mark == 0 && !choose_first_mark(limit.rlim_max, error))
		return false;
	limit.rlim_cur = last_mark + 1;
	if (setrlimit(RLIMIT_LOCKS, &limit) != 0)
		return error_errno(error, "setrlimit(RLIMIT_LOCKS, %" PRIu64 ")", last_mark + 1);
	*mark = ++last_mark;
	return true;
}

/* Reads a file of /proc; false when the process has ended, or may not be looked at. */
static bool read_entry(int folder, const char *name, char *text, size_t size)
{
	int file = openat(folder, name, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return false;
	ssize_t length = read(file, text, size - 1);
	close(file);
	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/* What stands behind a name at the beginning of a line; NULL: there is no such line. */
static const char *field(const char *text, const char *name)
{
	for (const char *line = text; *line != '\0'; line += *line == '\n') {
		if (strncmp(line, name, strlen(name)) == 0)
			return line + strlen(name);
		line += strcspn(line, "\n");
	}
	return NULL;
}

static process_mark mark_of(int folder)
{
	char text[4096];
	process_mark mark = 0;

	if (!read_entry(folder, "limits", text, sizeof text))
		return 0;
	const char *limit = field(text, "Max file locks ");
	return limit != NULL && sscanf(limit, "%" SCNu64, &mark) == 1 ? mark : 0;
}

/* The number at `depth` of a line, or the last one that it has; 0: there is none. */
static pid_t number_at(const char *line, size_t depth)
{
	int number = 0, length = 0;

	for (size_t i = 0; line != NULL && i <= depth; i++, line += length)
		if (sscanf(line, "%*[ \t]%d%n", &number, &length) != 1)
			break;
	return number;
}

/* How many PID namespaces the caller is below that of /proc; there is a number for each. */
static size_t namespace_depth(void)
{
	char text[4096];
	size_t depth = 0;

	if (!read_entry(AT_FDCWD, "/proc/self/status", text, sizeof text))
		return 0;
	const char *line = field(text, "NSpid:");
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

/* The last part of a path, up to the end of the text. */
static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/*
 * The kernel keeps 15 bytes of a name. The whole one is that of the executable or, of a script, of
 * the argument behind it.
 */
static void read_name(struct process *process, int folder, const char *status)
{
	char line[4096] = "";
	const char *kept = field(status, "Name:\t");
	size_t length = kept != NULL ? strcspn(kept, "\n") : 0;

	snprintf(process->name, sizeof process->name, "%.*s", (int)length, length > 0 ? kept : "");
	if (length == 15 && read_entry(folder, "cmdline", line, sizeof line - 1)) {
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

/* How often a thread gave up the processor: a thread in one and the same stop does not. */
static uint64_t switches_of(int folder, const char *thread)
{
	char path[64], text[4096];
	uint64_t own = 0, forced = 0;

	snprintf(path, sizeof path, "task/%.20s/status", thread);
	if (!read_entry(folder, path, text, sizeof text))
		return 0;
	const char *line = field(text, "voluntary_ctxt_switches:");
	if (line == NULL || sscanf(line, "%" SCNu64, &own) != 1)
		return 0;
	line = field(text, "nonvoluntary_ctxt_switches:");
	return line != NULL && sscanf(line, "%" SCNu64, &forced) == 1 ? own + forced : own;
}

static char state_of(int folder, const char *thread)
{
	char path[64], text[1024], state;

	snprintf(path, sizeof path, "task/%.20s/stat", thread);
	if (!read_entry(folder, path, text, sizeof text))
		return 0;
	const char *end_of_name = strrchr(text, ')');
	if (end_of_name == NULL || sscanf(end_of_name + 1, " %c", &state) != 1 ||
		!isalpha((unsigned char)state))
		return 0;
	return state;
}

/* False when there is no thread any more. */
static bool read_threads(struct process *process, int folder)
{
	int file = openat(folder, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *threads = file < 0 ? NULL : fdopendir(file);
	const struct dirent *entry;

	while (threads != NULL && (entry = readdir(threads)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		char state = state_of(folder, entry->d_name);
		if (state != 0)
			process->states |= THREADS_IN(state);
		if (state == 't')
			process->traced_switches += switches_of(folder, entry->d_name);
	}
	if (threads != NULL)
		closedir(threads);
	else if (file >= 0)
		close(file);
	return process->states != 0;
}

static bool read_process(struct process *process, int folder, size_t depth)
{
	char status[4096];

	if (!read_entry(folder, "status", status, sizeof status))
		return false;
	process->pid = number_at(field(status, "NSpid:"), depth);
	if (process->pid == 0) /* a kernel without PID namespaces */
		process->pid = process->entry;
	process->group = getpgid(process->pid);
	process->stop_pending = has_signal(field(status, "ShdPnd:"), SIGSTOP) ||
				has_signal(field(status, "SigPnd:"), SIGSTOP);
	process->tracer = number_at(field(status, "TracerPid:"), 0);
	read_name(process, folder, status);
	return process->pid != getpid() && read_threads(process, folder);
}

static bool is_wanted(process_mark mark, process_mark wanted)
{
	return wanted != 0 ? mark == wanted : mark >= first_mark && mark <= last_mark;
}

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

/* A process that has ended meanwhile is none. */
static bool processes_take(struct processes *processes, int proc, const char *name, size_t depth,
	process_mark wanted, struct error *error)
{
	struct process process = {.entry = (pid_t)strtol(name, NULL, 10)};
	int folder = openat(proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool taken = true;

	if (folder < 0)
		return errno == ENOENT || errno == ESRCH || errno == EACCES || errno == EPERM ||
		       error_errno(error, "open /proc/%s", name);
	process.mark = mark_of(folder);
	if (is_wanted(process.mark, wanted) && read_process(&process, folder, depth))
		taken = processes_add(processes, &process, error);
	close(folder);
	return taken;
}

bool processes_read(struct processes *processes, process_mark mark, struct error *error)
{
	DIR *proc = opendir("/proc");
	const struct dirent *entry;
	size_t depth = namespace_depth();
	bool whole = true;

	processes->count = 0;
	if (proc == NULL)
		return error_errno(error, "open /proc");
	while (whole && (entry = readdir(proc)) != NULL)
		if (isdigit((unsigned char)entry->d_name[0]))
			whole = processes_take(
				processes, dirfd(proc), entry->d_name, depth, mark, error);
	closedir(proc);
	return whole;
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

/* Its folder in /proc; -1: it has ended. */
static int open_process(const struct process *process)
{
	char path[32];

	snprintf(path, sizeof path, "/proc/%d", process->entry);
	return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

size_t process_threads(const struct process *process, pid_t threads[], size_t maximum)
{
	char path[48];
	const struct dirent *entry;
	size_t count = 0;

	snprintf(path, sizeof path, "/proc/%d/task", process->entry);
	DIR *folder = opendir(path);
	while (folder != NULL && (entry = readdir(folder)) != NULL) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		if (count < maximum)
			threads[count] = (pid_t)strtol(entry->d_name, NULL, 10);
		count++;
	}
	if (folder != NULL)
		closedir(folder);
	return count;
}

char process_thread_state(const struct process *process, pid_t thread)
{
	char name[16];
	int folder = open_process(process);

	if (folder < 0)
		return 0;
	snprintf(name, sizeof name, "%d", thread);
	char state = state_of(folder, name);
	close(folder);
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
