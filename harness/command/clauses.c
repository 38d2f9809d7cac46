/* For each clause, the cases that name it and their last verdict. */
#include "command/clauses.h"

#include "base/array.h"
#include "base/cut.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of a clause; a longer one is cut. */
#define CLAUSE_SIZE 256

static size_t words_length(const char *text, int words)
{
	size_t length = 0;

	for (; words > 0 && text[length] != '\0'; words--) {
		length += strspn(text + length, " ");
		length += strcspn(text + length, " ");
	}
	return length;
}

static bool is_rfc(const char *clause)
{
	return strncmp(clause, "RFC ", 4) == 0;
}

/*
 * How much of the clause before belongs to this place, too: the source, or the source and its
 * section.
 */
static size_t shared_length(const char *before, const char *place)
{
	if (!is_rfc(before))
		return words_length(before, 1);
	return words_length(before, isdigit((unsigned char)*place) ? 2 : 3);
}

/*
 * Copies the text up to a character of `ends`, without the spaces around it. Returns the length of
 * all that it passed over.
 */
static size_t next_part(const char *text, const char *ends, char out[CLAUSE_SIZE])
{
	size_t skipped = strspn(text, " ");
	size_t length = strcspn(text + skipped, ends), kept = length;

	while (kept > 0 && text[skipped + kept - 1] == ' ')
		kept--;
	cut_print(out, CLAUSE_SIZE, "%.*s", (int)kept, text + skipped);
	return skipped + length;
}

void clauses_split(
	const char *text, void (*take)(void *argument, const char *clause), void *argument)
{
	char place[CLAUSE_SIZE], clause[2 * CLAUSE_SIZE] = "";

	while (*text != '\0') {
		text += next_part(text, ",;", place);
		bool continues = *clause != '\0';
		size_t shared = continues ? shared_length(clause, place) : 0;
		snprintf(clause + shared, sizeof clause - shared, "%s%s", continues ? " " : "",
			place);
		if (*place != '\0')
			take(argument, clause);
		if (*text == ';')
			clause[0] = '\0';
		text += *text != '\0';
	}
}

struct line {
	char *clause;
	const struct case_info *info;
};

struct lines {
	struct line *list;
	size_t count, capacity;
	const struct case_info *info; /* the case whose clauses are being added */
	bool failed;                  /* there was no memory */
};

static void add_line(void *argument, const char *clause)
{
	struct lines *lines = argument;
	struct line *larger =
		array_grow(lines->list, &lines->capacity, lines->count, sizeof *larger);
	char *copy = strdup(clause);

	if (larger != NULL)
		lines->list = larger;
	if (larger == NULL || copy == NULL) {
		lines->failed = true;
		free(copy);
		return;
	}
	larger[lines->count++] = (struct line){.clause = copy, .info = lines->info};
}

/* RFC 768 comes before RFC 9293, and 3.6 before 3.10. */
static int by_clause(const void *a, const void *b)
{
	const struct line *left = a, *right = b;
	int order = strverscmp(left->clause, right->clause);

	return order != 0 ? order : strcmp(left->info->name, right->info->name);
}

static void print_lines(FILE *out, const struct lines *lines, const struct verdicts *verdicts)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct line *line = &lines->list[i];
		enum verdict verdict = verdicts_find(verdicts, line->info->name);
		if (i == 0 || strcmp(line->clause, line[-1].clause) != 0)
			fprintf(out, "%s\n", line->clause);
		fprintf(out, "  %-7s  %s\n", verdict == PENDING ? "not run" : verdict_name(verdict),
			line->info->name);
	}
}

bool clauses_print(FILE *out, const struct case_info *const cases[], size_t count,
	const struct verdicts *verdicts)
{
	struct lines lines = {0};

	for (size_t i = 0; i < count; i++) {
		lines.info = cases[i];
		clauses_split(cases[i]->clause, add_line, &lines);
	}
	if (lines.count > 0)
		qsort(lines.list, lines.count, sizeof *lines.list, by_clause);
	if (!lines.failed)
		print_lines(out, &lines, verdicts);
	for (size_t i = 0; i < lines.count; i++)
		free(lines.list[i].clause);
	free(lines.list);
	return !lines.failed;
}
