/* The system call that a thread sleeps in, and the descriptors that it waits for, by proc(5). */
#include "kernel/system_call.h"

#include "kernel/proc.h"

#include <ctype.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/uio.h>

/* At most this many bytes of the argument of poll(2) are read from the program. */
#define SET_MAXIMUM 1024

/* Which of the program's descriptors a call waits for. */
enum waits {
	FOR_NOTHING,     /* none */
	FOR_ITS_FIRST,   /* the first argument */
	FOR_ITS_EPOLL,   /* those that the first argument, of epoll(7), watches */
	FOR_A_POLL_LIST, /* those in the list of poll(2) */
	FOR_SELECT_SETS, /* those in the sets of select(2) */
};

/* The calls in which programs wait. Kernels of newer architectures lack some of them. */
static const struct known_call {
	long number;
	const char *name;
	enum waits waits;
} known_calls[] = {
#ifdef SYS_accept
	{SYS_accept, "accept", FOR_ITS_FIRST},
#endif
	{SYS_accept4, "accept4", FOR_ITS_FIRST},
	{SYS_connect, "connect", FOR_ITS_FIRST},
	{SYS_recvfrom, "recvfrom", FOR_ITS_FIRST},
	{SYS_recvmsg, "recvmsg", FOR_ITS_FIRST},
	{SYS_recvmmsg, "recvmmsg", FOR_ITS_FIRST},
	{SYS_sendto, "sendto", FOR_ITS_FIRST},
	{SYS_sendmsg, "sendmsg", FOR_ITS_FIRST},
	{SYS_sendmmsg, "sendmmsg", FOR_ITS_FIRST},
	{SYS_sendfile, "sendfile", FOR_ITS_FIRST},
	{SYS_splice, "splice", FOR_ITS_FIRST},
	{SYS_close, "close", FOR_ITS_FIRST},
	{SYS_read, "read", FOR_ITS_FIRST},
	{SYS_readv, "readv", FOR_ITS_FIRST},
	{SYS_write, "write", FOR_ITS_FIRST},
	{SYS_writev, "writev", FOR_ITS_FIRST},
	{SYS_ioctl, "ioctl", FOR_ITS_FIRST},
	{SYS_flock, "flock", FOR_ITS_FIRST},
	{SYS_fcntl, "fcntl", FOR_ITS_FIRST},
	{SYS_fsync, "fsync", FOR_ITS_FIRST},
	{SYS_openat, "openat", FOR_NOTHING},
#ifdef SYS_open
	{SYS_open, "open", FOR_NOTHING},
#endif
#ifdef SYS_poll
	{SYS_poll, "poll", FOR_A_POLL_LIST},
#endif
	{SYS_ppoll, "ppoll", FOR_A_POLL_LIST},
#ifdef SYS_select
	{SYS_select, "select", FOR_SELECT_SETS},
#endif
	{SYS_pselect6, "pselect6", FOR_SELECT_SETS},
#ifdef SYS_epoll_wait
	{SYS_epoll_wait, "epoll_wait", FOR_ITS_EPOLL},
#endif
	{SYS_epoll_pwait, "epoll_pwait", FOR_ITS_EPOLL},
#ifdef SYS_epoll_pwait2
	{SYS_epoll_pwait2, "epoll_pwait2", FOR_ITS_EPOLL},
#endif
#ifdef SYS_io_uring_enter
	{SYS_io_uring_enter, "io_uring_enter", FOR_ITS_FIRST},
#endif
	{SYS_futex, "futex", FOR_NOTHING},
	{SYS_nanosleep, "nanosleep", FOR_NOTHING},
	{SYS_clock_nanosleep, "clock_nanosleep", FOR_NOTHING},
#ifdef SYS_pause
	{SYS_pause, "pause", FOR_NOTHING},
#endif
	{SYS_wait4, "wait4", FOR_NOTHING},
	{SYS_waitid, "waitid", FOR_NOTHING},
	{SYS_rt_sigsuspend, "rt_sigsuspend", FOR_NOTHING},
	{SYS_rt_sigtimedwait, "rt_sigtimedwait", FOR_NOTHING},
	{SYS_restart_syscall, "restart_syscall", FOR_NOTHING},
	{SYS_clone, "clone", FOR_NOTHING},
#ifdef SYS_vfork
	{SYS_vfork, "vfork", FOR_NOTHING},
#endif
	{SYS_msgrcv, "msgrcv", FOR_NOTHING},
	{SYS_semop, "semop", FOR_NOTHING},
};

static void call_add(struct system_call *call, int descriptor)
{
	if (call->count < SYSTEM_CALL_DESCRIPTORS)
		call->descriptors[call->count] = descriptor;
	call->count++;
}

static bool read_line(pid_t entry, pid_t thread, const char *name, char *line, size_t size)
{
	char path[96];

	snprintf(path, sizeof path, "/proc/%d/task/%d/%s", entry, thread, name);
	bool read = proc_read(AT_FDCWD, path, line, size);
	line[read ? strcspn(line, "\n") : 0] = '\0';
	return read;
}

/* Copies from the program's memory. Returns how many bytes there were. */
static size_t read_memory(pid_t pid, unsigned long long from, void *to, size_t length)
{
	struct iovec own = {to, length}, its = {(void *)(uintptr_t)from, length};
	ssize_t copied = process_vm_readv(pid, &own, 1, &its, 1, 0);

	return copied > 0 ? (size_t)copied : 0;
}

static void add_poll_list(
	struct system_call *call, pid_t pid, const unsigned long long arguments[6])
{
	struct pollfd list[SET_MAXIMUM / sizeof(struct pollfd)];
	size_t wanted = sizeof list;

	if (arguments[1] < sizeof list / sizeof *list)
		wanted = (size_t)arguments[1] * sizeof *list;
	size_t count = read_memory(pid, arguments[0], list, wanted) / sizeof *list;
	for (size_t i = 0; i < count; i++)
		if (list[i].fd >= 0)
			call_add(call, list[i].fd);
}

static void add_select_sets(
	struct system_call *call, pid_t pid, const unsigned long long arguments[6])
{
	unsigned char bits[FD_SETSIZE / 8], all[FD_SETSIZE / 8] = {0};
	/* The kernel reads whole words of a set. */
	size_t length =
		((size_t)(arguments[0] < FD_SETSIZE ? arguments[0] : FD_SETSIZE) + 63) / 64 * 8;

	for (int set = 1; set <= 3; set++) {
		size_t read =
			arguments[set] != 0 ? read_memory(pid, arguments[set], bits, length) : 0;
		for (size_t i = 0; i < read; i++)
			all[i] |= bits[i];
	}
	for (unsigned i = 0; i < arguments[0] && i < FD_SETSIZE; i++)
		if (all[i / 8] >> i % 8 & 1)
			call_add(call, (int)i);
}

/* The kernel lists the descriptors that an epoll descriptor watches (proc(5), fdinfo). */
static void add_watched(struct system_call *call, pid_t entry, int epoll)
{
	char path[96], line[256];
	int descriptor;

	snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", entry, epoll);
	FILE *file = fopen(path, "re");
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "tfd: %d", &descriptor) == 1)
			call_add(call, descriptor);
	if (file != NULL)
		fclose(file);
}

static void add_descriptors(struct system_call *call, enum waits waits, pid_t entry, pid_t pid,
	const unsigned long long arguments[6])
{
	switch (waits) {
	case FOR_NOTHING:
		return;
	case FOR_ITS_FIRST:
		call_add(call, (int)arguments[0]);
		return;
	case FOR_ITS_EPOLL:
		add_watched(call, entry, (int)arguments[0]);
		return;
	case FOR_A_POLL_LIST:
		add_poll_list(call, pid, arguments);
		return;
	case FOR_SELECT_SETS:
		add_select_sets(call, pid, arguments);
		return;
	}
}

/*
 * The line has the call's number, its arguments, the stack pointer and the program counter. A
 * program of 32 bits on a kernel of 64 bits has other numbers for the calls. Its stack, below 4
 * GiB, tells that.
 */
static bool read_call(struct system_call *call, pid_t entry, pid_t pid, pid_t thread)
{
	char line[256];
	long number;
	unsigned long long arguments[6], stack;

	if (!read_line(entry, thread, "syscall", line, sizeof line) ||
		sscanf(line, "%ld %llx %llx %llx %llx %llx %llx %llx", &number, &arguments[0],
			&arguments[1], &arguments[2], &arguments[3], &arguments[4], &arguments[5],
			&stack) != 8 ||
		(sizeof(long) == 8 && stack <= UINT32_MAX))
		return false;
	for (size_t i = 0; i < sizeof known_calls / sizeof *known_calls; i++)
		if (known_calls[i].number == number) {
			snprintf(call->name, sizeof call->name, "%s", known_calls[i].name);
			add_descriptors(call, known_calls[i].waits, entry, pid, arguments);
			return true;
		}
	snprintf(call->name, sizeof call->name, "system call %ld", number);
	return true;
}

void system_call_read(struct system_call *call, pid_t entry, pid_t pid, pid_t thread)
{
	*call = (struct system_call){0};
	if (read_call(call, entry, pid, thread) ||
		!read_line(entry, thread, "wchan", call->name, sizeof call->name))
		return;
	if (!isalpha((unsigned char)call->name[0]) && call->name[0] != '_')
		call->name[0] = '\0'; /* "0": the kernel does not say it */
}
