/*
 * The implementations in shell and in Python (implementations/sh and py), which share no code with
 * the demos. They pass all their cases except those in implementations/cannot.tsv, which they fail.
 * That table has the sentence of impl/README.md that they do not keep.
 */
#include "base/buffer.h"
#include "command.h"
#include "selftest.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

/* Bytes that can be printed about all cases, and bytes of a line of the table. */
#define TEXT_MAXIMUM ((size_t)1 << 20)
#define LINE_SIZE    1024

/* A row of the table; points into its line. */
struct row {
	char *implementation, *name, *sentence, *how;
};

/* Reads the next row into `line`. False at the end. */
static bool next_row(FILE *table, char line[LINE_SIZE], struct row *row)
{
	while (fgets(line, LINE_SIZE, table) != NULL) {
		char *rest = line;
		if (*line == '#')
			continue;
		row->implementation = strsep(&rest, "\t");
		row->name = strsep(&rest, "\t");
		row->sentence = strsep(&rest, "\t");
		row->how = strsep(&rest, "\n");
		CU_ASSERT_PTR_NOT_NULL_FATAL(row->how);
		return true;
	}
	return false;
}

static FILE *open_source(const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", source_folder(), name);
	FILE *file = fopen(path, "re");
	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	return file;
}

/* The cases that an implementation fails, a line each: "FAIL NAME", in the order of the cases. */
static const char *cannot(const char *implementation)
{
	static struct buffer names;
	char line[LINE_SIZE];
	struct row row;
	FILE *table = open_source("harness/tests/implementations/cannot.tsv");

	buffer_free(&names);
	buffer_init(&names, TEXT_MAXIMUM);
	while (next_row(table, line, &row))
		if (strcmp(row.implementation, implementation) == 0)
			buffer_printf(&names, "FAIL %s\n", row.name);
	fclose(table);
	return buffer_text(&names);
}

/* The headings of the cases that did not pass and were not skipped, a line each. */
static const char *not_passed(const char *output)
{
	static struct buffer names;

	buffer_free(&names);
	buffer_init(&names, TEXT_MAXIMUM);
	for (const char *line = output; *line != '\0'; line += strcspn(line, "\n") + 1)
		if (strncmp(line, "FAIL ", 5) == 0 || strncmp(line, "BROKEN ", 7) == 0)
			buffer_printf(&names, "%.*s\n", (int)strcspn(line, "\n"), line);
	return buffer_text(&names);
}

static bool is_installed(const char *tool, const char *option)
{
	const char *const version[] = {tool, option, NULL};
	struct command command;
	bool ran = command_run(&command, version, NULL) && command.status == 0;

	command_free(&command);
	return ran;
}

/*
 * Runs `pattern` with an option that names the folder. The cases that are named pass, those in the
 * table fail, and no others do.
 */
static void check(const char *implementation, const char *option, const char *pattern,
	const char *const passed[], const char *failed)
{
	struct command command;
	char folder[4096];

	snprintf(folder, sizeof folder, "%s/harness/tests/implementations/%s", source_folder(),
		implementation);
	const char *const arguments[] = {build_path("wirecheck"), option, folder, "--captures",
		temporary_make(), pattern, NULL};
	CU_ASSERT(command_run(&command, arguments, NULL));
	const char *output = buffer_text(&command.out);
	if (strcmp(not_passed(output), failed) != 0)
		ASSERT_TEXT(output, "");
	ASSERT_TEXT(not_passed(output), failed);
	ASSERT_NUMBER(command.status, *failed != '\0' ? 1 : 0);
	for (; *passed != NULL; passed++)
		CU_ASSERT(strstr(output, *passed) != NULL);
	command_free(&command);
	temporary_remove();
}

#define NEEDS(tool, option)                                     \
	do {                                                    \
		NEEDS_SANDBOXES();                              \
		if (!is_installed(tool, option))                \
			SKIP_TEST("%s is not installed", tool); \
	} while (0)

TEST(shell)
{
	NEEDS("socat", "-V");
	check("sh", "--impl", "*",
		LINE("PASS tcp/hello\n", "PASS restart/reuseaddr\n", "PASS udp/hello\n",
			"no such program"),
		cannot("sh"));
}

/* There is no udp_time_client: a shell cannot send an empty datagram. */
TEST(shell_as_server)
{
	NEEDS("socat", "-V");
	check("sh", "--server-impl", "udp/time*",
		LINE("PASS udp/time\n", "PASS udp/time_default\n"), cannot("sh"));
}

/* Its prompts go to standard error, and on a terminal nobody sees that. */
TEST(python)
{
	NEEDS("/usr/bin/python3", "--version");
	check("py", "--impl", "*",
		LINE("PASS tcp/hello\n", "PASS restart/time_wait\n", "PASS udp/chat\n",
			"PASS udp/chat_ignores\n", "PASS udp/chat_many_clients\n",
			"PASS udp/chat_many_servers\n", "PASS udp/chat_stranger\n",
			"PASS udp/time\n", "PASS udp/time_default\n"),
		cannot("py"));
}

TEST(each_sentence_of_the_table_is_in_the_contract)
{
	static char contract[65536];
	char line[LINE_SIZE];
	struct row row;
	FILE *file = open_source("impl/README.md");
	size_t rows = 0;

	contract[fread(contract, 1, sizeof contract - 1, file)] = '\0';
	fclose(file);
	FILE *table = open_source("harness/tests/implementations/cannot.tsv");
	for (; next_row(table, line, &row); rows++)
		if (strstr(contract, row.sentence) == NULL)
			ASSERT_TEXT(row.sentence, "a sentence of impl/README.md");
	fclose(table);
	CU_ASSERT(rows > 0);
}
