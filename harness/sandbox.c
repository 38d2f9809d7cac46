/* Where one case runs: namespaces of its own, loopback up, a scratch folder. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/sched.h>
#include <linux/securebits.h>
#include <net/if.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct identity identity_of_caller(void)
{
	return (struct identity){geteuid(), getegid()};
}

pid_t sandbox_fork(struct error *error)
{
	struct clone_args arguments = {
		.flags = CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS,
		.exit_signal = SIGCHLD,
	};
	pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);

	if (child < 0)
		error_errno(error, "clone3 into new namespaces");
	return child;
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

/* One line each, mapping the caller's own id to itself, needs no privilege (user_namespaces(7)). */
static bool map_identity(struct identity identity, struct error *error)
{
	char user[64], group[64];

	snprintf(user, sizeof user, "%u %u 1", identity.user, identity.user);
	snprintf(group, sizeof group, "%u %u 1", identity.group, identity.group);
	return write_file("/proc/self/setgroups", "deny", error) &&
	       write_file("/proc/self/uid_map", user, error) &&
	       write_file("/proc/self/gid_map", group, error);
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

static bool mount_scratch(const char *scratch, struct error *error)
{
	if (mount("wirecheck", scratch, "tmpfs", MS_NOSUID | MS_NODEV, "size=512m,mode=0755") != 0)
		return error_errno(error, "mount tmpfs on %s", scratch);
	if (chdir(scratch) != 0)
		return error_errno(error, "chdir %s", scratch);
	return true;
}

bool sandbox_interface_up(const char *interface, struct error *error)
{
	struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
	int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (handle < 0)
		return error_errno(error, "socket");
	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
	bool up = ioctl(handle, SIOCSIFFLAGS, &request) == 0;
	if (!up)
		error_errno(error, "bring up %s", interface);
	close(handle);
	return up;
}

/* Where /proc/sys is read-only (a container's), ports below 1024 stay closed to programs. */
static bool open_low_ports(struct error *error)
{
	const char *path = "/proc/sys/net/ipv4/ip_unprivileged_port_start";

	return access(path, W_OK) != 0 || write_file(path, "0", error);
}

/* Without it, a program that root starts would get all capabilities of the namespaces by exec. */
static bool drop_capabilities_on_exec(struct error *error)
{
	if (prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED, 0, 0, 0) != 0)
		return error_errno(error, "prctl(PR_SET_SECUREBITS)");
	return true;
}

bool sandbox_enter(struct identity identity, const char *scratch, struct error *error)
{
	return map_identity(identity, error) && mount_proc(error) &&
	       mount_scratch(scratch, error) && sandbox_interface_up("lo", error) &&
	       open_low_ports(error) && drop_capabilities_on_exec(error);
}

/* Runs in the child: tells the parent by the pipe why it failed, or nothing. */
static void try_sandbox(struct identity identity, const char *scratch, int report)
{
	struct error error = {""};

	if (sandbox_enter(identity, scratch, &error))
		_exit(0);
	ssize_t written = write(report, error.text, strlen(error.text));
	_exit(written < 0 ? 2 : 1);
}

bool sandbox_possible(const char *scratch, struct error *error)
{
	struct identity identity = identity_of_caller();
	int report[2], status = 0;

	if (pipe2(report, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	pid_t child = sandbox_fork(error);
	if (child == 0)
		try_sandbox(identity, scratch, report[1]);
	close(report[1]);
	if (child < 0) {
		close(report[0]);
		return false;
	}

	char text[sizeof error->text] = "";
	ssize_t length = read(report[0], text, sizeof text - 1);
	close(report[0]);
	if (waitpid(child, &status, 0) != child)
		return error_errno(error, "waitpid");
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return error_set(error, "%s", length > 0 ? text : "the first process in it died");
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
	if (nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT) != 0)
		return error_errno(error, "empty %s", scratch);
	return true;
}

bool sandbox_enter_host(const char *scratch, struct error *error)
{
	if (chdir(scratch) != 0)
		return error_errno(error, "chdir %s", scratch);
	return sandbox_adopt_orphans(error) && sandbox_empty_scratch(scratch, error);
}

/* Sends SIGKILL to each child that the kernel lists for this process. */
static bool kill_children(struct error *error)
{
	char path[64];
	long child;

	snprintf(path, sizeof path, "/proc/self/task/%ld/children", (long)getpid());
	FILE *list = fopen(path, "re");
	if (list == NULL)
		return error_errno(error, "open %s", path);
	while (fscanf(list, "%ld", &child) == 1)
		kill((pid_t)child, SIGKILL);
	fclose(list);
	return true;
}

bool sandbox_kill_all(bool isolated, struct error *error)
{
	for (;;) {
		if (isolated && kill(-1, SIGKILL) != 0 && errno != ESRCH)
			return error_errno(error, "kill all processes of the sandbox");
		if (!isolated && !kill_children(error))
			return false;
		if (waitpid(-1, NULL, 0) < 0 && errno != EINTR)
			return errno == ECHILD || error_errno(error, "waitpid");
	}
}
