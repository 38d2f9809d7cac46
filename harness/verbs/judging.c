/* What the case itself judges and says: its own conditions, figures and steps. */
#include "verbs/judging.h"

#include "base/comparison.h"
#include "base/cut.h"
#include "base/pattern.h"
#include "worker/context.h"

#include <inttypes.h>
#include <stdarg.h>

/* Bytes of a text that a case gives; a longer one is cut. */
#define TEXT_MAXIMUM 4096

void case_expect(const struct place *place, bool condition, const char *format, ...)
{
	char text[TEXT_MAXIMUM];
	va_list arguments;

	context_at(place);
	va_start(arguments, format);
	cut_vprint(text, sizeof text, format, arguments);
	va_end(arguments);
	expect_text(condition, text);
}

void case_expect_bytes(const struct place *place, struct bytes found, struct bytes expected)
{
	struct buffer difference;

	context_at(place);
	buffer_init(&difference, TEXT_MAXIMUM);
	bool equal = bytes_equal(found, expected);
	if (!equal)
		text_compare(&difference, expected, found);
	expect_text(equal, buffer_text(&difference));
	buffer_free(&difference);
}

void case_expect_matches(const struct place *place, struct bytes found, const char *pattern)
{
	struct buffer why;

	context_at(place);
	buffer_init(&why, TEXT_MAXIMUM);
	pattern_describe(&why, pattern, found);
	bool matches = pattern_matches(&why, pattern, found);
	expect_text(matches, buffer_text(&why));
	buffer_free(&why);
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

void case_skip(const struct place *place, const char *format, ...)
{
	char text[TEXT_MAXIMUM];
	va_list arguments;

	context_at(place);
	va_start(arguments, format);
	cut_vprint(text, sizeof text, format, arguments);
	va_end(arguments);
	case_over(SKIP, "%s", text);
}

void case_broken(const struct place *place, const char *format, ...)
{
	char text[TEXT_MAXIMUM];
	va_list arguments;

	context_at(place);
	va_start(arguments, format);
	cut_vprint(text, sizeof text, format, arguments);
	va_end(arguments);
	case_over(BROKEN, "%s", text);
}

void case_step(const struct place *place, const char *format, ...)
{
	va_list arguments;

	context_at(place);
	va_start(arguments, format);
	cut_vprint(context.step, sizeof context.step, format, arguments);
	va_end(arguments);
}

void case_end_step(const struct place *place)
{
	context_at(place);
	context.step[0] = '\0';
}
