/* Where one case runs: namespaces, a network and folders of its own. */
#include "kernel/sandbox.h"

#include "kernel/folders.h"
#include "kernel/host_files.h"
#include "kernel/network.h"
#include "kernel/sysctls.h"
#include "kernel/users.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

pid_t sandbox_fork(struct error *error)
{
	struct clone_args arguments = {
		.flags = CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC,
		.exit_signal = SIGCHLD,
	};
	pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);

	if (child < 0)
		error_errno(error, "clone3 into new namespaces");
	return child;
}

/*
 * A container may mask parts of /proc, and then the kernel refuses a new one. The host's /proc
 * serves too: programs find themselves in it, only under other PIDs.
 */
static bool mount_proc(struct error *error)
{
	if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0)
		return true;
	return errno == EPERM || errno == EBUSY || error_errno(error, "mount /proc");
}

bool sandbox_enter(struct error *error)
{
	return sysctls_set(error) && mount_proc(error) && network_open(error) &&
	       folders_mount(error);
}

static bool write_file(const char *path, const char *text, struct error *error)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);

	if (file < 0)
		return error_errno(error, "open %s", path);
	ssize_t written = write(file, text, strlen(text));
	bool whole = written == (ssize_t)strlen(text);
	if (!whole)
		error_errno(error, "write %s", path);
	close(file);
	return whole;
}

/* Small tables for the namespaces made from this one; an older kernel has them share its own. */
static bool ask_for_small_tables(struct error *error)
{
	static const char *const paths[] = {"/proc/sys/net/ipv4/tcp_child_ehash_entries",
		"/proc/sys/net/ipv4/udp_child_hash_entries"};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (faccessat(AT_FDCWD, paths[i], W_OK, AT_EACCESS) == 0 &&
			!write_file(paths[i], "256", error))
			return false;
	return true;
}

/* A machine may allow namespaces and then nothing in them; the network's part is tried out. */
bool sandbox_prepare(const char *scratch, struct error *error)
{
	return folders_find(scratch, error) &&
	       users_enter(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS, error) &&
	       host_files_replace(scratch, error) && ask_for_small_tables(error) &&
	       sysctls_find(error) && sysctls_set(error) && network_open(error);
}

bool sandbox_adopt_orphans(struct error *error)
{
	if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		return error_errno(error, "prctl(PR_SET_CHILD_SUBREAPER)");
	return true;
}

/* Removes one entry; nftw(3) hands over a folder after what is in it. */
static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	return walk->level > 0 ? remove(path) : 0;
}

bool sandbox_empty_scratch(const char *scratch, struct error *error)
{
	if (nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return error_errno(error, "empty %s", scratch);
	return true;
}

bool sandbox_enter_host(const char *scratch, struct error *error)
{
	if (chdir(scratch) != 0)
		return error_errno(error, "chdir %s", scratch);
	return sandbox_adopt_orphans(error) && sandbox_empty_scratch(scratch, error);
}

/* The kernel's list has a space behind each number; one that the buffer's end cut has none. */
bool sandbox_kill_children(void)
{
	char list[4096];
	pid_t child = 0;
	int file = open("/proc/thread-self/children", O_RDONLY | O_CLOEXEC);
	ssize_t length = file < 0 ? -1 : read(file, list, sizeof list);

	for (ssize_t i = 0; i < length; i++) {
		if (list[i] >= '0' && list[i] <= '9') {
			child = child * 10 + (list[i] - '0');
			continue;
		}
		if (child > 0) {
			kill(-child, SIGKILL);
			kill(child, SIGKILL);
		}
		child = 0;
	}
	if (file >= 0)
		close(file);
	return length >= 0;
}

bool sandbox_kill_all(bool isolated, struct error *error)
{
	for (;;) {
		if (isolated && kill(-1, SIGKILL) != 0 && errno != ESRCH)
			return error_errno(error, "kill all processes of the sandbox");
		if (!isolated && !sandbox_kill_children())
			return error_errno(error, "read /proc/thread-self/children");
		if (waitpid(-1, NULL, 0) < 0 && errno != EINTR)
			return errno == ECHILD || error_errno(error, "waitpid");
	}
}
