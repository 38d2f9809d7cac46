/*
 * contract.tsv has each sentence of impl/README.md and what would fail if a program broke it: cases
 * that are there, each with a fault in faulty/ that it is seen to catch, and tests that are there.
 */
#include "base/buffer.h"
#include "command.h"
#include "faulty/rows.h"
#include "unit.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TEXT_MAXIMUM ((size_t)1 << 20)

/* Cases without a fault: few machines have CAN, and the faulty programs take less care. */
static const char *const without_fault[] = {"can/hello", "arguments/chat_client", "arguments/file",
	"arguments/socket", "arguments/unix", "socket/fileno_refused"};

static void read_source(const char *name, struct buffer *out)
{
	char path[4096];

	buffer_init(out, TEXT_MAXIMUM);
	snprintf(path, sizeof path, "%s/%s", source_folder(), name);
	CU_ASSERT_TRUE_FATAL(read_file(path, out));
}

/* Whether a sentence begins behind this point: a full stop, a space, and a capital or a name. */
static bool ends_sentence(const char *at)
{
	return at[0] == '.' && at[1] == ' ' && (isupper((unsigned char)at[2]) || at[2] == '`');
}

/* Appends the sentences of a text, a line each, behind `prefix`; without a list's mark. */
static void append_sentences(struct buffer *out, const char *prefix, const char *text)
{
	if (strncmp(text, "- ", 2) == 0)
		text += 2;
	else if (isdigit((unsigned char)text[0]) && strncmp(text + 1, ". ", 2) == 0)
		text += 3;
	if (*text != '\0')
		buffer_printf(out, "%s", prefix);
	for (; *text != '\0'; text++) {
		buffer_append(out, text, 1);
		if (ends_sentence(text)) {
			buffer_printf(out, "\n%s", prefix);
			text++;
		}
	}
	if (out->length > 0 && out->data[out->length - 1] != '\n')
		buffer_append(out, "\n", 1);
}

/* Each cell of a table's line but the first, behind that. */
static void append_cells(struct buffer *out, char *line)
{
	char prefix[512], *cell = line + 1, *next;

	*strrchr(line, '|') = '\0';
	for (size_t i = 0; cell != NULL; cell = next, i++) {
		next = strstr(cell, " | ");
		if (next != NULL) {
			*next = '\0';
			next += 2;
		}
		cell += strspn(cell, " ");
		for (size_t end = strlen(cell); end > 0 && cell[end - 1] == ' ';)
			cell[--end] = '\0';
		if (i == 0)
			snprintf(prefix, sizeof prefix, "%s: ", cell);
		else
			append_sentences(out, prefix, cell);
	}
}

/* The sentences of the contract, a line each. Headings, and those of tables, are none. */
static void contract_sentences(struct buffer *out)
{
	struct buffer text;
	bool code = false, table = false;

	read_source("impl/README.md", &text);
	buffer_init(out, TEXT_MAXIMUM);
	char *rest = (char *)text.data, *line;
	while ((line = strsep(&rest, "\n")) != NULL) {
		bool rule = line[strspn(line, "|- ")] == '\0';
		if (strncmp(line, "```", 3) == 0)
			code = !code;
		else if (code)
			buffer_printf(out, "%s\n", line);
		else if (*line == '|' && table && !rule)
			append_cells(out, line);
		else if (*line != '|' && *line != '#')
			append_sentences(out, "", line);
		table = *line == '|';
	}
	buffer_free(&text);
}

/* The second column of the table, a line each; the first ones into `held_by`. */
static void table_sentences(struct buffer *out, struct buffer *held_by)
{
	struct buffer text;

	read_source("harness/tests/contract.tsv", &text);
	buffer_init(out, TEXT_MAXIMUM);
	buffer_init(held_by, TEXT_MAXIMUM);
	char *rest = (char *)text.data, *line;
	while ((line = strsep(&rest, "\n")) != NULL) {
		char *sentence = strchr(line, '\t');
		if (*line == '#' || *line == '\0')
			continue;
		CU_ASSERT_PTR_NOT_NULL_FATAL(sentence);
		buffer_append(held_by, line, (size_t)(sentence - line));
		buffer_append(held_by, "\n", 1);
		buffer_printf(out, "%s\n", sentence + 1);
	}
	buffer_free(&text);
}

/* A line that differs shows what is to be mended; all of both texts would hide it. */
static void check_lines(struct buffer *table, struct buffer *contract)
{
	char *rows = (char *)table->data, *sentences = (char *)contract->data;
	const char *row = "", *sentence = "";

	while (row != NULL && sentence != NULL && strcmp(row, sentence) == 0) {
		row = strsep(&rows, "\n");
		sentence = strsep(&sentences, "\n");
	}
	ASSERT_TEXT(row != NULL ? row : "the end", sentence != NULL ? sentence : "the end");
}

TEST(each_sentence_of_the_contract_has_its_row)
{
	struct buffer contract, table, held_by;

	contract_sentences(&contract);
	table_sentences(&table, &held_by);
	CU_ASSERT(contract.length > 10000);
	check_lines(&table, &contract);
	buffer_free(&contract);
	buffer_free(&table);
	buffer_free(&held_by);
}

static bool has_fault(const char *name)
{
	for (size_t i = 0; i < sizeof without_fault / sizeof *without_fault; i++)
		if (strcmp(name, without_fault[i]) == 0)
			return true;
	for (size_t g = 0; g < COUNT(groups); g++)
		for (size_t i = 0; i < groups[g].count; i++)
			if (strcmp(name, groups[g].rows[i].name) == 0)
				return true;
	return false;
}

/* What wirecheck --list prints; each case begins a line with its name. */
static const char *listed_cases(void)
{
	static struct command listing;

	if (listing.out.length == 0)
		CU_ASSERT_TRUE_FATAL(
			command_run(&listing, LINE(build_path("wirecheck"), "--list"), NULL));
	return buffer_text(&listing.out);
}

/* What is wrong with a case that a row names; NULL: nothing. */
static const char *case_problem(const char *name)
{
	char line[256];

	snprintf(line, sizeof line, "\n%s ", name);
	const char *first = line + 1; /* the list's first line has none before it */
	if (strstr(listed_cases(), line) == NULL &&
		strncmp(listed_cases(), first, strlen(first)) != 0)
		return "there is no such case";
	return has_fault(name) ? NULL : "faulty/rows.h has no fault that it catches";
}

/* The same for a test FILE:NAME; * stands for all of the file's. */
static const char *test_problem(const char *file, const char *name)
{
	struct buffer text;
	char path[256], line[256];

	snprintf(path, sizeof path, "harness/tests/%s", file);
	snprintf(line, sizeof line, "\nTEST(%s)\n", strcmp(name, "*") == 0 ? "" : name);
	read_source(path, &text);
	bool there = strcmp(name, "*") == 0 || strstr(buffer_text(&text), line) != NULL;
	buffer_free(&text);
	return there ? NULL : "there is no such test";
}

static void check_row(char *row)
{
	char *word, *name;

	if (strcmp(row, "free") == 0 || strcmp(row, "says") == 0 || strncmp(row, "none: ", 6) == 0)
		return;
	while ((word = strsep(&row, " ")) != NULL) {
		char whole[256];
		snprintf(whole, sizeof whole, "%s", word);
		name = strchr(word, ':');
		if (name != NULL)
			*name++ = '\0';
		const char *problem = name != NULL ? test_problem(word, name) : case_problem(word);
		if (problem != NULL)
			ASSERT_TEXT(whole, problem);
	}
}

TEST(each_case_and_test_of_a_row_is_there_and_catches_something)
{
	struct buffer table, held_by;
	size_t rows = 0;

	table_sentences(&table, &held_by);
	char *rest = (char *)held_by.data, *row;
	while ((row = strsep(&rest, "\n")) != NULL && *row != '\0') {
		check_row(row);
		rows++;
	}
	CU_ASSERT(rows > 200);
	buffer_free(&table);
	buffer_free(&held_by);
}
