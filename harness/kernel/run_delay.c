/* How long the programs of a case were ready to run and no processor took them. */
#include "kernel/run_delay.h"

#include "base/clock.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Threads that are looked at; the time of more than these cannot be told. */
#define THREADS_MAXIMUM 1024

/* A thread at a look; times in nanoseconds. */
struct thread_look {
	long thread;
	int64_t ran, delayed;
	bool held_up; /* it is ready to run, or waits for the machine's disk */
};

/* What one look found. */
struct look {
	struct thread_look list[THREADS_MAXIMUM];
	size_t count;
	int64_t time;
};

/* Reads a file of a thread; false when it has just ended. */
static bool read_file(int folder, const char *thread, const char *name, char *text, size_t size)
{
	char path[64];

	snprintf(path, sizeof path, "%.20s/%s", thread, name);
	int file = openat(folder, path, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return false;
	ssize_t length = read(file, text, size - 1);
	close(file);
	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}

/*
 * Whether it waits for a child that has its memory until that executes a program or ends, for which
 * vfork(2) and posix_spawn(3) have the state of a wait for the disk.
 */
static bool is_in_vfork(int folder, const char *thread)
{
	char text[256];
	long call;

	if (!read_file(folder, thread, "syscall", text, sizeof text) ||
		sscanf(text, "%ld", &call) != 1)
		return false;
#ifdef SYS_vfork
	if (call == SYS_vfork)
		return true;
#endif
	return call == SYS_clone || call == SYS_clone3;
}

/* Its state in proc(5) stands behind its name, which is in parentheses and may have others. */
static bool look_at_thread(struct thread_look *found, int folder, const char *thread)
{
	char text[512];

	if (!read_file(folder, thread, "schedstat", text, sizeof text) ||
		sscanf(text, "%" SCNd64 " %" SCNd64, &found->ran, &found->delayed) != 2 ||
		!read_file(folder, thread, "stat", text, sizeof text))
		return false;
	const char *state = strrchr(text, ')');
	found->held_up = state != NULL &&
			 (strncmp(state, ") R", 3) == 0 ||
				 (strncmp(state, ") D", 3) == 0 && !is_in_vfork(folder, thread)));
	found->thread = strtol(thread, NULL, 10);
	return true;
}

static bool is_number(const char *name)
{
	return *name >= '0' && *name <= '9';
}

/* Calls for each entry of a folder below /proc whose name is a number. */
static void each_number(const char *path,
	void (*take)(struct look *look, int folder, const char *name), struct look *look)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (is_number(entry->d_name))
			take(look, dirfd(folder), entry->d_name);
	if (folder != NULL)
		closedir(folder);
}

static void take_thread(struct look *look, int folder, const char *name)
{
	if (look->count < THREADS_MAXIMUM && look_at_thread(&look->list[look->count], folder, name))
		look->count++;
}

static void take_process(struct look *look, int folder, const char *name)
{
	char path[64];

	(void)folder;
	if (strtol(name, NULL, 10) == getpid())
		return;
	snprintf(path, sizeof path, "/proc/%.20s/task", name);
	each_number(path, take_thread, look);
}

/* Where no /proc of the sandbox's own can be mounted, it has other numbers than ours. */
static bool proc_is_ours(void)
{
	char name[24] = "";

	return readlink("/proc/self", name, sizeof name - 1) > 0 &&
	       strtol(name, NULL, 10) == getpid();
}

static void look_around(struct look *look, const pid_t processes[], size_t count)
{
	char name[24];

	look->count = 0;
	look->time = monotonic_now();
	if (!proc_is_ours())
		return;
	if (processes == NULL)
		each_number("/proc", take_process, look);
	for (size_t i = 0; processes != NULL && i < count; i++) {
		snprintf(name, sizeof name, "%d", processes[i]);
		take_process(look, -1, name);
	}
}

/* A thread at the look before; all zero for one that is new since. */
static struct thread_look find_before(const struct look *before, long thread)
{
	for (size_t i = 0; i < before->count; i++)
		if (before->list[i].thread == thread)
			return before->list[i];
	return (struct thread_look){0};
}

/*
 * The kernel adds a delay up when it is over. Of a thread that waits now, all that passed since the
 * look before and was not running is taken for delay.
 */
static int64_t delay_of(const struct thread_look *now, const struct look *before, int64_t passed)
{
	struct thread_look then = find_before(before, now->thread);
	int64_t delay = now->delayed - then.delayed;

	if (now->held_up)
		delay = passed - (now->ran - then.ran);
	return delay > 0 ? delay : 0;
}

/* The last look, and the one before; the next takes the place of that. */
static struct look looks[2];
static size_t last;

/*
 * What the programs had of the processors counts against the limit, whichever of them had it: one
 * whose threads are more than the processors delays itself.
 */
int64_t run_delay(const pid_t processes[], size_t count)
{
	int64_t delayed = 0, ran = 0;

	const struct look *before = &looks[last];
	last = 1 - last;
	struct look *look = &looks[last];
	look_around(look, processes, count);
	int64_t passed = look->time - before->time;
	for (size_t i = 0; i < look->count; i++) {
		ran += look->list[i].ran - find_before(before, look->list[i].thread).ran;
		delayed += delay_of(&look->list[i], before, passed);
	}
	int64_t idle = ran < passed ? passed - ran : 0;
	return delayed < idle ? delayed : idle;
}

/* Reads "ran delayed …" of a file in proc(5); false when there is none. */
static bool read_delayed(const char *path, int64_t *delayed)
{
	char text[128];
	int64_t ran;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return false;
	ssize_t length = read(file, text, sizeof text - 1);
	close(file);
	text[length > 0 ? length : 0] = '\0';
	return sscanf(text, "%" SCNd64 " %" SCNd64, &ran, delayed) == 2;
}

int64_t run_delay_ended(pid_t process)
{
	char path[64];
	int64_t delayed;

	snprintf(path, sizeof path, "/proc/%d/schedstat", process);
	if (!proc_is_ours() || !read_delayed(path, &delayed))
		return 0;
	int64_t since = delayed - find_before(&looks[last], process).delayed;
	return since > 0 ? since : 0;
}

int64_t run_delay_own(void)
{
	int64_t delayed;

	return read_delayed("/proc/self/schedstat", &delayed) ? delayed : 0;
}
