/* Verbs about figures that a case has found itself, and texts made of them. */
#include "verbs/wirecheck.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* The text is the worker's, which ends with the case. */
const char *format(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	int length = vasprintf(&text, format, arguments);
	va_end(arguments);
	if (length < 0)
		case_over(BROKEN, "no memory for a text");
	return text;
}

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
