/* Writes verdicts as the JUnit XML that CI systems read: a testsuite a run, a testcase a verdict.
 */
#ifndef WIRECHECK_JUNIT_H
#define WIRECHECK_JUNIT_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/results.h"

#include <stdbool.h>
#include <stdio.h>

/* One verdict. Strings are the caller's; bytes that XML cannot hold become U+FFFD. */
struct junit_case {
	const char *classname; /* wirecheck; in a matrix wirecheck.CLIENT.SERVER */
	const char *name;      /* tcp/hello */
	const char *file;      /* cases/tcp/hello.c */
	unsigned run;          /* counted from 1; later ones are told in the name */
	enum verdict verdict;  /* FAIL: failure; BROKEN: error; SKIP: skipped */
	double seconds;
	const char *message; /* one line; of a case that passed not used, nor is the text */
	const char *text;
};

/* Its file and its spool are the structure's until junit_close. */
struct junit {
	FILE *file;
	FILE *spool; /* the testcases of the suite at work: their counts stand before them */
	size_t counts[SKIP + 1];
	bool failed; /* something could not be written */
};

/* Begins the document. Takes the file over, also when it fails: no spool could be made. */
bool junit_open(struct junit *junit, FILE *file, struct error *error);

void junit_suite_begin(struct junit *junit);
void junit_add(struct junit *junit, const struct junit_case *verdict);

/* Writes the suite with its counts and all that was added since it began. */
void junit_suite_end(struct junit *junit, const char *name, double seconds);

/* Ends the document and closes it. False when a part of it could not be written. */
bool junit_close(struct junit *junit);

/* Appends text as XML 1.0 has it (2.2, 2.4), fit for an attribute's value too. */
void junit_escape(struct buffer *out, struct bytes text);

/* Appends the testcase. */
void junit_testcase(struct buffer *out, const struct junit_case *verdict);

#endif
