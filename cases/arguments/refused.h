/* What cases/arguments share: bad arguments are refused by exit status 2, and nothing is done. */
#ifndef CASES_ARGUMENTS_REFUSED_H
#define CASES_ARGUMENTS_REFUSED_H

#include "wirecheck.h"

/* The program says how it is used, and does nothing. */
#define refused(...)                                        \
	do {                                                \
		struct program *wrong = start(__VA_ARGS__); \
		until_given_up(wrong);                      \
		expect_exit(wrong, 2);                      \
		expect_error(wrong, "usage");               \
		expect_output(wrong, "");                   \
	} while (0)

#endif
