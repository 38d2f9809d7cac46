/* Where one case runs: namespaces, a network and folders of its own. */
#include "kernel/sandbox.h"

#include "kernel/folders.h"
#include "kernel/name_lookup.h"
#include "kernel/network.h"
#include "kernel/sysctls.h"
#include "kernel/users.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
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
 * A container may mask parts of /proc; then the kernel refuses to mount a new one. The host's /proc
 * serves too: programs find themselves in it, under other PIDs.
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

/*
 * The namespaces made from this one get small tables. On an older kernel they share the host's.
 */
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

/* A machine may allow namespaces and then refuse every change in them: so one change is tried. */
bool sandbox_prepare(const char *scratch, struct error *error)
{
	return folders_find(scratch, error) &&
	       users_enter(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWUTS, error) &&
	       name_lookup_set_up(scratch, error) && ask_for_small_tables(error) &&
	       sysctls_find(error) && sysctls_set(error) && network_open(error);
}
