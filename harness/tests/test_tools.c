/* tools.c: a tool is found as a shell finds it. */
#include "command.h"
#include "kernel/tools.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder;
static struct tool tool;

/* FOLDER/a/tool cannot be executed, FOLDER/b/tool can. */
static void make_tools(void)
{
	static const char *const names[] = {"a", "b"};
	char path[4096];

	folder = temporary_make();
	CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, names[i]);
		CU_ASSERT_EQUAL(mkdir(path, 0755), 0);
		snprintf(path, sizeof path, "%s/%s/tool", folder, names[i]);
		int file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, i == 0 ? 0644 : 0755);
		CU_ASSERT_TRUE(file >= 0);
		close(file);
	}
}

static void set_path(const char *format)
{
	char path[9000];

	snprintf(path, sizeof path, format, folder, folder);
	CU_ASSERT_EQUAL(setenv("PATH", path, 1), 0);
}

static void check(const char *name, bool found, const char *expected_folder)
{
	char expected[4096];

	snprintf(expected, sizeof expected, "%s%s", folder, expected_folder);
	CU_ASSERT_EQUAL(tool_find(&tool, name, folder), found);
	if (found)
		ASSERT_TEXT(tool.folder, expected);
}

TEST(a_name_is_looked_for_in_path)
{
	char *before = strdup(getenv("PATH"));

	make_tools();
	set_path("/nowhere:%s/a:%s/b");
	check("tool", true, "/b");
	ASSERT_HAS(tool.unusable, "/a/tool");
	set_path("a:b");
	check("tool", true, "/b");
	set_path("%s/a");
	check("tool", false, "");
	ASSERT_HAS(tool.unusable, "/a/tool");
	unsetenv("PATH");
	check("tool", false, "");
	ASSERT_TEXT(tool.unusable, "");
	setenv("PATH", before, 1);
	free(before);
	temporary_remove();
}

TEST(a_name_with_a_slash_is_a_path)
{
	char path[4096];

	make_tools();
	check("b/tool", true, "");
	check("a/tool", false, "");
	check("./b", false, ""); /* a folder */
	snprintf(path, sizeof path, "%s/b/tool", folder);
	CU_ASSERT_TRUE(tool_find(&tool, path, "/elsewhere"));
	temporary_remove();
}
