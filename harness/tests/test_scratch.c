/* scratch.c: the folder is made where it is asked for, emptied and removed. */
#include "kernel/scratch.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(it_is_made_in_a_folder_and_removed)
{
	char path[PATH_MAX], parent[PATH_MAX];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(parent, sizeof parent, "%s/wirecheck.", ground_path("scratch"));
	CU_ASSERT_TRUE(scratch_make(ground_path("captures/../scratch"), path, &error));
	ASSERT_NUMBER(strncmp(path, parent, strlen(parent)), 0);
	ASSERT_NUMBER(folder_count(path), 0);
	CU_ASSERT_TRUE(scratch_remove(path, &error));
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ASSERT_TEXT(error.text, "");
	ground_remove();
}

TEST(what_cases_left_is_removed_first)
{
	char path[PATH_MAX], inside[PATH_MAX + 16];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(scratch_make(ground_path("scratch"), path, &error));
	for (const char *const *name = LINE("left", "left/inside"); *name != NULL; name++) {
		snprintf(inside, sizeof inside, "%s/%s", path, *name);
		CU_ASSERT_EQUAL(mkdir(inside, 0755), 0);
	}
	CU_ASSERT_EQUAL(symlink("/no/such/file", ground_path("scratch/link")), 0);
	CU_ASSERT_FALSE(scratch_remove(path, &error));
	ASSERT_HAS(error.text, ": Directory not empty");
	CU_ASSERT_TRUE(scratch_empty(path, &error));
	ASSERT_NUMBER(folder_count(path), 0);
	CU_ASSERT_TRUE(scratch_remove(path, &error));
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 1);
	ground_remove();
}

TEST(one_that_cannot_be_made_is_an_error)
{
	char path[PATH_MAX] = "anything";
	struct error error = {""};

	CU_ASSERT_FALSE(scratch_make("/dev/null", path, &error));
	ASSERT_TEXT(error.text, "make a scratch folder in /dev/null: Not a directory");
	ASSERT_TEXT(path, "");
}
