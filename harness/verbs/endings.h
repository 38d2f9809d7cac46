/* Verbs about how a program ends; each waits for its end. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_ENDINGS_H
#define WIRECHECK_VERBS_ENDINGS_H

#include "verbs/verb.h"

/* It exits with this status. */
void case_expect_exit(const struct place *place, struct program *program, int status);
#define expect_exit(...) VERB(expect_exit, #__VA_ARGS__, __VA_ARGS__)

/* This signal ends it. */
void case_expect_killed(const struct place *place, struct program *program, int number);
#define expect_killed(...) VERB(expect_killed, #__VA_ARGS__, __VA_ARGS__)

#endif
