/* Whether a program has come to its end by itself. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_ENDED_BY_ITSELF_H
#define WIRECHECK_ENDED_BY_ITSELF_H

#include "kernel/program.h"

#include <stdbool.h>

/*
 * To be called after a wait for the program's end. False, and a failure is recorded, when it is
 * still running, or when the harness stopped it because it printed too much.
 */
bool ended_by_itself(struct program *program);

#endif
