/* Programs that differ and are correct: the demos pass with each variation of variation.c. */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* The most cases that there may be. */
#define ROOM 256

/* How many commands run at once. */
#define SIDE_BY_SIDE 4

/* Lists the cases that need a program, up to NULL: with a folder without programs they are SKIP. */
static void list_cases(const char *cases[], size_t room, struct command *command)
{
	const char *folder = temporary_make();
	const char *const arguments[] = {
		build_path("wirecheck"), "--impl", folder, "--captures", folder, NULL};
	char other[4096];
	size_t count = 0;

	/* A folder without an executable is an error before anything is run. */
	snprintf(other, sizeof other, "%s/other", folder);
	CU_ASSERT_EQUAL_FATAL(symlink("/bin/true", other), 0);
	CU_ASSERT_FATAL(command_run(command, arguments, NULL) && command->out.data != NULL);
	char *rest = (char *)command->out.data, *line;
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strncmp(line, "SKIP ", 5) == 0 && count + 1 < room)
			cases[count++] = line + 5;
	cases[count] = NULL;
	CU_ASSERT(count > 30);
	temporary_remove();
}

static bool run_started(struct command *command, const char *variation, const char *captures,
	const char *const cases[])
{
	char variable[128];
	const char *arguments[ROOM + 5] = {build_path("wirecheck"), "--impl",
		build_path("harness/tests/varied"), "--captures", captures};
	const char *const environment[] = {variable, NULL};

	snprintf(variable, sizeof variable, "WIRECHECK_VARIATION=%s", variation);
	memcpy(arguments + 5, cases, ROOM * sizeof *cases);
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
	struct command commands[COUNT], listing;
	const char *cases[ROOM] = {NULL};
	char captures[COUNT][128], why[512];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	list_cases(cases, ROOM, &listing);
	const char *folder = temporary_make();
	for (size_t i = 0; i < COUNT + SIDE_BY_SIDE; i++) {
		if (i >= SIDE_BY_SIDE)
			check(&commands[i - SIDE_BY_SIDE], variations[i - SIDE_BY_SIDE]);
		if (i >= COUNT)
			continue;
		snprintf(captures[i], sizeof captures[i], "%s/%zu", folder, i);
		CU_ASSERT_FATAL(run_started(&commands[i], variations[i], captures[i], cases));
	}
	command_free(&listing);
	temporary_remove();
}
