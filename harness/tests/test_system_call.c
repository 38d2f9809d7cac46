/* system_call.c: in which call a child sleeps, and for which descriptors it waits. */
#include "kernel/system_call.h"
#include "unit.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <unistd.h>

/* Both ends of a pipe on which nothing comes. */
static int silent[2];

static void sleep_in_read(void)
{
	char byte;

	(void)!read(silent[0], &byte, 1);
}

static void sleep_in_poll(void)
{
	struct pollfd list[] = {{silent[0], POLLIN, 0}, {-1, 0, 0}, {silent[1], 0, 0}};

	poll(list, 3, -1);
}

static void sleep_in_select(void)
{
	fd_set set;

	FD_ZERO(&set);
	FD_SET(silent[0], &set);
	select(silent[0] + 1, &set, NULL, NULL, NULL);
}

static void sleep_in_epoll(void)
{
	struct epoll_event event = {.events = EPOLLIN}, found;
	int epoll = epoll_create1(0);

	epoll_ctl(epoll, EPOLL_CTL_ADD, silent[0], &event);
	epoll_wait(epoll, &found, 1, -1);
}

static void sleep_in_pause(void)
{
	pause();
}

/* The C library chooses one of two calls. Until the child sleeps, there is another name. */
static void check_call(
	void (*sleep)(void), const char *name, const char *other, struct system_call *call)
{
	pid_t child = fork();

	CU_ASSERT_TRUE_FATAL(child >= 0);
	if (child == 0) {
		sleep();
		_exit(1);
	}
	do
		system_call_read(call, child, child, child);
	while (strcmp(call->name, name) != 0 && strcmp(call->name, other) != 0 &&
		waitpid(child, NULL, WNOHANG) == 0);
	kill(child, SIGKILL);
	CU_ASSERT_EQUAL(waitpid(child, NULL, 0), child);
	if (strcmp(call->name, other) != 0)
		ASSERT_TEXT(call->name, name);
}

static void check_descriptors(const struct system_call *call, size_t count, int first)
{
	ASSERT_NUMBER(call->count, count);
	if (count > 0)
		ASSERT_NUMBER(call->descriptors[0], first);
}

/* Without the right to trace, the kernel does not say the call. */
static bool calls_are_known(void)
{
	FILE *file = fopen("/proc/self/syscall", "re");

	if (file != NULL)
		fclose(file);
	return file != NULL;
}

TEST(a_call_waits_for_its_descriptors)
{
	struct system_call call;

	if (!calls_are_known())
		SKIP_TEST("this kernel does not say in which call a thread is");
	CU_ASSERT_TRUE_FATAL(pipe2(silent, O_CLOEXEC) == 0);
	check_call(sleep_in_read, "read", "readv", &call);
	check_descriptors(&call, 1, silent[0]);
	check_call(sleep_in_poll, "poll", "ppoll", &call);
	check_descriptors(&call, 2, silent[0]);
	ASSERT_NUMBER(call.descriptors[1], silent[1]);
	check_call(sleep_in_select, "select", "pselect6", &call);
	check_descriptors(&call, 1, silent[0]);
	check_call(sleep_in_epoll, "epoll_wait", "epoll_pwait", &call);
	check_descriptors(&call, 1, silent[0]);
	check_call(sleep_in_pause, "pause", "ppoll", &call);
	check_descriptors(&call, 0, 0);
	close(silent[0]);
	close(silent[1]);
}

TEST(a_thread_that_is_gone_has_no_call)
{
	struct system_call call = {.name = "before"};
	pid_t child = fork();

	CU_ASSERT_TRUE_FATAL(child >= 0);
	if (child == 0)
		_exit(0);
	CU_ASSERT_EQUAL(waitpid(child, NULL, 0), child);
	system_call_read(&call, child, child, child);
	ASSERT_TEXT(call.name, "");
	ASSERT_NUMBER(call.count, 0);
}
