/* JUnit XML: the pieces of one testcase. */
#ifndef WIRECHECK_JUNIT_H
#define WIRECHECK_JUNIT_H

#include "base/buffer.h"
#include "base/results.h"

/* One verdict. Strings are the caller's; bytes that XML cannot hold become U+FFFD. */
struct junit_case {
	const char *classname; /* wirecheck; in a matrix wirecheck.CLIENT.SERVER */
	const char *name;      /* tcp/hello */
	const char *file;      /* cases/tcp/hello.c */
	unsigned run;          /* counted from 1; the name says which, after the first */
	enum verdict verdict;  /* FAIL: failure; BROKEN: error; SKIP: skipped */
	double seconds;
	const char *message; /* one line; not used for a PASS */
	const char *text;    /* of FAIL and BROKEN */
};

/* Appends text as XML 1.0 has it (2.2, 2.4), fit for an attribute's value too. */
void junit_escape(struct buffer *out, struct bytes text);

/* Appends the testcase. */
void junit_testcase(struct buffer *out, const struct junit_case *verdict);

#endif
