/* captures_folder.c: the folder is made, tried, and has one of its own for each cell. */
#include "command/captures_folder.h"
#include "selftest.h"
#include "unit.h"

#include <string.h>

TEST(it_is_made_and_left_empty)
{
	char path[PATH_MAX];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	for (int again = 0; again < 2; again++) {
		CU_ASSERT_TRUE(captures_folder_open(ground_path("made"), path, &error));
		ASSERT_TEXT(path, ground_path("made"));
		ASSERT_NUMBER(folder_count(path), 0);
	}
	ASSERT_TEXT(error.text, "");
	ground_remove();
}

TEST(one_that_cannot_be_had_is_an_error)
{
	char path[PATH_MAX];
	struct error error = {""};

	CU_ASSERT_FALSE(captures_folder_open("/no/such/parent", path, &error));
	ASSERT_TEXT(error.text, "captures folder /no/such/parent: No such file or directory");
	CU_ASSERT_FALSE(captures_folder_open("/dev/null", path, &error));
	ASSERT_TEXT(error.text, "/dev/null: not a folder");
	CU_ASSERT_FALSE(captures_folder_open("/proc/self", path, &error));
	ASSERT_HAS(error.text, "captures folder /proc/self cannot be written");
}

TEST(each_cell_has_its_own)
{
	char path[PATH_MAX];
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE(captures_folder_open_cell(ground_path("captures"), "c", "sh", path, &error));
	ASSERT_TEXT(path, ground_path("captures/matrix/c/sh"));
	ASSERT_NUMBER(folder_count(path), 0);
	ground_remove();
}

TEST(a_path_that_is_too_long_for_a_cell_is_an_error)
{
	char folder[PATH_MAX], path[PATH_MAX];
	struct error error = {""};

	memset(folder, '/', sizeof folder);
	folder[sizeof folder - 4] = '\0';
	CU_ASSERT_FALSE(captures_folder_open_cell(folder, "c", "sh", path, &error));
	ASSERT_TEXT(error.text, "the captures folder's path is too long");
}
