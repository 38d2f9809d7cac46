/* Which cases are run, and in which order. */
#ifndef WIRECHECK_SELECT_H
#define WIRECHECK_SELECT_H

#include "base/buffer.h"
#include "base/case_info.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Picks from `cases` those that a pattern matches (fnmatch(3); * matches / too), in the order of
 * the patterns and each once. Without patterns all are picked. `picked` has room for all. Returns
 * how many were picked. Returns -1 when a pattern matches no case, or there is no case at all; then
 * `complaint` says so, with the names that are nearest to the pattern.
 */
long select_cases(const struct case_info *const cases[], size_t count, char *const patterns[],
	const struct case_info *picked[], struct buffer *complaint);

/*
 * Puts the cases into another order: the same one for the same seed, which is not 0. Tested by
 * test_order.c.
 */
void select_shuffle(const struct case_info *cases[], size_t count, uint32_t seed);

#endif
