/* Every client with every server: which they are, and the table of what came of it. */
#include "command/matrix.h"

#include "kernel/implementation.h"

#include <stdio.h>
#include <string.h>

/* Bytes of a description, which names each cell at most once, by two names and some words. */
#define WHERE_MAXIMUM ((size_t)32 << 10)

/* A name becomes a folder of captures and a part of JUnit's class name; so it has no '/'. */
static bool is_name(const char *text, size_t length)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-.";

	return length > 0 && length <= MATRIX_NAME && *text != '.' &&
	       strspn(text, allowed) >= length;
}

static bool is_taken(const struct matrix *matrix, const char *name)
{
	for (size_t i = 0; i < matrix->count; i++)
		if (strcmp(matrix->members[i].name, name) == 0)
			return true;
	return false;
}

/* Adds one NAME=DIR. */
static bool add_member(struct matrix *matrix, const char *text, size_t length, struct error *error)
{
	struct matrix_member *member = &matrix->members[matrix->count];
	size_t name = strcspn(text, "=");
	char folder[PATH_MAX];

	if (name >= length || name + 1 == length)
		return error_set(error, "--matrix: %.*s is not NAME=DIR", (int)length, text);
	if (!is_name(text, name))
		return error_set(error,
			"--matrix: %.*s is no name: 1 to %d letters, digits, '_', '-' and '.'",
			(int)name, text, MATRIX_NAME);
	if (matrix->count == MATRIX_MAXIMUM)
		return error_set(error, "--matrix: more than %d implementations", MATRIX_MAXIMUM);
	snprintf(member->name, sizeof member->name, "%.*s", (int)name, text);
	if (is_taken(matrix, member->name))
		return error_set(error, "--matrix: two are named %s", member->name);
	if (snprintf(folder, sizeof folder, "%.*s", (int)(length - name - 1), text + name + 1) >=
		(int)sizeof folder)
		return error_set(error, "--matrix: the folder of %s is too long", member->name);
	matrix->count++;
	return implementation_find(folder, member->folder, error);
}

bool matrix_parse(struct matrix *matrix, const char *text, struct error *error)
{
	for (;;) {
		size_t length = strcspn(text, ",");
		if (!add_member(matrix, text, length, error))
			return false;
		if (text[length] == '\0')
			return true;
		text += length + 1;
	}
}

/* The matrix's line that says the same, or a new one; NULL when there is no room for it. */
static struct matrix_line *find_line(struct matrix *matrix, const struct summary_line *line)
{
	for (size_t i = 0; i < matrix->line_count && i < SUMMARY_LINES; i++) {
		struct matrix_line *known = &matrix->lines[i];
		if (known->line.verdict == line->verdict &&
			strcmp(known->line.name, line->name) == 0 &&
			strcmp(known->line.text, line->text) == 0)
			return known;
	}
	if (matrix->line_count++ >= SUMMARY_LINES)
		return NULL;
	struct matrix_line *fresh = &matrix->lines[matrix->line_count - 1];
	*fresh = (struct matrix_line){.line = *line};
	return fresh;
}

void matrix_take(struct matrix *matrix, size_t client, size_t server, const struct tally *tally)
{
	struct matrix_cell *cell = &matrix->cells[client][server];

	cell->ran = true;
	matrix->members[client].asked |= tally->asked[CLIENT];
	matrix->members[client].found |= tally->found[CLIENT];
	matrix->members[server].asked |= tally->asked[SERVER];
	matrix->members[server].found |= tally->found[SERVER];
	memcpy(cell->counts, tally->counts, sizeof cell->counts);
	for (size_t i = 0; i < tally->line_count && i < SUMMARY_LINES; i++) {
		struct matrix_line *line = find_line(matrix, &tally->lines[i]);
		if (line != NULL)
			line->where[client][server] = true;
	}
	if (tally->line_count > SUMMARY_LINES)
		matrix->line_count += tally->line_count - SUMMARY_LINES;
}

/* Whether each cell of a client's row is marked, or with SERVER each cell of a server's column. */
static bool is_whole(const struct matrix *matrix, const bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM],
	size_t index, enum side side)
{
	for (size_t other = 0; other < matrix->count; other++)
		if (!(side == CLIENT ? where[index][other] : where[other][index]))
			return false;
	return true;
}

static void separate(struct buffer *out, size_t begun)
{
	if (out->length > begun)
		buffer_printf(out, "; ");
}

/* Appends the cells that are in no whole row and in no whole column. */
static void describe_rest(const struct matrix *matrix,
	const bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM], struct buffer *out, size_t begun)
{
	for (size_t client = 0; client < matrix->count; client++)
		for (size_t server = 0; server < matrix->count; server++) {
			if (!where[client][server] || is_whole(matrix, where, client, CLIENT) ||
				is_whole(matrix, where, server, SERVER))
				continue;
			separate(out, begun);
			buffer_printf(out, "client %s, server %s", matrix->members[client].name,
				matrix->members[server].name);
		}
}

void matrix_describe(const struct matrix *matrix, const bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM],
	struct buffer *out)
{
	size_t begun = out->length, whole = 0;

	for (size_t i = 0; i < matrix->count; i++)
		whole += is_whole(matrix, where, i, CLIENT);
	if (whole == matrix->count)
		return;
	for (size_t i = 0; i < matrix->count; i++)
		if (is_whole(matrix, where, i, SERVER)) {
			separate(out, begun);
			buffer_printf(out, "server %s with every client", matrix->members[i].name);
		}
	for (size_t i = 0; i < matrix->count; i++)
		if (is_whole(matrix, where, i, CLIENT)) {
			separate(out, begun);
			buffer_printf(out, "client %s with every server", matrix->members[i].name);
		}
	describe_rest(matrix, where, out, begun);
}

const char *matrix_cell_text(const struct matrix_cell *cell, char out[MATRIX_CELL_TEXT])
{
	const size_t *counts = cell->counts;

	if (cell->ran)
		snprintf(out, MATRIX_CELL_TEXT, "%zu/%zu/%zu/%zu", counts[PASS], counts[FAIL],
			counts[BROKEN], counts[SKIP]);
	else
		snprintf(out, MATRIX_CELL_TEXT, "-");
	return out;
}

static void widen(int *width, const char *text)
{
	if ((int)strlen(text) > *width)
		*width = (int)strlen(text);
}

static int width_of_column(const struct matrix *matrix, size_t server)
{
	char text[MATRIX_CELL_TEXT];
	int width = (int)strlen(matrix->members[server].name);

	for (size_t client = 0; client < matrix->count; client++) {
		widen(&width, matrix_cell_text(&matrix->cells[client][server], text));
	}
	return width;
}

static void show_row(FILE *out, const struct matrix *matrix, size_t client)
{
	char text[MATRIX_CELL_TEXT];

	for (size_t server = 0; server < matrix->count; server++) {
		bool last = server + 1 == matrix->count;
		fprintf(out, "  %-*s", last ? 0 : width_of_column(matrix, server),
			matrix_cell_text(&matrix->cells[client][server], text));
	}
	fprintf(out, "\n");
}

static void show_table(FILE *out, const struct matrix *matrix)
{
	static const char corner[] = "client \\ server";
	int width = sizeof corner - 1;

	for (size_t i = 0; i < matrix->count; i++)
		widen(&width, matrix->members[i].name);
	fprintf(out, "passed/failed/broken/skipped\n%-*s", width, corner);
	for (size_t i = 0; i < matrix->count; i++)
		fprintf(out, "  %-*s", i + 1 == matrix->count ? 0 : width_of_column(matrix, i),
			matrix->members[i].name);
	fprintf(out, "\n");
	for (size_t i = 0; i < matrix->count; i++) {
		fprintf(out, "%-*s", width, matrix->members[i].name);
		show_row(out, matrix, i);
	}
}

static void show_line(FILE *out, const struct matrix *matrix, const struct matrix_line *line)
{
	struct buffer where;

	buffer_init(&where, WHERE_MAXIMUM);
	matrix_describe(matrix, line->where, &where);
	fprintf(out, "%s %s", tally_word(line->line.verdict), line->line.name);
	if (where.length > 0)
		fprintf(out, " (%s)", buffer_text(&where));
	fprintf(out, "%s\n", line->line.text);
	buffer_free(&where);
}

void matrix_show(FILE *out, const struct matrix *matrix)
{
	show_table(out, matrix);
	for (enum verdict verdict = FAIL; verdict <= SKIP; verdict++)
		for (size_t i = 0; i < matrix->line_count && i < SUMMARY_LINES; i++)
			if (matrix->lines[i].line.verdict == verdict)
				show_line(out, matrix, &matrix->lines[i]);
	if (matrix->line_count > SUMMARY_LINES)
		fprintf(out, "and %zu more\n", matrix->line_count - SUMMARY_LINES);
}
