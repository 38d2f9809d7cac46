/* Patterns: texts in which each * stands for any bytes. */
#ifndef WIRECHECK_PATTERN_H
#define WIRECHECK_PATTERN_H

#include "base/buffer.h"

#include <stdbool.h>

/*
 * Whether the whole value matches a pattern. Each * in the pattern stands for any number of any
 * bytes, also for none, and also for NULs. All other bytes stand for themselves. Neither length has
 * a limit. If the value does not match, appends the reason and a newline.
 */
bool pattern_matches(struct buffer *why, const char *pattern, struct bytes value);

/* Appends two lines: the pattern as what was expected, and the value as what was found. */
void pattern_describe(struct buffer *out, const char *pattern, struct bytes value);

/*
 * For bytes that come one after the other: how a pattern fares with what came so far.
 * MATCH_COMPLETE: a beginning of `length` bytes matches, and no shorter one does. MATCH_SO_FAR: the
 * same, and the pattern ends with *, so that all that follows matches, too.
 */
enum match { MATCH_NEVER, MATCH_NOT_YET, MATCH_SO_FAR, MATCH_COMPLETE };
enum match pattern_beginning(const char *pattern, struct bytes value, size_t *length);

#endif
