/* The register of cases, as the command reads it; wirecheck.h does not hand it to cases. */
#ifndef WIRECHECK_CASE_REGISTER_H
#define WIRECHECK_CASE_REGISTER_H

#include "base/case_info.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * All cases that were declared, in no order; `count` of them. The list is the register's, and the
 * caller may sort it. False when there was no memory for one.
 */
bool cases_declared(const struct case_info ***cases, size_t *count);

#endif
