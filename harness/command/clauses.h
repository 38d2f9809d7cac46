/* For each clause, the cases that name it and their last verdict. */
#ifndef WIRECHECK_CLAUSES_H
#define WIRECHECK_CLAUSES_H

#include "base/case_info.h"
#include "command/verdicts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Calls `take` with each clause that the text of a case names. In the text semicolons separate
 * sources, and commas separate places in one source. Each clause is handed over with its source:
 * for "RFC 9293 3.6, 3.7.4 MUST-17, SHLD-7; recv(2)" these are "RFC 9293 3.6", "RFC 9293 3.7.4
 * MUST-17", "RFC 9293 3.7.4 SHLD-7" and "recv(2)".
 */
void clauses_split(
	const char *text, void (*take)(void *argument, const char *clause), void *argument);

/* Prints each clause with its cases, sorted by clause. False when there was no memory. */
bool clauses_print(FILE *out, const struct case_info *const cases[], size_t count,
	const struct verdicts *verdicts);

#endif
