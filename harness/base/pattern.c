/* Patterns: texts in which each * stands for any bytes. */
#include "base/pattern.h"

#include "base/text.h"

#include <stdint.h>
#include <string.h>

/* The part of a pattern that begins here, up to the next * or to the end. */
static struct bytes pattern_part(const char *pattern)
{
	return (struct bytes){(const unsigned char *)pattern, strcspn(pattern, "*")};
}

static bool bytes_begin(struct bytes value, struct bytes beginning)
{
	return value.length >= beginning.length &&
	       bytes_equal(bytes_part(value, 0, beginning.length), beginning);
}

/* Where a part, which is not empty, is first found from `at` on; SIZE_MAX: nowhere. */
static size_t bytes_find(struct bytes value, size_t at, struct bytes part)
{
	const unsigned char *found = at < value.length ? memmem(value.data + at, value.length - at,
								 part.data, part.length)
						       : NULL;

	return found != NULL ? (size_t)(found - value.data) : SIZE_MAX;
}

/* The value must begin with the first part of a pattern. */
static bool pattern_begins(struct buffer *why, struct bytes part, struct bytes value)
{
	if (bytes_begin(value, part))
		return true;
	size_t at = bytes_same(part, value);
	buffer_printf(why, "differs at byte %zu: expected ", at);
	text_quote(why, bytes_part(part, at, part.length), TEXT_SHOWN_IN_SENTENCE);
	buffer_printf(why, ", found ");
	text_quote(why, bytes_part(value, at, value.length), TEXT_SHOWN_IN_SENTENCE);
	buffer_append(why, "\n", 1);
	return false;
}

/* The value must end with the last part, after the `taken` bytes that the other parts matched. */
static bool pattern_ends(struct buffer *why, struct bytes part, struct bytes value, size_t taken)
{
	size_t room = value.length - taken;

	if (part.length <= room &&
		bytes_begin(bytes_part(value, value.length - part.length, part.length), part))
		return true;
	buffer_printf(why, "does not end with ");
	text_quote(why, part, TEXT_SHOWN_IN_SENTENCE);
	buffer_printf(why, " from byte %zu on\n", taken);
	return false;
}

/* Each part is taken at the leftmost place: that leaves most room for the next ones. */
bool pattern_matches(struct buffer *why, const char *pattern, struct bytes value)
{
	struct bytes part = pattern_part(pattern);

	if (!pattern_begins(why, part, value))
		return false;
	size_t taken = part.length;
	while (pattern[part.length] == '*') {
		pattern += part.length + 1;
		part = pattern_part(pattern);
		if (pattern[part.length] == '\0')
			return pattern_ends(why, part, value, taken);
		size_t found = part.length > 0 ? bytes_find(value, taken, part) : taken;
		if (found == SIZE_MAX) {
			buffer_printf(why, "does not have ");
			text_quote(why, part, TEXT_SHOWN_IN_SENTENCE);
			buffer_printf(why, " from byte %zu on\n", taken);
			return false;
		}
		taken = found + part.length;
	}
	if (taken == value.length)
		return true;
	buffer_printf(why, "goes on at byte %zu, where the pattern ends\n", taken);
	return false;
}

void pattern_describe(struct buffer *out, const char *pattern, struct bytes value)
{
	buffer_printf(out, "  expected  ");
	text_quote(out, bytes_of(pattern), 2 * TEXT_SHOWN);
	buffer_printf(out, "\n  found     ");
	text_quote(out, value, 2 * TEXT_SHOWN);
	buffer_append(out, "\n", 1);
}

enum match pattern_beginning(const char *pattern, struct bytes value, size_t *length)
{
	struct bytes part = pattern_part(pattern);

	*length = 0;
	if (!bytes_begin(value, part))
		return bytes_same(part, value) < value.length ? MATCH_NEVER : MATCH_NOT_YET;
	size_t taken = part.length;
	while (pattern[part.length] == '*') {
		pattern += part.length + 1;
		part = pattern_part(pattern);
		if (part.length == 0 && *pattern == '\0') {
			*length = taken;
			return MATCH_SO_FAR;
		}
		size_t found = part.length > 0 ? bytes_find(value, taken, part) : taken;
		if (found == SIZE_MAX)
			return MATCH_NOT_YET;
		taken = found + part.length;
	}
	*length = taken;
	return MATCH_COMPLETE;
}
