/* What a case needs of the machine that it runs on. Tested by test_case.c. */
#ifndef WIRECHECK_NEEDS_H
#define WIRECHECK_NEEDS_H

#include "base/case_info.h"
#include "kernel/tools.h"

/*
 * Ends the running case as SKIP when the machine lacks what the case declares that it needs; as
 * BROKEN when that is written wrong.
 */
void must_have_needs(const struct case_info *info);

/* Ends the running case because tool_find has not found a tool. */
_Noreturn void tool_is_missing(const struct tool *tool);

#endif
