/* reporter.c and reporters.c: which formats there are, and files that cannot be written. */
#include "command/reporters.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct plan plan = {.runs = 1, .repeat = 1};

TEST(each_format_has_an_option_of_its_own_and_fits_into_the_help)
{
	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++) {
		const struct format *format = file_formats[i];
		CU_ASSERT_TRUE(format->option != NULL && strlen(format->option) <= 12);
		CU_ASSERT_TRUE(format->name != NULL && format->judged != NULL);
		CU_ASSERT_TRUE(format->help != NULL && strlen(format->help) <= 58);
		for (size_t j = 0; j < i; j++)
			CU_ASSERT_NOT_EQUAL(strcmp(format->option, file_formats[j]->option), 0);
	}
	CU_ASSERT_PTR_NULL(terminal_format.option);
	CU_ASSERT_PTR_NULL(lines_format.option);
}

TEST(a_file_that_cannot_be_opened_is_an_error)
{
	struct reporter reporter;
	struct error error = {""};

	CU_ASSERT_FALSE(reporter_open(&reporter, &tap_format, "/no/such/file", &plan, &error));
	ASSERT_TEXT(error.text, "write TAP to /no/such/file: No such file or directory");
}

TEST(a_format_that_cannot_begin_is_an_error)
{
	struct reporter reporter;
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_EQUAL(setenv("TMPDIR", "/no/such/folder", 1), 0);
	CU_ASSERT_FALSE(reporter_open(&reporter, &junit_format, ground_path("xml"), &plan, &error));
	ASSERT_HAS(error.text, "make a file for the JUnit XML in /no/such/folder/");
	ground_remove();
}

TEST(a_file_that_is_full_is_an_error_of_each_format)
{
	struct reporter reporter;

	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++) {
		struct error error = {""}, expected;
		const struct format *format = file_formats[i];
		CU_ASSERT_TRUE_FATAL(reporter_open(&reporter, format, "/dev/full", &plan, &error));
		fputs("anything", reporter.out);
		CU_ASSERT_FALSE(reporter_close(&reporter, &error));
		error_set(&expected, "the %s could not be written", format->name);
		ASSERT_TEXT(error.text, expected.text);
	}
}

TEST(what_a_format_could_not_write_is_an_error)
{
	struct reporter reporter;
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	CU_ASSERT_TRUE_FATAL(
		reporter_open(&reporter, &json_format, ground_path("json"), &plan, &error));
	reporter.failed = true;
	CU_ASSERT_FALSE(reporter_close(&reporter, &error));
	ASSERT_TEXT(error.text, "the JSON could not be written");
	ground_remove();
}

TEST(all_that_are_asked_for_are_opened_and_closed)
{
	const char *paths[FILE_FORMAT_COUNT] = {NULL};
	struct reporters reporters;
	struct error error = {""};

	CU_ASSERT_TRUE_FATAL(ground_make());
	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++)
		paths[i] = ground_path("captures/%s", file_formats[i]->option);
	CU_ASSERT_TRUE(reporters_open(&reporters, paths, &plan, &error));
	ASSERT_NUMBER(reporters.count, FILE_FORMAT_COUNT + 1);
	CU_ASSERT_PTR_EQUAL(reporters.list[FILE_FORMAT_COUNT].out, stdout);
	while (reporters.count > 0)
		CU_ASSERT_TRUE(reporters_close_next(&reporters, &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(folder_count(ground_path("captures")), FILE_FORMAT_COUNT);
	ground_remove();
}

TEST(a_person_is_told_nothing_where_a_tool_reads_standard_output)
{
	const char *paths[FILE_FORMAT_COUNT] = {"-"};
	struct reporters reporters;
	struct error error = {""};

	CU_ASSERT_TRUE(reporters_open(&reporters, paths, &plan, &error));
	ASSERT_NUMBER(reporters.count, 1);
	CU_ASSERT_PTR_EQUAL(reporters.list[0].format, &json_format);
	CU_ASSERT_TRUE(reporters_close_next(&reporters, &error));
}

/* ---- As a user would ---- */

static void check_told(const char *const arguments[], int status, const char *err)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(selftest_run(&command, arguments));
	ASSERT_NUMBER(command.status, status);
	ASSERT_TEXT(buffer_text(&command.err), err);
	command_free(&command);
}

TEST(reports_that_cannot_be_written_are_named_one_by_one)
{
	NEEDS_SANDBOXES();
	CU_ASSERT_TRUE_FATAL(ground_make());
	check_told(LINE("--tap", "/dev/full", "worker/holds"), 2,
		"wirecheck: the TAP could not be written\n");
	check_told(LINE("--markdown", "/dev/full", "--tap", "/dev/./full", "worker/holds"), 2,
		"wirecheck: the TAP could not be written\n"
		"wirecheck: the Markdown could not be written\n");
	check_told(LINE("--markdown", "/no/such/file", "worker/holds"), 2,
		"wirecheck: write Markdown to /no/such/file: No such file or directory\n");
	check_told(LINE("--tap", "-", "--markdown", "-", "worker/holds"), 2,
		"wirecheck: --tap and --markdown go to the same file\n");
	ASSERT_NUMBER(folder_count(ground_path("scratch")), 0);
	ground_remove();
}

TEST(the_help_names_each_format)
{
	struct command command;

	CU_ASSERT_TRUE_FATAL(command_run(&command, LINE(build_path("wirecheck"), "--help"), NULL));
	ASSERT_NUMBER(command.status, 0);
	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++) {
		char option[64];
		snprintf(option, sizeof option, "\n  --%s FILE ", file_formats[i]->option);
		ASSERT_HAS(buffer_text(&command.out), option);
		ASSERT_HAS(buffer_text(&command.out), file_formats[i]->help);
	}
	command_free(&command);
}
