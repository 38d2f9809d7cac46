/* Where one case runs: namespaces of its own, loopback up, a scratch folder. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/sched.h>
#include <linux/securebits.h>
#include <net/if.h>
#include <sched.h>
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

pid_t sandbox_fork(struct error *error)
{
	struct clone_args arguments = {
		.flags = CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS,
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

/* Room for all ranges that a user namespace can have (user_namespaces(7): 340 lines). */
#define MAP_MAXIMUM 16384

/* Turns each range "inside outside length" of a map into "inside inside length". */
static bool read_identity_map(const char *path, char out[MAP_MAXIMUM], struct error *error)
{
	unsigned long first, outside, length;
	size_t used = 0;
	FILE *map = fopen(path, "re");

	if (map == NULL)
		return error_errno(error, "open %s", path);
	while (used < MAP_MAXIMUM && fscanf(map, "%lu %lu %lu", &first, &outside, &length) == 3)
		used += (size_t)snprintf(
			out + used, MAP_MAXIMUM - used, "%lu %lu %lu\n", first, first, length);
	fclose(map);
	return used < MAP_MAXIMUM || error_set(error, "%s is too long", path);
}

/* All users and groups there are, mapped to themselves: the maps of the namespace left behind. */
struct maps {
	char users[MAP_MAXIMUM], groups[MAP_MAXIMUM];
};

/* `process` is its name in /proc. */
static bool write_maps(const char *process, const struct maps *maps, struct error *error)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/%s/uid_map", process);
	if (!write_file(path, maps->users, error))
		return false;
	snprintf(path, sizeof path, "/proc/%s/gid_map", process);
	return write_file(path, maps->groups, error);
}

/*
 * Waits for the parent's word that it has left this namespace, and maps all users and groups for
 * it. Only who may change users is allowed to.
 */
static void map_for_parent(const int ready[2])
{
	struct maps maps;
	struct error error;
	char byte, parent[16];

	close(ready[1]);
	snprintf(parent, sizeof parent, "%d", getppid());
	bool mapped = read_identity_map("/proc/self/uid_map", maps.users, &error) &&
		      read_identity_map("/proc/self/gid_map", maps.groups, &error) &&
		      read(ready[0], &byte, 1) == 1 && write_maps(parent, &maps, &error);
	_exit(mapped ? 0 : 1);
}

/* The caller's own user and group alone: that needs no privilege. */
static bool map_self(uid_t user, gid_t group, struct error *error)
{
	struct maps maps;

	snprintf(maps.users, sizeof maps.users, "%u %u 1\n", user, user);
	snprintf(maps.groups, sizeof maps.groups, "%u %u 1\n", group, group);
	return write_file("/proc/self/setgroups", "deny", error) &&
	       write_maps("self", &maps, error);
}

static bool leave_namespaces(struct error *error)
{
	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) != 0)
		return error_errno(error, "unshare namespaces");
	return true;
}

/*
 * Root may read and write other users' files, a checkout in a container for instance. In a new
 * user namespace that stays so only with all users mapped, which must be done from outside it.
 */
static bool enter_user_namespace(struct error *error)
{
	uid_t user = geteuid();
	gid_t group = getegid();
	int ready[2], status = 1;

	if (pipe2(ready, O_CLOEXEC) != 0)
		return error_errno(error, "pipe");
	pid_t helper = user == 0 ? fork() : 0;
	if (user == 0 && helper == 0)
		map_for_parent(ready);
	bool left = leave_namespaces(error) && write(ready[1], "", 1) == 1;
	close(ready[0]);
	close(ready[1]);
	if (helper > 0 && waitpid(helper, &status, 0) != helper)
		return error_errno(error, "waitpid");
	return left && (status == 0 || map_self(user, group, error));
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
	return true;
}

static bool change_folder(const char *folder, struct error *error)
{
	return chdir(folder) == 0 || error_errno(error, "chdir %s", folder);
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

bool sandbox_enter(const char *scratch, struct error *error)
{
	return mount_proc(error) && mount_scratch(scratch, error) &&
	       change_folder(scratch, error) && sandbox_interface_up("lo", error) &&
	       open_low_ports(error) && drop_capabilities_on_exec(error);
}

/* Small tables for the namespaces made from this one; an older kernel has them share its own. */
static bool ask_for_small_tables(struct error *error)
{
	static const char *const paths[] = {"/proc/sys/net/ipv4/tcp_child_ehash_entries",
		"/proc/sys/net/ipv4/udp_child_hash_entries"};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (access(paths[i], W_OK) == 0 && !write_file(paths[i], "256", error))
			return false;
	return true;
}

/* A machine may allow namespaces and then nothing in them. */
static bool try_out(const char *scratch, struct error *error)
{
	if (!sandbox_interface_up("lo", error) || !mount_scratch(scratch, error))
		return false;
	return umount(scratch) == 0 || error_errno(error, "umount %s", scratch);
}

bool sandbox_prepare(const char *scratch, struct error *error)
{
	return enter_user_namespace(error) && try_out(scratch, error) &&
	       ask_for_small_tables(error);
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
