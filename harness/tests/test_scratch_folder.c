/* scratch_folder.c: where it is made, and that nothing of it stays. */
#include "command/scratch_folder.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(it_is_made_in_tmpdir_and_removed)
{
	char path[PATH_MAX];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(scratch_folder_make(path, &error));
	ASSERT_NUMBER(strncmp(path, ground_path("scratch/wirecheck."),
			      strlen(ground_path("scratch/wirecheck."))),
		0);
	ASSERT_NUMBER(folder_count(path), 0);
	CU_ASSERT_TRUE(scratch_folder_remove(path, true, &error));
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ASSERT_TEXT(error.text, "");
	ground_remove();
}

TEST(without_sandboxes_what_cases_left_goes_with_it)
{
	char path[PATH_MAX], inside[PATH_MAX + 16];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(scratch_folder_make(path, &error));
	snprintf(inside, sizeof inside, "%s/left", path);
	CU_ASSERT_EQUAL(mkdir(inside, 0755), 0);
	CU_ASSERT_FALSE(scratch_folder_remove(path, true, &error));
	ASSERT_HAS(error.text, ": Directory not empty");
	CU_ASSERT_TRUE(scratch_folder_remove(path, false, &error));
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(one_that_was_not_made_is_not_removed)
{
	char path[PATH_MAX] = "anything";
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(setenv("TMPDIR", "/dev/null", 1), 0);
	CU_ASSERT_FALSE(scratch_folder_make(path, &error));
	ASSERT_HAS(error.text, "make a scratch folder in /dev/null");
	ASSERT_TEXT(path, "");
	CU_ASSERT_TRUE(scratch_folder_remove(path, false, &error));
	ground_remove();
}
