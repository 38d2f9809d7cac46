/* proc.c: files, fields and numbered entries of /proc, and of a folder like it. */
#include "command.h"
#include "kernel/proc.h"
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_file_is_read_as_text)
{
	char text[256], short_text[5], expected[64];

	snprintf(expected, sizeof expected, "%d (", getpid());
	CU_ASSERT_TRUE(proc_read(AT_FDCWD, "/proc/self/stat", text, sizeof text));
	CU_ASSERT_EQUAL(strncmp(text, expected, strlen(expected)), 0);
	CU_ASSERT_TRUE(proc_read(AT_FDCWD, "/proc/self/stat", short_text, sizeof short_text));
	ASSERT_NUMBER(strlen(short_text), 4);
	CU_ASSERT_FALSE(proc_read(AT_FDCWD, "/proc/self/no_such_file", text, sizeof text));
	CU_ASSERT_FALSE(proc_read(AT_FDCWD, "/dev/null", text, sizeof text));
	ASSERT_TEXT(text, "");
}

TEST(a_field_is_what_follows_a_name_at_the_beginning_of_a_line)
{
	static const char text[] = "Name:\tcat\nPid:\t7\nNSpid:\t7 2";

	ASSERT_TEXT(proc_field(text, "NSpid:"), "\t7 2");
	CU_ASSERT_EQUAL(strncmp(proc_field(text, "Pid:"), "\t7\n", 3), 0);
	CU_ASSERT_EQUAL(strncmp(proc_field(text, "Name:\t"), "cat\n", 4), 0);
	CU_ASSERT_PTR_NULL(proc_field(text, "pid:"));
	CU_ASSERT_PTR_NULL(proc_field("", "Pid:"));
}

/* The sum of the numbers, until one is 4: that is refused. */
static bool add_number(void *argument, int folder, const char *name, struct error *error)
{
	struct stat status;
	long number = strtol(name, NULL, 10);

	CU_ASSERT_EQUAL(fstatat(folder, name, &status, 0), 0);
	if (number == 4)
		return error_set(error, "four");
	*(long *)argument += number;
	return true;
}

static void make_folder(const char *parent, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", parent, name);
	CU_ASSERT_EQUAL(mkdir(path, 0700), 0);
}

TEST(each_entry_that_begins_with_a_digit_is_taken)
{
	struct error error = {""};
	const char *folder = temporary_make();
	long sum = 0;

	CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
	make_folder(folder, "1");
	make_folder(folder, "20");
	make_folder(folder, "self");
	CU_ASSERT_TRUE(proc_each_number(AT_FDCWD, folder, add_number, &sum, &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(sum, 21);
	make_folder(folder, "4");
	CU_ASSERT_FALSE(proc_each_number(AT_FDCWD, folder, add_number, &sum, &error));
	ASSERT_TEXT(error.text, "four");
	temporary_remove();
}

TEST(a_folder_that_is_not_there_is_an_error)
{
	struct error error = {""};
	long sum = 0;

	CU_ASSERT_FALSE(proc_each_number(AT_FDCWD, "/proc/nobody", add_number, &sum, &error));
	ASSERT_TEXT(error.text, "open /proc/nobody: No such file or directory");
	ASSERT_NUMBER(sum, 0);
}
