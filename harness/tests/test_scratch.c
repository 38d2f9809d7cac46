/* scratch.c: a folder is made, emptied and removed, and nothing else is touched. */
#include "command.h"
#include "kernel/scratch.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_scratch_folder_is_emptied_and_nothing_else)
{
	struct error error = {""};
	char path[4096];
	const char *folder = temporary_make();

	CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
	for (const char *const *name = (const char *const[]){"/kept", "/kept/in", "/scratch",
		     "/scratch/a", "/scratch/a/b", NULL};
		*name != NULL; name++) {
		snprintf(path, sizeof path, "%s%s", folder, *name);
		CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
	}
	snprintf(path, sizeof path, "%s/scratch/link", folder);
	CU_ASSERT_EQUAL(symlink("../kept", path), 0);
	snprintf(path, sizeof path, "%s/scratch", folder);
	CU_ASSERT_TRUE(scratch_empty(path, &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(folder_count(path), 0);
	snprintf(path, sizeof path, "%s/kept", folder);
	ASSERT_NUMBER(folder_count(path), 1);
	CU_ASSERT_FALSE(scratch_empty("/no/such/folder", &error));
	temporary_remove();
}

TEST(a_new_folder_is_empty_and_can_be_removed)
{
	struct error error = {""};
	char path[PATH_MAX], other[PATH_MAX];
	struct stat status;
	const char *parent = temporary_make();

	CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
	CU_ASSERT_TRUE(scratch_make(parent, path, &error));
	CU_ASSERT_TRUE(scratch_make(parent, other, &error));
	ASSERT_TEXT(error.text, "");
	CU_ASSERT_STRING_NOT_EQUAL(path, other);
	ASSERT_HAS(path, "/wirecheck.");
	CU_ASSERT_TRUE(stat(path, &status) == 0 && S_ISDIR(status.st_mode));
	ASSERT_NUMBER(status.st_mode & 0777, 0700);
	ASSERT_NUMBER(folder_count(path), 0);
	CU_ASSERT_TRUE(scratch_remove(path, &error));
	CU_ASSERT_TRUE(scratch_remove(other, &error));
	ASSERT_NUMBER(folder_count(parent), 0);
	temporary_remove();
}

TEST(a_folder_that_cannot_be_made_or_removed_is_named)
{
	struct error error = {""};
	char path[PATH_MAX] = "before";

	CU_ASSERT_FALSE(scratch_make("/no/such/folder", path, &error));
	ASSERT_TEXT(
		error.text, "make a scratch folder in /no/such/folder: No such file or directory");
	ASSERT_TEXT(path, "");
	CU_ASSERT_FALSE(scratch_make("/dev/null", path, &error));
	ASSERT_TEXT(error.text, "make a scratch folder in /dev/null: Not a directory");
	CU_ASSERT_FALSE(scratch_remove("/no/such/folder", &error));
	ASSERT_TEXT(error.text, "remove /no/such/folder: No such file or directory");
	CU_ASSERT_FALSE(scratch_enter("/no/such/folder", &error));
	ASSERT_TEXT(error.text, "chdir /no/such/folder: No such file or directory");
}

TEST(to_enter_a_folder_empties_it)
{
	struct error error = {""};
	char path[PATH_MAX], file[PATH_MAX + 8], before[PATH_MAX], here[PATH_MAX];
	const char *parent = temporary_make();

	CU_ASSERT_PTR_NOT_NULL_FATAL(parent);
	CU_ASSERT_PTR_NOT_NULL_FATAL(getcwd(before, sizeof before));
	CU_ASSERT_TRUE_FATAL(scratch_make(parent, path, &error));
	snprintf(file, sizeof file, "%s/file", path);
	CU_ASSERT_EQUAL(mkdir(file, 0700), 0);
	CU_ASSERT_TRUE(scratch_enter(path, &error));
	ASSERT_TEXT(getcwd(here, sizeof here), path);
	ASSERT_NUMBER(folder_count(path), 0);
	CU_ASSERT_EQUAL_FATAL(chdir(before), 0);
	temporary_remove();
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
