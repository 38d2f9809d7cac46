/* The walk-through in README.md does what it says. */
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HEADING "\n## Your own server under test\n"

/* Reads README.md; the caller frees the buffer. */
static void read_readme(struct buffer *out)
{
	char path[PATH_MAX];

	snprintf(path, sizeof path, "%s/README.md", source_folder());
	buffer_init(out, 1 << 20);
	CU_ASSERT_TRUE_FATAL(read_file(path, out));
}

/* The first block of shell under the heading. */
static struct bytes walk_through(const struct buffer *readme)
{
	const char *heading = strstr(buffer_text(readme), HEADING);
	const char *begin = heading != NULL ? strstr(heading, "\n```sh\n") : NULL;
	const char *end = begin != NULL ? strstr(begin + 1, "\n```\n") : NULL;

	if (end == NULL)
		return (struct bytes){NULL, 0};
	begin += strlen("\n```sh\n");
	return (struct bytes){(const unsigned char *)begin, (size_t)(end - begin)};
}

TEST(the_walk_through_does_what_it_says)
{
	struct buffer readme, script;
	struct command command;
	char why[512], link[PATH_MAX];

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	if (access("/usr/bin/socat", X_OK) != 0)
		SKIP_TEST("socat is not installed");
	read_readme(&readme);
	struct bytes lines = walk_through(&readme);
	CU_ASSERT_PTR_NOT_NULL_FATAL(lines.data);

	const char *folder = temporary_make();
	snprintf(link, sizeof link, "%s/build", folder);
	CU_ASSERT_EQUAL(symlink(build_folder(), link), 0);
	buffer_init(&script, 65536);
	buffer_printf(
		&script, "cd '%s'\n%.*s\n", folder, (int)lines.length, (const char *)lines.data);
	const char *const arguments[] = {"sh", "-euc", buffer_text(&script), NULL};
	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));

	ASSERT_NUMBER(command.status, 0);
	const char *failed = strstr(buffer_text(&command.out), "FAIL tcp/hello\n");
	CU_ASSERT_PTR_NOT_NULL_FATAL(failed);
	CU_ASSERT_PTR_NOT_NULL(
		strstr(failed, "what SERVER sent differs at byte 1 of 2 expected, 2 found"));
	const char *status = strstr(failed, "exit status 1\nPASS tcp/hello\n");
	CU_ASSERT_PTR_NOT_NULL_FATAL(status);
	CU_ASSERT_PTR_NOT_NULL(strstr(status, "PASS restart/time_wait\n2 passed, 0 failed"));
	command_free(&command);
	buffer_free(&script);
	buffer_free(&readme);
	temporary_remove();
}
