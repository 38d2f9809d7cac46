/* Every client against every server: the implementations, and the table of what came of it. */
#ifndef WIRECHECK_MATRIX_H
#define WIRECHECK_MATRIX_H

#include "base/error.h"
#include "command/progress.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#define MATRIX_MAXIMUM 16 /* implementations */
#define MATRIX_NAME    32 /* bytes of a name */

struct matrix_member {
	char name[MATRIX_NAME + 1]; /* letters, digits, '_', '-' and '.' */
	char folder[PATH_MAX];      /* absolute */
	bool asked, found;          /* cases asked for programs of it; at least one was there */
};

/* One client with one server. */
struct matrix_cell {
	bool ran;
	size_t counts[SKIP + 1]; /* runs, by enum verdict */
};

/* What was noted of a case, and in which cells. */
struct matrix_note {
	struct progress_note note;
	bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM]; /* by client and server */
};

/* Large: not for the stack. */
struct matrix {
	struct matrix_member members[MATRIX_MAXIMUM];
	size_t count;
	struct matrix_cell cells[MATRIX_MAXIMUM][MATRIX_MAXIMUM]; /* by client and server */
	struct matrix_note notes[NOTES_SHOWN];
	size_t note_count; /* those that found no room counted too */
};

/* Reads NAME=DIR,NAME=DIR,... into an empty matrix. The error says what is wrong with it. */
bool matrix_parse(struct matrix *matrix, const char *text, struct error *error);

/* Takes in what came of a cell, all of whose runs are over. */
void matrix_take(
	struct matrix *matrix, size_t client, size_t server, const struct progress *progress);

/* Runs of one verdict in all cells. */
size_t matrix_total(const struct matrix *matrix, enum verdict verdict);

/*
 * Appends where something was noted: "" for every cell, otherwise whole columns ("server sh with
 * every client"), whole rows, and the cells that are left ("client c, server sh").
 */
void matrix_describe(const struct matrix *matrix, const bool where[MATRIX_MAXIMUM][MATRIX_MAXIMUM],
	struct buffer *out);

/* Prints the table, and below it a line for each case and each way that it did not pass. */
void matrix_show(const struct matrix *matrix);

#endif
