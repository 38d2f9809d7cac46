/*
 * Each fuzz target passes on its seeds, and on some thousand mutations of them; and the script that
 * runs them with libFuzzer refuses what it cannot do.
 */
#include "command.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

/* The number of mutations of each target's seeds together. */
#define MUTATIONS "4000"

static void replay(const char *name, struct command *command)
{
	char corpus[4096];

	snprintf(corpus, sizeof corpus, "%s/harness/tests/fuzz/corpus/%s", source_folder(), name);
	const char *failed = build_path("harness/tests/fuzz/%s.failed", name);
	CU_ASSERT_TRUE_FATAL(command_run(command,
		LINE(build_path("harness/tests/fuzz/%s", name), corpus, MUTATIONS, failed), NULL));
}

TEST(no_target_fails_on_its_corpus)
{
	char folder[4096];
	size_t targets = 0;
	struct dirent *entry;

	snprintf(folder, sizeof folder, "%s/harness/tests/fuzz", source_folder());
	DIR *list = opendir(folder);
	CU_ASSERT_PTR_NOT_NULL_FATAL(list);
	while ((entry = readdir(list)) != NULL) {
		struct command command;
		char *dot = strstr(entry->d_name, ".c");
		if (dot == NULL || dot[2] != '\0' || strcmp(entry->d_name, "replay.c") == 0)
			continue;
		*dot = '\0';
		replay(entry->d_name, &command);
		ASSERT_TEXT(buffer_text(&command.err), "");
		ASSERT_NUMBER(command.status, 0);
		command_free(&command);
		targets++;
	}
	closedir(list);
	CU_ASSERT_TRUE(targets > 0);
}

static void check_refused(const char *target, const char *runs, const char *says)
{
	struct command command;
	char script[4096];

	snprintf(script, sizeof script, "%s/harness/tests/fuzz/run", source_folder());
	CU_ASSERT_TRUE_FATAL(
		command_run(&command, LINE(script, build_folder(), target), LINE(runs)));
	ASSERT_NUMBER(command.status, 2);
	ASSERT_TEXT(buffer_text(&command.out), "");
	if (strncmp(buffer_text(&command.err), says, strlen(says)) != 0)
		ASSERT_TEXT(buffer_text(&command.err), says);
	command_free(&command);
}

TEST(a_target_that_is_not_there_is_named)
{
	check_refused("paquets", "FUZZ_RUNS=0", "fuzz: no target paquets; there are: connections ");
	check_refused("replay", "FUZZ_RUNS=0", "fuzz: no target replay; there are: connections ");
}

TEST(a_number_of_runs_that_is_none_is_refused)
{
	check_refused("packets", "FUZZ_RUNS=1e6", "fuzz: FUZZ_RUNS is no number: 1e6\n");
	check_refused("packets", "FUZZ_RUNS=-1", "fuzz: FUZZ_RUNS is no number: -1\n");
}
