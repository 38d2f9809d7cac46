/* Which cases are run, and in which order. */
#include "command/select.h"

#include "base/edit_distance.h"

#include <fnmatch.h>
#include <string.h>

/* At most this many names are suggested when there is no case of the name that was given. */
#define SUGGESTIONS 3

static bool is_picked(const struct case_info *info, const struct case_info *picked[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (picked[i] == info)
			return true;
	return false;
}

/* A name that has the pattern in it is as near as one that differs by one letter. */
static size_t distance_to(const char *pattern, const char *name)
{
	return strstr(name, pattern) != NULL ? 1 : edit_distance(pattern, name);
}

static void complain(struct buffer *complaint, const char *pattern,
	const struct case_info *const cases[], size_t count)
{
	const struct case_info *suggested[SUGGESTIONS] = {NULL};
	size_t suggested_count = 0;

	if (count == 0)
		buffer_printf(complaint, "there is no case at all");
	else
		buffer_printf(complaint, "no case is named %s", pattern);
	while (suggested_count < SUGGESTIONS && suggested_count < count) {
		const struct case_info *best = NULL;
		for (size_t i = 0; i < count; i++)
			if (!is_picked(cases[i], suggested, suggested_count) &&
				(best == NULL || distance_to(pattern, cases[i]->name) <
							 distance_to(pattern, best->name)))
				best = cases[i];
		buffer_printf(
			complaint, "%s%s", suggested_count == 0 ? "; nearest: " : ", ", best->name);
		suggested[suggested_count++] = best;
	}
}

long select_cases(const struct case_info *const cases[], size_t count, char *const patterns[],
	const struct case_info *picked[], struct buffer *complaint)
{
	static char everything[] = "*";
	static char *const all[] = {everything, NULL};
	size_t picked_count = 0;

	for (patterns = patterns[0] != NULL ? patterns : all; *patterns != NULL; patterns++) {
		bool matched = false;
		for (size_t i = 0; i < count; i++) {
			if (fnmatch(*patterns, cases[i]->name, 0) != 0)
				continue;
			matched = true;
			if (!is_picked(cases[i], picked, picked_count))
				picked[picked_count++] = cases[i];
		}
		if (!matched) {
			complain(complaint, *patterns, cases, count);
			return -1;
		}
	}
	return (long)picked_count;
}

/* Fisher and Yates, by xorshift32 (Marsaglia 2003). */
void select_shuffle(const struct case_info *cases[], size_t count, uint32_t seed)
{
	for (size_t i = count; i > 1; i--) {
		seed ^= seed << 13;
		seed ^= seed >> 17;
		seed ^= seed << 5;
		const struct case_info *last = cases[i - 1];
		cases[i - 1] = cases[seed % i];
		cases[seed % i] = last;
	}
}
