/* orphans.c: every process that a case leaves is ended and reaped, and no other process is. */
#include "inside.h"
#include "kernel/orphans.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* A grandchild that left its session, and that no signal but SIGKILL ends. */
static void start_daemon(void)
{
	if (fork() != 0)
		return;
	setsid();
	if (fork() != 0)
		_exit(0);
	signal(SIGTERM, SIG_IGN);
	signal(SIGHUP, SIG_IGN);
	for (;;)
		pause();
}

TEST_INSIDE(to_kill_all_ends_and_reaps_every_descendant)
{
	struct error error = {""};

	for (int i = 0; i < 5; i++)
		start_daemon();
	INSIDE(process_count() > 1);
	INSIDE(orphans_kill_all(true, &error));
	INSIDE_TEXT(error.text, "");
	INSIDE_NUMBER(process_count(), 1);
	INSIDE(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
	INSIDE(orphans_kill_all(true, &error));
}

/* A pipe that only the daemons hold open: its end is theirs. */
TEST(no_daemon_survives_its_sandbox)
{
	char why[512], byte;
	int alive[2], status;

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	const char *scratch = temporary_make();
	CU_ASSERT_TRUE_FATAL(scratch != NULL && pipe2(alive, O_CLOEXEC) == 0);
	pid_t child = fork_inside(scratch);
	if (child == 0) {
		for (int i = 0; i < 5; i++)
			start_daemon();
		_exit(0);
	}
	close(alive[1]);
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	struct pollfd wait = {.fd = alive[0], .events = POLLIN};
	CU_ASSERT_EQUAL(poll(&wait, 1, 20000), 1);
	CU_ASSERT_EQUAL(read(alive[0], &byte, 1), 0);
	close(alive[0]);
	temporary_remove();
}

/* Without a sandbox: a child and its orphans, while somebody else's processes go on. */
static void kill_children_only(void)
{
	struct error error = {""};
	int other[2];
	char byte;

	INSIDE(pipe(other) == 0);
	pid_t bystander = fork();
	if (bystander == 0) {
		close(other[1]);
		_exit(read(other[0], &byte, 1) == 1 ? 7 : 1);
	}
	pid_t scheduler = fork();
	if (scheduler == 0) {
		INSIDE(orphans_adopt(&error));
		start_daemon();
		start_daemon();
		INSIDE(orphans_kill_all(false, &error));
		INSIDE_NUMBER(process_count(), 3); /* the first, this one, the bystander */
		_exit(0);
	}
	int status = 0;
	INSIDE(waitpid(scheduler, NULL, 0) == scheduler);
	INSIDE(write(other[1], "x", 1) == 1);
	INSIDE(waitpid(bystander, &status, 0) == bystander);
	INSIDE(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

TEST(on_the_host_only_descendants_are_killed)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(kill_children_only);
}
