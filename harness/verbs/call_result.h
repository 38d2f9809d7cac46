/*
 * What a call on a socket of the case came to, as a text and as a verdict.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_CALL_RESULT_H
#define WIRECHECK_CALL_RESULT_H

#include "base/results.h"

/* "ECONNREFUSED (Connection refused)" of what a call returned (endpoint.h). */
const char *call_result_text(int result);

/*
 * The verdict of a call on the case's own socket that failed. FAIL: its peer did that, or has the
 * address. SKIP: this machine forbids the call. BROKEN: all else.
 */
enum verdict call_result_verdict(int result);

/* Ends the case with that verdict unless the call succeeded. */
void must_succeed(const char *call, int result);

#endif
