/* Verbs about figures that the case itself has found. */
#ifndef WIRECHECK_VERBS_FIGURES_H
#define WIRECHECK_VERBS_FIGURES_H

#include "verbs/verb.h"

#include <stdint.h>

/* A figure, which the case has counted itself, is from `low` to `high`. */
void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high);
#define expect_within(figure, low, high) \
	VERB(expect_within, #figure ", " #low ", " #high, #figure, (int64_t)(figure), low, high)

/* Keeps a figure, as printf(3) makes it: for the output under -v and the capture's comment. */
void case_record(const struct place *place, const char *text);
#define record(...) VERB(record, #__VA_ARGS__, case_format(__VA_ARGS__))

#endif
