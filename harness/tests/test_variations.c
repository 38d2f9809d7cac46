/* The demos pass every case with each of the correct variations in variation.c. */
#include "buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const variations[] = {
	"starts slowly",
	"answers late",
	"reads late",
	"sets SO_KEEPALIVE",
	"sets TCP_NODELAY",
	"sets TCP_QUICKACK",
	"sets SO_OOBINLINE and SO_PRIORITY",
	"sets IP_TOS",
	"sets IPV6_V6ONLY",
	"has larger buffers",
	"has the smallest backlog",
	"has spare sockets",
	"has descriptors of high numbers",
	"has other threads that wait",
	"has a full buffer for its output",
	"works in a second thread",
	"is interrupted every 5 ms",
	"prints byte by byte",
	"waits by poll",
	"looks every 10 ms",
	"waits by select",
	"waits by epoll",
	"never blocks in a receive",
	"binds to port 0 before it connects",
	"closes its sockets on exec",
	"closes its listener right after accept",
	"uses sendmsg and recvmsg",
	"uses write and read",
	"sends with MSG_NOSIGNAL",
	"writes a log to standard error",
};

#define COUNT (sizeof variations / sizeof *variations)

/* How many commands run at once. */
#define SIDE_BY_SIDE 4

static bool run_started(struct command *command, const char *variation, const char *captures)
{
	char variable[128];

	snprintf(variable, sizeof variable, "WIRECHECK_VARIATION=%s", variation);
	const char *const arguments[] = {build_path("wirecheck"), "--impl",
		build_path("harness/tests/varied"), "--captures", captures, NULL};
	const char *const environment[] = {variable, NULL};
	return command_start(command, arguments, environment);
}

static void check(struct command *command, const char *variation)
{
	command_finish(command);
	if (command->status != 0) {
		fprintf(stderr, "with the variation: %s\n", variation);
		ASSERT_TEXT(buffer_text(&command->out), "");
	}
	ASSERT_NUMBER(command->status, 0);
	CU_ASSERT(strstr(buffer_text(&command->out), "no such program") == NULL);
	command_free(command);
}

TEST(every_variation_passes)
{
	struct command commands[COUNT];
	char captures[COUNT][128], why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	const char *folder = temporary_make();
	for (size_t i = 0; i < COUNT + SIDE_BY_SIDE; i++) {
		if (i >= SIDE_BY_SIDE)
			check(&commands[i - SIDE_BY_SIDE], variations[i - SIDE_BY_SIDE]);
		if (i >= COUNT)
			continue;
		snprintf(captures[i], sizeof captures[i], "%s/%zu", folder, i);
		CU_ASSERT_FATAL(run_started(&commands[i], variations[i], captures[i]));
	}
	temporary_remove();
}
