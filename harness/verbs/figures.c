/* Verbs about figures that the case itself has found. */
#include "verbs/figures.h"

#include "worker/context.h"

#include <inttypes.h>

void case_expect_within(
	const struct place *place, const char *figure, int64_t found, int64_t low, int64_t high)
{
	context_at(place);
	expect_that(found >= low && found <= high,
		"%s: expected %" PRId64 " to %" PRId64 ", found %" PRId64, figure, low, high,
		found);
}

void case_record(const struct place *place, const char *text)
{
	context_at(place);
	results_note(context.results, place, text);
}
