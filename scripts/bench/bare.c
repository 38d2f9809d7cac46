/*
 * The pair of tcp/hello bare, to be measured against: its two programs, each time in namespaces of
 * their own, without a capture, and without a look at anything but the two exit statuses.
 *
 * Usage: bare FOLDER REPEAT JOBS
 * Runs the pair of FOLDER so many times, so many of them side by side.
 */
#include "namespace.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <poll.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PORT 8898

/* Nanoseconds until the kernel is asked again. From 30,000 to 300,000 makes no difference. */
#define PAUSE 100000

static char server_path[4096], client_path[4096];

static pid_t start(char *path, int output)
{
	char *const arguments[] = {path, NULL};
	posix_spawn_file_actions_t actions;
	pid_t child = -1;

	errno = posix_spawn_file_actions_init(&actions);
	if (errno == 0)
		errno = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	if (errno == 0)
		errno = posix_spawn(&child, path, &actions, NULL, arguments, environ);
	if (errno != 0)
		fail(path);
	posix_spawn_file_actions_destroy(&actions);
	return child;
}

/* What is asked of the kernel: a socket at 127.0.0.1, or any address, on this port, unconnected. */
struct question {
	struct nlmsghdr header;
	struct inet_diag_req_v2 request;
};

static const struct question who_listens = {
	.header = {.nlmsg_len = sizeof(struct question),
		.nlmsg_type = SOCK_DIAG_BY_FAMILY,
		.nlmsg_flags = NLM_F_REQUEST},
	.request = {.sdiag_family = AF_INET,
		.sdiag_protocol = IPPROTO_TCP,
		.idiag_states = UINT32_MAX,
		.id = {.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}}},
};

/* One socket is looked up by its address: that costs less than asking for all, or reading /proc. */
static bool is_listening(int netlink)
{
	struct question question = who_listens;
	union {
		struct nlmsghdr header;
		struct {
			struct nlmsghdr header;
			struct nlmsgerr error;
		} refusal;
		char memory[4096];
	} answer;

	question.request.id.idiag_sport = htons(PORT);
	question.request.id.idiag_src[0] = htonl(INADDR_LOOPBACK);
	if (send(netlink, &question, sizeof question, 0) < 0)
		fail("ask for the listening socket");
	ssize_t length = recv(netlink, &answer, sizeof answer, 0);
	if (length < (ssize_t)sizeof answer.header)
		fail("the answer about the listening socket");
	if (answer.header.nlmsg_type == SOCK_DIAG_BY_FAMILY)
		return true;
	errno = -answer.refusal.error.error;
	if (answer.header.nlmsg_type != NLMSG_ERROR || errno != ENOENT)
		fail("the answer about the listening socket");
	return false;
}

/* Waits for this child, or any for -1. */
static void expect_success(pid_t child, int options, const char *path)
{
	int status = 0;

	if (waitpid(child, &status, options) < 0)
		fail("waitpid");
	if (status != 0) {
		fprintf(stderr, "%s: wait status %d\n", path, status);
		exit(1);
	}
}

/* The server is not over before a client came, or it has failed. */
static void until_listening(pid_t server)
{
	const struct timespec pause = {.tv_nsec = PAUSE};
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);

	if (netlink < 0)
		fail("sock_diag");
	while (!is_listening(netlink)) {
		expect_success(server, WNOHANG, server_path);
		if (ppoll(NULL, 0, &pause, NULL) < 0 && errno != EINTR)
			fail("ppoll");
	}
	close(netlink);
}

/* One case: in the first process of its namespaces, which ends with it. */
static void run_pair(int output)
{
	namespace_loopback_up();
	pid_t server = start(server_path, output);
	until_listening(server);
	pid_t client = start(client_path, output);
	expect_success(client, 0, client_path);
	expect_success(server, 0, server_path);
}

static void run_all(unsigned long repeat, unsigned long jobs, int output)
{
	unsigned long started = 0, running = 0;

	while (started < repeat || running > 0) {
		if (started < repeat && running < jobs) {
			if (namespace_fork() == 0) {
				run_pair(output);
				exit(0);
			}
			started++;
			running++;
			continue;
		}
		expect_success(-1, 0, "a pair");
		running--;
	}
}

int main(int count, char *arguments[])
{
	unsigned long repeat = count == 4 ? strtoul(arguments[2], NULL, 10) : 0;
	unsigned long jobs = count == 4 ? strtoul(arguments[3], NULL, 10) : 0;

	if (repeat == 0 || jobs == 0) {
		fprintf(stderr, "Usage: bare FOLDER REPEAT JOBS\n");
		return 2;
	}
	snprintf(server_path, sizeof server_path, "%s/tcp_hello_server", arguments[1]);
	snprintf(client_path, sizeof client_path, "%s/tcp_hello_client", arguments[1]);
	int output = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (output < 0)
		fail("/dev/null");
	namespace_enter();
	run_all(repeat, jobs, output);
	return 0;
}
