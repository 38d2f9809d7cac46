/* scripts/bench measures: the programs that it measures against are built and work. */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* Runs one figure; the caller frees the command. */
static void bench(struct command *command, const char *figure)
{
	char runner[4096];

	snprintf(runner, sizeof runner, "%s/scripts/bench/run", source_folder());
	const char *const arguments[] = {runner, "--build-dir", build_folder(), figure, NULL};
	CU_ASSERT_TRUE_FATAL(command_run(command, arguments, NULL));
}

/* A row has what was measured, both sides and whether it is reached. */
TEST(a_figure_is_measured)
{
	struct command command;
	double ours = 0, theirs = 0, ratio = 0;
	char why[512], reached[8] = "";

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	bench(&command, "one_alone");
	if (strstr(buffer_text(&command.err), ": not found; it is measured against") != NULL) {
		unit_skip("%s", buffer_text(&command.err));
		command_free(&command);
		return;
	}
	ASSERT_TEXT(buffer_text(&command.err), "measuring: one_alone\n");
	ASSERT_NUMBER(command.status, 0);
	const char *row = strstr(buffer_text(&command.out), "\ntcp/hello alone");
	CU_ASSERT_PTR_NOT_NULL_FATAL(row);
	int read = sscanf(row, "%*[^0-9]%lf ms %lf ms %lf at most 30 ms %7s", &ours, &theirs,
		&ratio, reached);
	ASSERT_NUMBER(read, 4);
	CU_ASSERT_TRUE(ours > 0 && theirs > 0 && ratio > 0);
	CU_ASSERT_TRUE(strcmp(reached, "yes") == 0 || strcmp(reached, "no") == 0);
	command_free(&command);
}

TEST(a_figure_that_there_is_not_is_refused)
{
	struct command command;

	bench(&command, "all_at_once");
	ASSERT_NUMBER(command.status, 2);
	CU_ASSERT_PTR_NOT_NULL(strstr(
		buffer_text(&command.err), "no figure is named all_at_once: against_bare, "));
	command_free(&command);
}
