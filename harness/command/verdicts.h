/*
 * The last verdict of each case, kept between runs in a file of the captures folder.
 * Tested by test_clauses.c.
 */
#ifndef WIRECHECK_VERDICTS_H
#define WIRECHECK_VERDICTS_H

#include "base/error.h"
#include "base/results.h"

#include <stdbool.h>
#include <stddef.h>

/* The file's name in the captures folder. Each line has a case's name, a tab and its verdict. */
#define VERDICTS_FILE "verdicts.tsv"

struct verdict_line {
	char *name;
	enum verdict verdict;
};

/* One line for each case. Zeroed it is empty; freed by verdicts_free. */
struct verdicts {
	struct verdict_line *list;
	size_t count, capacity;
};

/* Sets the verdict of a case. False when there is no memory. */
bool verdicts_set(struct verdicts *verdicts, const char *name, enum verdict verdict);

/* The verdict of a case; PENDING when it has none. */
enum verdict verdicts_find(const struct verdicts *verdicts, const char *name);

/*
 * Adds the verdicts of the file in the folder. It is no error when there is no such file. Lines
 * that have no verdict are left out.
 */
bool verdicts_read(struct verdicts *verdicts, const char *folder, struct error *error);

/*
 * Writes these verdicts into the file in the folder, which keeps those of other cases. Whoever
 * reads it finds all of the old file or all of the new one. Two that write at once take turns.
 */
bool verdicts_keep(const struct verdicts *verdicts, const char *folder, struct error *error);

void verdicts_free(struct verdicts *verdicts);

#endif
