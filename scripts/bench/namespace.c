/* Namespaces for what is measured against: a loopback with all ports free, without root. */
#include "namespace.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void fail(const char *what)
{
	perror(what);
	exit(1);
}

int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void write_file(const char *path, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);

	if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text))
		fail(path);
	close(file);
}

/* The caller's own user or group, and no other: that needs no privilege (user_namespaces(7)). */
static void map(const char *path, unsigned id)
{
	char text[64];

	snprintf(text, sizeof text, "%u %u 1\n", id, id);
	write_file(path, text);
}

/* Kernels before 6.1 share the host's table, and then there is nothing to ask for. */
static void ask_for_small_tables(void)
{
	static const char *const paths[] = {"/proc/sys/net/ipv4/tcp_child_ehash_entries",
		"/proc/sys/net/ipv4/udp_child_hash_entries"};

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
		if (access(paths[i], W_OK) == 0)
			write_file(paths[i], "256");
}

void namespace_enter(void)
{
	unsigned user = geteuid(), group = getegid();

	if (unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWNS) != 0)
		fail("unshare");
	write_file("/proc/self/setgroups", "deny");
	map("/proc/self/uid_map", user);
	map("/proc/self/gid_map", group);
	ask_for_small_tables();
}

pid_t namespace_fork(void)
{
	struct clone_args arguments = {
		.flags = CLONE_NEWNET | CLONE_NEWPID | CLONE_NEWNS,
		.exit_signal = SIGCHLD,
	};
	pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);

	if (child < 0)
		fail("clone3");
	/* The first process of a PID namespace does not end by a signal that it did not ask for. */
	if (child == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0)
		fail("prctl");
	return child;
}

void namespace_loopback_up(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP | IFF_RUNNING};
	int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (handle < 0 || ioctl(handle, SIOCSIFFLAGS, &request) != 0)
		fail("bring up lo");
	close(handle);
}
