/* The suite: all cases that were declared, by name. Tested by test_command.c. */
#ifndef WIRECHECK_SUITE_H
#define WIRECHECK_SUITE_H

#include "base/case_info.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * All cases that were declared (verbs/case.h), sorted by name; `count` of them. The list is static.
 * False when two have the same name, or there was no memory.
 */
bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error);

#endif
