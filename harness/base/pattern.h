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

#endif
