/* The last verdict of each case, kept between runs in a file of the captures folder. */
#ifndef WIRECHECK_VERDICTS_H
#define WIRECHECK_VERDICTS_H

#include "base/error.h"
#include "base/results.h"

#include <stdbool.h>
#include <stddef.h>

/* The file's name in the captures folder. A line of it: a case's name, a tab, its verdict. */
#define VERDICTS_FILE "verdicts.tsv"

struct verdict_line {
	char *name;
	enum verdict verdict;
};

/* One a case. Zeroed it is empty; freed by verdicts_free. */
struct verdicts {
	struct verdict_line *list;
	size_t count, capacity;
};

/* Sets a case's verdict. False: no memory. */
bool verdicts_set(struct verdicts *verdicts, const char *name, enum verdict verdict);

/* A case's verdict; PENDING when it has none. */
enum verdict verdicts_find(const struct verdicts *verdicts, const char *name);

/* Adds what the file in the folder has; none is no error. Lines that are no verdict are left out.
 */
bool verdicts_read(struct verdicts *verdicts, const char *folder, struct error *error);

/* Puts these over what the folder's file has. It appears whole, and waits for another's turn. */
bool verdicts_keep(const struct verdicts *verdicts, const char *folder, struct error *error);

void verdicts_free(struct verdicts *verdicts);

#endif
