/* The suite: the cases that registered themselves. */
#ifndef WIRECHECK_SUITE_H
#define WIRECHECK_SUITE_H

#include "base/case_info.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * All cases that registered themselves (CASE in wirecheck.h), sorted by name; `count` of them. The
 * list belongs to the suite. False when two have the same name, or there was no memory.
 */
bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error);

#endif
