/*
 * Programs by others, and ways to write a case, about which an untrue word is easily said: each
 * case of cases/stranger has its verdict, and a failure says what its opening comment asks for:
 *
 *	FAIL: what is wrong.
 *	says "a text of the failure"
 *	lacks "a text that must not be there"
 */
#include "selftest.h"
#include "unit.h"

#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_MAXIMUM ((size_t)8 << 20)

/* Each case runs so often, side by side with all the others. */
#define RUNS "3"

/* The opening comment of a case's file. */
static void read_comment(const char *path, char *out, size_t size)
{
	FILE *file = fopen(path, "re");

	CU_ASSERT_PTR_NOT_NULL_FATAL(file);
	size_t length = fread(out, 1, size - 1, file);
	fclose(file);
	out[length] = '\0';
	char *end = strstr(out, "*/");
	CU_ASSERT_PTR_NOT_NULL_FATAL(end);
	*end = '\0';
}

/* All that the cases print. The limit of a wait is long for those that pass. */
static const char *run_all(void)
{
	static struct buffer all;
	const char *const arguments[] = {build_path("harness/tests/selftest"), "--impl",
		build_path("harness/tests/programs"), "--captures", ground_path("captures"),
		"--timeout", "5", "--repeat", RUNS, "stranger/*", NULL};
	struct command command;

	if (all.length > 0)
		return buffer_text(&all);
	buffer_init(&all, TEXT_MAXIMUM);
	CU_ASSERT_TRUE_FATAL(command_run(&command, arguments, NULL));
	CU_ASSERT_FALSE(command.timed_out);
	ASSERT_TEXT(buffer_text(&command.err), "");
	buffer_append(&all, buffer_text(&command.out), command.out.length);
	command_free(&command);
	return buffer_text(&all);
}

/*
 * Appends what was printed of a case: each heading "FAIL stranger/name", of one run or of all, and
 * the lines that are indented under it. Returns how many headings had this verdict.
 */
static size_t find_case(const char *verdict, const char *name, struct buffer *out)
{
	const char *all = run_all();
	char heading[PATH_MAX];
	bool inside = false;
	size_t count = 0;
	int length = snprintf(heading, sizeof heading, "%s %s", verdict, name);

	while (*all != '\0') {
		size_t line = strcspn(all, "\n");
		bool named = strncmp(all, heading, (size_t)length) == 0 &&
			     (all[length] == '\n' || all[length] == ' ');
		count += named;
		if (*all != ' ')
			inside = named;
		if (inside)
			buffer_printf(out, "%.*s\n", (int)line, all);
		all += line + (all[line] == '\n');
	}
	return count;
}

/* Whether a text is somewhere in what each run said. */
static void check_text(const char *name, const struct buffer *found, const char *text, bool wanted)
{
	size_t count = 0;

	for (const char *at = buffer_text(found); (at = strstr(at, text)) != NULL; at++)
		count++;
	if (wanted ? count < strtoul(RUNS, NULL, 10) : count > 0) {
		printf("%s: %s\"%s\"\n%s", name, wanted ? "" : "not ", text, buffer_text(found));
		ASSERT_TEXT(name, wanted ? "says it in each run" : "lacks it");
	}
}

/* Takes each `says "TEXT"` or `lacks "TEXT"` of the comment; a text ends with its line. */
static void check_texts(
	const char *name, const struct buffer *found, char *comment, const char *word, bool wanted)
{
	for (char *at = comment; (at = strstr(at, word)) != NULL;) {
		char text[512];
		at += strlen(word);
		snprintf(text, sizeof text, "%.*s", (int)strcspn(at, "\n"), at);
		char *quote = strrchr(text, '"');
		CU_ASSERT_PTR_NOT_NULL_FATAL(quote);
		*quote = '\0';
		check_text(name, found, text, wanted);
	}
}

/* Whether it asks for what is not in every kernel, and not in this one. */
static bool kernel_lacks(const char *name)
{
	char line[PATH_MAX + 64];

	snprintf(line, sizeof line, "\nskipped %s: " RUNS " of " RUNS " runs: this kernel has no ",
		name);
	return strstr(run_all(), line) != NULL;
}

static void check_case(const char *path)
{
	static const char *const verdicts[] = {"PASS", "FAIL", "BROKEN", "SKIP"};
	char comment[8192], name[PATH_MAX];
	struct buffer found;
	const char *expected = NULL;

	read_comment(path, comment, sizeof comment);
	const char *first = comment + strspn(comment, "/* \n");
	for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
		if (strncmp(first, verdicts[i], strlen(verdicts[i])) == 0)
			expected = verdicts[i];
	CU_ASSERT_PTR_NOT_NULL_FATAL(expected);
	snprintf(name, sizeof name, "stranger/%s", strrchr(path, '/') + 1);
	name[strlen(name) - strlen(".c")] = '\0';
	if (kernel_lacks(name))
		return;
	buffer_init(&found, TEXT_MAXIMUM);
	/* Runs that passed, or were skipped, have one heading for all of them. */
	bool one = strcmp(expected, "PASS") == 0 || strcmp(expected, "SKIP") == 0;
	size_t count = find_case(expected, name, &found);
	if (count != (one ? 1 : strtoul(RUNS, NULL, 10))) {
		for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
			find_case(verdicts[i], name, &found);
		printf("%s", buffer_text(&found));
		ASSERT_TEXT(name, expected);
	}
	check_texts(name, &found, comment, "says \"", true);
	check_texts(name, &found, comment, "lacks \"", false);
	buffer_free(&found);
}

TEST(each_case_has_the_verdict_that_its_comment_names)
{
	char pattern[PATH_MAX], why[512];
	glob_t files;

	if (!sandboxes_possible(why))
		SKIP_TEST("%s", why);
	CU_ASSERT_TRUE_FATAL(ground_make());
	snprintf(pattern, sizeof pattern, "%s/harness/tests/cases/stranger/*.c", source_folder());
	CU_ASSERT_EQUAL_FATAL(glob(pattern, 0, NULL, &files), 0);
	for (size_t i = 0; i < files.gl_pathc; i++)
		check_case(files.gl_pathv[i]);
	globfree(&files);
	ground_remove();
}
