/* How long a busy machine delayed the programs of a case: they waited for a processor or a disk. */
#include "kernel/busy_machine.h"

#include "base/clock.h"
#include "kernel/proc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* One look takes at most this many threads. The delay of any other thread is not known. */
#define THREADS_MAXIMUM 1024

/* A thread at one look. Times are in nanoseconds. */
struct thread_look {
	long thread;
	int64_t ran, delayed;
	bool held_up; /* it is ready to run, or waits for a disk */
};

/* All threads at one look. */
struct look {
	struct thread_look list[THREADS_MAXIMUM];
	size_t count;
	int64_t time;
};

/* Reads a file of a thread. `task` is the open folder of its process's threads. */
static bool read_file(int task, const char *thread, const char *name, char *text, size_t size)
{
	char path[64];

	snprintf(path, sizeof path, "%.20s/%s", thread, name);
	return proc_read(task, path, text, size);
}

/*
 * Whether a thread is in vfork(2) or posix_spawn(3). It then waits until its child, which shares
 * its memory, executes a program or ends. The kernel shows this wait as one for a disk.
 */
static bool is_in_vfork(int task, const char *thread)
{
	char text[256];
	long call;

	if (!read_file(task, thread, "syscall", text, sizeof text) ||
		sscanf(text, "%ld", &call) != 1)
		return false;
#ifdef SYS_vfork
	if (call == SYS_vfork)
		return true;
#endif
	return call == SYS_clone || call == SYS_clone3;
}

/* In proc(5) the state follows the name in parentheses. The name may have parentheses itself. */
static bool look_at_thread(struct thread_look *found, int task, const char *thread)
{
	char text[512];

	if (!read_file(task, thread, "schedstat", text, sizeof text) ||
		sscanf(text, "%" SCNd64 " %" SCNd64, &found->ran, &found->delayed) != 2 ||
		!read_file(task, thread, "stat", text, sizeof text))
		return false;
	const char *state = strrchr(text, ')');
	found->held_up = state != NULL &&
			 (strncmp(state, ") R", 3) == 0 ||
				 (strncmp(state, ") D", 3) == 0 && !is_in_vfork(task, thread)));
	found->thread = strtol(thread, NULL, 10);
	return true;
}

static bool take_thread(void *argument, int task, const char *name, struct error *error)
{
	struct look *look = argument;

	(void)error;
	if (look->count < THREADS_MAXIMUM && look_at_thread(&look->list[look->count], task, name))
		look->count++;
	return true;
}

/* A process that has ended in the meantime has no thread; that is no error. */
static bool take_process(void *argument, int proc, const char *name, struct error *error)
{
	char path[64];

	if (strtol(name, NULL, 10) == getpid())
		return true;
	snprintf(path, sizeof path, "%.20s/task", name);
	(void)proc_each_number(proc, path, take_thread, argument, error);
	return true;
}

/* A sandbox that cannot mount a /proc of its own sees another one, with other PIDs. */
static bool proc_is_ours(void)
{
	char name[24] = "";

	return readlink("/proc/self", name, sizeof name - 1) > 0 &&
	       strtol(name, NULL, 10) == getpid();
}

/* A process or folder that cannot be read has no thread in the look. */
static void look_around(struct look *look, const pid_t processes[], size_t count)
{
	struct error error;
	char path[48];

	look->count = 0;
	look->time = monotonic_now();
	if (!proc_is_ours())
		return;
	if (processes == NULL)
		(void)proc_each_number(AT_FDCWD, "/proc", take_process, look, &error);
	for (size_t i = 0; processes != NULL && i < count; i++) {
		snprintf(path, sizeof path, "/proc/%d/task", processes[i]);
		(void)proc_each_number(AT_FDCWD, path, take_thread, look, &error);
	}
}

/* A thread as it was at the last look; all zero when it is new. */
static struct thread_look find_before(const struct look *before, long thread)
{
	for (size_t i = 0; i < before->count; i++)
		if (before->list[i].thread == thread)
			return before->list[i];
	return (struct thread_look){0};
}

/*
 * The kernel adds a delay to its sum when the delay is over. So for a thread that is waiting now,
 * all time since the last look in which it did not run counts as delay.
 */
static int64_t delay_of(const struct thread_look *now, const struct look *before, int64_t passed)
{
	struct thread_look then = find_before(before, now->thread);
	int64_t delay = now->delayed - then.delayed;

	if (now->held_up)
		delay = passed - (now->ran - then.ran);
	return delay > 0 ? delay : 0;
}

/* The last look and the one before it, whose place the next look takes. */
static struct look looks[2];
static size_t last;

/*
 * Processor time that any of the programs had counts against the limit: a program with more threads
 * than there are processors delays itself.
 */
int64_t busy_machine_delay(const pid_t processes[], size_t count)
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

/* The second number of a schedstat file; false when there is none. */
static bool read_delay(const char *path, int64_t *delay)
{
	char text[128];
	int64_t ran;

	return proc_read(AT_FDCWD, path, text, sizeof text) &&
	       sscanf(text, "%" SCNd64 " %" SCNd64, &ran, delay) == 2;
}

int64_t busy_machine_last_delay(pid_t process)
{
	char path[64];
	int64_t delay;

	snprintf(path, sizeof path, "/proc/%d/schedstat", process);
	if (!proc_is_ours() || !read_delay(path, &delay))
		return 0;
	int64_t since = delay - find_before(&looks[last], process).delayed;
	return since > 0 ? since : 0;
}

int64_t busy_machine_own_delay(void)
{
	int64_t delay;

	return read_delay("/proc/self/schedstat", &delay) ? delay : 0;
}
