/* Processes that outlive the process that started them: how each of them is found and ended. */
#include "kernel/orphans.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

bool orphans_adopt(struct error *error)
{
	if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0)
		return error_errno(error, "prctl(PR_SET_CHILD_SUBREAPER)");
	return true;
}

static void kill_child_and_group(pid_t child)
{
	kill(-child, SIGKILL);
	kill(child, SIGKILL);
}

/*
 * The kernel writes a space after each number. A number without one was cut by the end of the
 * buffer, and is left out.
 */
bool orphans_kill_children(void)
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
		if (child > 0)
			kill_child_and_group(child);
		child = 0;
	}
	if (file >= 0)
		close(file);
	return length >= 0;
}

static void end_with_children(int number)
{
	(void)orphans_kill_children(); /* nobody is left to hear of a failure */
	_exit(128 + number);
}

bool orphans_prevent(struct error *error)
{
	struct sigaction action = {.sa_handler = end_with_children};
	sigset_t terminate;

	sigemptyset(&terminate);
	sigaddset(&terminate, SIGTERM);
	if (sigaction(SIGTERM, &action, NULL) != 0)
		return error_errno(error, "sigaction");
	return sigprocmask(SIG_UNBLOCK, &terminate, NULL) == 0 || error_errno(error, "sigprocmask");
}

bool orphans_kill_all(bool isolated, struct error *error)
{
	for (;;) {
		if (isolated && kill(-1, SIGKILL) != 0 && errno != ESRCH)
			return error_errno(error, "kill all processes of the sandbox");
		if (!isolated && !orphans_kill_children())
			return error_errno(error, "read /proc/thread-self/children");
		if (waitpid(-1, NULL, 0) < 0 && errno != EINTR)
			return errno == ECHILD || error_errno(error, "waitpid");
	}
}
