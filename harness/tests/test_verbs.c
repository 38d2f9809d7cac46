/* The verbs: each is called by a case, begins once, and is made of no other. */
#include "command.h"
#include "unit.h"

#include "base/buffer.h"

#include <ctype.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAXIMUM  ((size_t)8 << 20)
#define VERBS_MAXIMUM 400

/* The names of all verbs, which are the macros with small letters. */
static char verbs[VERBS_MAXIMUM][64];
static size_t verb_count;

/* What the files of a walk say, one after the other. */
static struct buffer texts;

static const char *wanted_end;

static int add_file(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	size_t length = strlen(path);

	(void)status;
	(void)walk;
	if (type == FTW_F && strcmp(path + length - 2, wanted_end) == 0)
		CU_ASSERT_TRUE(read_file(path, &texts));
	return 0;
}

static void add_folder(const char *folder, const char *end)
{
	char path[8192];

	wanted_end = end;
	snprintf(path, sizeof path, "%s/%s", source_folder(), folder);
	CU_ASSERT_EQUAL(nftw(path, add_file, 8, FTW_PHYS), 0);
}

static bool is_part_of_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The next place from `text` on where a name stands by itself and has an opening bracket; or NULL.
 */
static const char *find_call(const char *text, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = text; (at = strstr(at, name)) != NULL; at++)
		if ((at == text || !is_part_of_name(at[-1])) && at[length] == '(')
			return at;
	return NULL;
}

/* Calls for each macro that a header defines, with its name and all of its lines. */
static void each_macro(void (*take)(const char *name, const char *lines))
{
	char name[64];

	for (const char *at = buffer_text(&texts); (at = strstr(at, "\n#define ")) != NULL;) {
		at += strlen("\n#define ");
		if (sscanf(at, "%63[a-zA-Z0-9_](", name) != 1)
			continue;
		const char *end = strchr(at, '\n');
		while (end != NULL && end[-1] == '\\')
			end = strchr(end + 1, '\n');
		char *lines = strndup(at, end != NULL ? (size_t)(end - at) : strlen(at));
		CU_ASSERT_PTR_NOT_NULL_FATAL(lines);
		if (islower((unsigned char)name[0]))
			take(name, lines);
		free(lines);
	}
}

static void add_verb(const char *name, const char *lines)
{
	(void)lines;
	CU_ASSERT_FATAL(verb_count < VERBS_MAXIMUM);
	snprintf(verbs[verb_count++], sizeof verbs[0], "%s", name);
}

static void read_headers(void)
{
	buffer_init(&texts, TEXT_MAXIMUM);
	add_folder("harness/verbs", ".h");
	verb_count = 0;
	each_macro(add_verb);
	CU_ASSERT(verb_count > 120);
}

TEST(each_verb_is_called_by_a_case)
{
	read_headers();
	buffer_clear(&texts);
	add_folder("cases", ".c");
	add_folder("harness/tests/cases", ".c");
	for (size_t i = 0; i < verb_count; i++)
		if (find_call(buffer_text(&texts), verbs[i]) == NULL)
			ASSERT_TEXT(verbs[i], "is called by a case");
	buffer_free(&texts);
}

/* A case that undefines the other verb for a name of its own would call that. */
static void check_macro(const char *name, const char *lines)
{
	for (size_t i = 0; i < verb_count; i++)
		if (strcmp(verbs[i], name) != 0 && find_call(lines, verbs[i]) != NULL)
			ASSERT_TEXT(name, verbs[i]);
}

TEST(no_verb_is_made_of_another)
{
	read_headers();
	each_macro(check_macro);
	buffer_free(&texts);
}

/*
 * Of a function in a file of verbs: its head up to the brace, and its body. A helper begins a verb
 * only to end the case.
 */
static void check_begin(const char *head, const char *body)
{
	const char *begin = strstr(body, "context_at(");
	bool is_verb = strstr(head, "case_") != NULL || strstr(head, "_Noreturn") != NULL;

	if (begin == NULL)
		return;
	if (!is_verb || strstr(begin + 1, "context_at(") != NULL)
		ASSERT_TEXT(head, "a verb, and no helper of one, begins once");
}

/* Calls check_begin for each function of `texts`; returns how many there are. */
static size_t check_functions(void)
{
	size_t count = 0;

	char *const all = (char *)texts.data;

	for (char *at = all; (at = strstr(at, "\n{\n")) != NULL; count++) {
		char *end = strstr(at, "\n}\n"), *head = at;
		CU_ASSERT_PTR_NOT_NULL_FATAL(end);
		while (head > all && strncmp(head, "\n\n", 2) != 0)
			head--;
		*at = *end = '\0';
		check_begin(head + 2, at + 1);
		at = end + 1;
	}
	return count;
}

/* The iterations of a line in a loop are counted by it. */
TEST(a_verb_says_once_that_it_begins)
{
	buffer_init(&texts, TEXT_MAXIMUM);
	add_folder("harness/verbs", ".c");
	CU_ASSERT(check_functions() > 300);
	buffer_free(&texts);
}
