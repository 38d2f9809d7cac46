/* Every client with every server: which they are, and the table of what came of it. */
#ifndef WIRECHECK_MATRIX_H
#define WIRECHECK_MATRIX_H

#include "base/error.h"
#include "command/tally.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define MATRIX_MAXIMUM 16 /* implementations */
#define MATRIX_NAME    32 /* bytes of a name */

struct matrix_member {
	char name[MATRIX_NAME + 1]; /* letters, digits, '_', '-' and '.' */
	char folder[PATH_MAX];      /* absolute */
	bool asked, found;          /* cases asked for programs of it; one of them was there */
};

/* One client with one server. */
struct matrix_cell {
	bool ran;
	size_t counts[SKIP + 1]; /* runs, by enum verdict */
};

/* A line of the summary, and in which cells it is one. */
struct matrix_line {
	struct summary_line line;
	bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM]; /* by client and server */
};

/* Large: not for the stack. */
struct matrix {
	struct matrix_member members[MATRIX_MAXIMUM];
	size_t count;
	struct matrix_cell cells[MATRIX_MAXIMUM][MATRIX_MAXIMUM]; /* by client and server */
	struct matrix_line lines[SUMMARY_LINES];
	size_t line_count; /* those that found no room are counted too */
};

/* Reads NAME=DIR,NAME=DIR,... into an empty matrix. False with an error that says what is wrong. */
bool matrix_parse(struct matrix *matrix, const char *text, struct error *error);

/* Takes in what came of a cell whose runs are all over. */
void matrix_take(struct matrix *matrix, size_t client, size_t server, const struct tally *tally);

/* Writes a cell's counts, "7/1/0/0"; "-" of a cell that was not run. Returns `out`. */
#define MATRIX_CELL_TEXT 96
const char *matrix_cell_text(const struct matrix_cell *cell, char out[MATRIX_CELL_TEXT]);

/*
 * Appends which cells a line is of. Every cell: nothing. Otherwise whole columns ("server sh with
 * every client"), whole rows, and the cells that are left ("client c, server sh").
 */
void matrix_describe(const struct matrix *matrix, const bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM],
	struct buffer *out);

/* Writes the table, and below it a line for each case and each way in which it did not pass. */
void matrix_show(FILE *out, const struct matrix *matrix);

#endif
