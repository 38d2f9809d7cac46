/* Which processes have a socket open, and how its address may be shared: /proc, pidfd_getfd(2). */
#include "kernel/socket_holders.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* At most this many descriptors are looked at. Each takes two microseconds. */
#define DESCRIPTORS_MAXIMUM 65536

/* Adds a process that has this socket open. */
static void holders_add(struct holders *holders, pid_t pid, const char *name, int descriptor)
{
	if (holders->count < HOLDERS_SHOWN) {
		struct holder *holder = &holders->first[holders->count];
		*holder = (struct holder){.pid = pid, .descriptor = descriptor};
		snprintf(holder->name, sizeof holder->name, "%s", name);
	}
	holders->count++;
}

/* Whether this process was the last one added: several descriptors of one process count once. */
static bool has_just(const struct holders *holders, pid_t pid)
{
	return holders->count > 0 && holders->count <= HOLDERS_SHOWN &&
	       holders->first[holders->count - 1].pid == pid;
}

/* The inode of an entry of /proc/PID/fd; 0: no socket. */
static uint32_t socket_inode(int folder, const char *entry)
{
	char target[64];
	uint32_t inode = 0;
	ssize_t length = readlinkat(folder, entry, target, sizeof target - 1);

	target[length > 0 ? length : 0] = '\0';
	return sscanf(target, "socket:[%" SCNu32 "]", &inode) == 1 ? inode : 0;
}

static void take_descriptor(struct holders *holders, size_t count, int folder, const char *entry,
	pid_t pid, const char *name)
{
	uint32_t inode = socket_inode(folder, entry);

	for (size_t i = 0; inode != 0 && i < count; i++)
		if (holders[i].inode == inode && !has_just(&holders[i], pid))
			holders_add(&holders[i], pid, name, (int)strtol(entry, NULL, 10));
}

/* `process` is its folder's name in /proc. A process that has ended has no descriptor. */
static void take_process(struct holders *holders, size_t count, const char *process, pid_t pid,
	const char *name, size_t *left)
{
	char path[64];
	const struct dirent *entry;

	snprintf(path, sizeof path, "/proc/%s/fd", process);
	DIR *folder = opendir(path);
	while (folder != NULL && *left > 0 && (entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.') {
			take_descriptor(holders, count, dirfd(folder), entry->d_name, pid, name);
			--*left;
		}
	if (folder != NULL)
		closedir(folder);
}

bool holders_find(struct holders *holders, size_t count, const struct processes *processes)
{
	size_t left = DESCRIPTORS_MAXIMUM;
	char entry[16];

	take_process(holders, count, "self", getpid(), "the case", &left);
	for (size_t i = 0; i < processes->count; i++) {
		const struct process *process = &processes->list[i];
		snprintf(entry, sizeof entry, "%d", process->entry);
		take_process(holders, count, entry, process->pid, process->name, &left);
	}
	return left > 0;
}

/* A descriptor of this process for the same socket; -1: the kernel does not give one. */
static int get_socket(const struct holder *holder)
{
	if (holder->pid == getpid())
		return fcntl(holder->descriptor, F_DUPFD_CLOEXEC, 0);
	int process = (int)syscall(SYS_pidfd_open, holder->pid, 0);
	if (process < 0)
		return -1;
	int own = (int)syscall(SYS_pidfd_getfd, process, holder->descriptor, 0);
	close(process);
	return own;
}

static bool get_option(int handle, int option, bool *set)
{
	int value = 0;
	socklen_t length = sizeof value;

	if (getsockopt(handle, SOL_SOCKET, option, &value, &length) != 0)
		return false;
	*set = value != 0;
	return true;
}

/* In the meantime the process may have closed the descriptor, and opened something else there. */
static bool is_inode(int handle, uint32_t inode)
{
	struct stat status;

	return fstat(handle, &status) == 0 && status.st_ino == inode;
}

int holders_open(const struct holders *holders)
{
	int handle = holders->count > 0 ? get_socket(&holders->first[0]) : -1;

	if (handle < 0 || is_inode(handle, holders->inode))
		return handle;
	close(handle);
	errno = EBADF;
	return -1;
}

bool holders_sharing(const struct holders *holders, struct sharing *sharing)
{
	*sharing = (struct sharing){0};
	int handle = holders_open(holders);
	if (handle < 0)
		return false;
	bool known = get_option(handle, SO_REUSEADDR, &sharing->reuse_address) &&
		     get_option(handle, SO_REUSEPORT, &sharing->reuse_port);
	close(handle);
	return known;
}

bool socket_sharing(
	const struct socket_fact *fact, const struct processes *processes, struct sharing *sharing)
{
	struct holders holders = {.inode = fact->inode};

	if (fact->inode != 0)
		holders_find(&holders, 1, processes);
	return holders_sharing(&holders, sharing);
}
