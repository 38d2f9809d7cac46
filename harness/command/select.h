/* Which cases are run: names and globs, and what was meant by a name that is none. */
#ifndef WIRECHECK_SELECT_H
#define WIRECHECK_SELECT_H

#include "base/buffer.h"
#include "base/case_info.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Picks from `cases` those that a pattern names (fnmatch(3); * matches / too), in the order of the
 * patterns and each once; without patterns all. `picked` has room for all. Returns how many, or
 * -1 when a pattern matches none, or there is none: then `complaint` has its name and the nearest
 * ones.
 */
long select_cases(const struct case_info *const cases[], size_t count, char *const patterns[],
	const struct case_info *picked[], struct buffer *complaint);

/* Puts the cases into another order, the same for the same seed, which is not 0. */
void select_shuffle(const struct case_info *cases[], size_t count, uint32_t seed);

#endif
