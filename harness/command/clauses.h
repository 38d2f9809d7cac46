/* Clause by clause, the cases that stand on it and their last verdict. */
#ifndef WIRECHECK_CLAUSES_H
#define WIRECHECK_CLAUSES_H

#include "base/case_info.h"
#include "command/verdicts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Hands over each clause that a case names: sources are apart by semicolons, places in one source
 * by commas, and each is handed over whole: of "RFC 9293 3.6, 3.7.4 MUST-17, SHLD-7; recv(2)" come
 * "RFC 9293 3.6", "RFC 9293 3.7.4 MUST-17", "RFC 9293 3.7.4 SHLD-7" and "recv(2)".
 */
void clauses_split(
	const char *text, void (*take)(void *argument, const char *clause), void *argument);

/* Prints them, sorted by clause. False when memory ran out. */
bool clauses_print(FILE *out, const struct case_info *const cases[], size_t count,
	const struct verdicts *verdicts);

#endif
