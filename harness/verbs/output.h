/*
 * Verbs about what a program printed; each waits for its end.
 *
 * Of each output 4 MiB are kept. A program that prints more is stopped, and the case is FAIL. This
 * is so for every verb that waits.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_OUTPUT_H
#define WIRECHECK_VERBS_OUTPUT_H

#include "base/bytes.h"
#include "verbs/verb.h"

/* Its standard output is exactly this text; of a program on a terminal, all that this shows. */
void case_expect_output(const struct place *place, struct program *program, const char *text);
#define expect_output(...) VERB(expect_output, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_expect_output_bytes(
	const struct place *place, struct program *program, struct bytes expected);
#define expect_output_bytes(...) VERB(expect_output_bytes, #__VA_ARGS__, __VA_ARGS__)

/* It is one of two texts. */
void case_expect_output_either(
	const struct place *place, struct program *program, const char *text, const char *other);
#define expect_output_either(...) VERB(expect_output_either, #__VA_ARGS__, __VA_ARGS__)

/* It matches a pattern: * stands for any bytes, everything else for itself. */
void case_expect_output_matches(
	const struct place *place, struct program *program, const char *pattern);
#define expect_output_matches(...) VERB(expect_output_matches, #__VA_ARGS__, __VA_ARGS__)

/* Its standard error has this text somewhere; on a terminal, what that shows. */
void case_expect_error(const struct place *place, struct program *program, const char *text);
#define expect_error(...) VERB(expect_error, #__VA_ARGS__, __VA_ARGS__)

/* Its standard error, or what its terminal shows, has this text nowhere. */
void case_expect_error_lacks(const struct place *place, struct program *program, const char *text);
#define expect_error_lacks(...) VERB(expect_error_lacks, #__VA_ARGS__, __VA_ARGS__)

/*
 * Its standard error is exactly this text, or matches a pattern. Not for a program on a terminal,
 * which shows one output.
 */
void case_expect_error_output(const struct place *place, struct program *program, const char *text);
void case_expect_error_matches(
	const struct place *place, struct program *program, const char *pattern);
#define expect_error_output(...)  VERB(expect_error_output, #__VA_ARGS__, __VA_ARGS__)
#define expect_error_matches(...) VERB(expect_error_matches, #__VA_ARGS__, __VA_ARGS__)

/* It printed nothing on standard error. Not for a program on a terminal, which shows one output. */
void case_expect_no_error(const struct place *place, struct program *program);
#define expect_no_error(...) VERB(expect_no_error, #__VA_ARGS__, __VA_ARGS__)

/*
 * What it has printed so far on standard output, or on standard error, up to a NUL. The text lives
 * as long as the case.
 */
const char *case_output_of(const struct program *program);
const char *case_error_output_of(const struct program *program);
#define output_of(...)       case_output_of(__VA_ARGS__)
#define error_output_of(...) case_error_output_of(__VA_ARGS__)

#endif
