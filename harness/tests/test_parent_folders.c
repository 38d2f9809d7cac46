/* parent_folders.c: the folders on the way to a file are made, and nothing else is. */
#include "command.h"
#include "kernel/parent_folders.h"
#include "unit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_folder(void)
{
	int folder = open(temporary_make(), O_PATH | O_DIRECTORY | O_CLOEXEC);

	CU_ASSERT_FATAL(folder >= 0);
	return folder;
}

static void check_folder(int folder, const char *path)
{
	struct stat status;

	CU_ASSERT_EQUAL(fstatat(folder, path, &status, 0), 0);
	CU_ASSERT_TRUE(S_ISDIR(status.st_mode));
}

TEST(each_folder_on_the_way_is_made)
{
	struct error error = {""};
	int folder = open_folder();

	CU_ASSERT_TRUE(parent_folders_make(folder, "a/b/file", &error));
	check_folder(folder, "a");
	check_folder(folder, "a/b");
	CU_ASSERT_NOT_EQUAL(faccessat(folder, "a/b/file", F_OK, 0), 0);
	CU_ASSERT_TRUE(parent_folders_make(folder, "a/b/c/file", &error)); /* two are there */
	check_folder(folder, "a/b/c");
	CU_ASSERT_TRUE(parent_folders_make(folder, "file", &error));
	ASSERT_TEXT(error.text, "");
	close(folder);
	temporary_remove();
}

TEST(a_file_on_the_way_and_a_path_that_is_too_long_are_errors)
{
	struct error error = {""};
	char path[PATH_MAX + 8];
	int folder = open_folder();

	CU_ASSERT_EQUAL(mknodat(folder, "plain", S_IFREG | 0600, 0), 0);
	CU_ASSERT_FALSE(parent_folders_make(folder, "plain/in/file", &error));
	ASSERT_TEXT(error.text, "mkdir plain/in: Not a directory");
	memset(path, 'x', sizeof path - 1);
	snprintf(path + sizeof path - 3, 3, "/y");
	CU_ASSERT_FALSE(parent_folders_make(folder, path, &error));
	ASSERT_HAS(error.text, "too long to make its folders");
	close(folder);
	temporary_remove();
}
