/* Programs under a tracer: all cases, those that hold programs too, with demos that exec strace. */
#include "selftest.h"
#include "unit.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

/* A script for each demo. It becomes strace, which traces the demo. */
static void wrap_demos(const char *folder)
{
	char path[PATH_MAX];
	DIR *demos = opendir(build_path("impl"));
	const struct dirent *entry;

	CU_ASSERT_PTR_NOT_NULL_FATAL(demos);
	CU_ASSERT_EQUAL_FATAL(mkdir(folder, 0755), 0);
	while ((entry = readdir(demos)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%.255s", folder, entry->d_name);
		FILE *script = fopen(path, "we");
		CU_ASSERT_PTR_NOT_NULL_FATAL(script);
		fprintf(script, "#!/bin/sh\nexec strace -f -o /dev/null %s/impl/%s \"$@\"\n",
			build_folder(), entry->d_name);
		fclose(script);
		CU_ASSERT_EQUAL(chmod(path, 0755), 0);
	}
	closedir(demos);
}

static void all_pass(const char *const arguments[])
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));
	CU_ASSERT_FALSE(command.timed_out);
	if (command.status != 0)
		ASSERT_TEXT(buffer_text(&command.out), "every case passes");
	command_free(&command);
}

TEST(all_cases_pass_with_demos_that_become_strace)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	const char *wrapped = ground_path("wrapped");
	wrap_demos(wrapped);
	all_pass((const char *const[]){build_path("wirecheck"), "--impl", wrapped, "--captures",
		ground_path("captures"), "-j", "8", NULL});
	ground_remove();
}

TEST(all_cases_pass_under_strace)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	all_pass((const char *const[]){"/usr/bin/strace", "-f", "-o", "/dev/null",
		build_path("wirecheck"), "--captures", ground_path("captures"), "-j", "8", NULL});
	ground_remove();
}
