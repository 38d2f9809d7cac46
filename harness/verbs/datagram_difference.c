/* How the datagrams that were found differ from those that are expected, as a text. */
#include "verbs/datagram_difference.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Longer lists are compared place by place, not aligned. */
#define ALIGNED_MAXIMUM 512

/* In longer lists those that are as expected are counted, not shown. */
#define SHOWN_WHOLE 24

/* Lines of a list that differ; beyond them only how many more there are. */
#define MARKED_SHOWN 24

/* Two lists and, for aligning them, the length of the longest common part after each pair. */
struct difference {
	const struct datagram_lists *lists;
	uint16_t *common; /* (expected_count + 1) rows of found_count + 1; NULL: not aligned */
	size_t marked;    /* lines of the list that differ */
	size_t unshown;   /* that do not, since the last line shown */
};

static uint16_t *common_at(const struct difference *difference, size_t expected, size_t found)
{
	return &difference->common[expected * (difference->lists->found_count + 1) + found];
}

/* The longest common subsequence, from the ends of both lists towards their beginnings. */
static void align(struct difference *difference)
{
	if (difference->lists->expected_count > ALIGNED_MAXIMUM ||
		difference->lists->found_count > ALIGNED_MAXIMUM)
		return;
	difference->common = calloc(
		(difference->lists->expected_count + 1) * (difference->lists->found_count + 1),
		sizeof *difference->common);
	if (difference->common == NULL)
		return;
	for (size_t e = difference->lists->expected_count; e-- > 0;)
		for (size_t f = difference->lists->found_count; f-- > 0;) {
			uint16_t without_expected = *common_at(difference, e + 1, f);
			uint16_t without_found = *common_at(difference, e, f + 1);
			uint16_t most =
				without_expected > without_found ? without_expected : without_found;
			if (lists_same(difference->lists, e, f))
				most = (uint16_t)(*common_at(difference, e + 1, f + 1) + 1);
			*common_at(difference, e, f) = most;
		}
}

static void list_unshown(struct difference *difference, struct buffer *out)
{
	if (difference->unshown > 0)
		buffer_printf(out, "    %zu as expected\n", difference->unshown);
	difference->unshown = 0;
}

static void list_one(
	struct difference *difference, struct buffer *out, char mark, const struct message *message)
{
	difference->marked += mark != ' ';
	if (difference->marked > MARKED_SHOWN)
		return;
	if (mark == ' ' && difference->lists->expected_count > SHOWN_WHOLE) {
		difference->unshown++;
		return;
	}
	list_unshown(difference, out);
	buffer_printf(out, "  %c %s ", mark, side_name(message->from));
	if (message->pattern != NULL)
		buffer_printf(out, "matching ");
	else
		buffer_printf(out, "%zu byte%s ", message->payload.length,
			message->payload.length == 1 ? " " : "s");
	text_quote(out, message->pattern != NULL ? bytes_of(message->pattern) : message->payload,
		TEXT_SHOWN_IN_SENTENCE);
	buffer_append(out, "\n", 1);
}

static void list_expected(struct difference *difference, struct buffer *out, char mark, size_t i)
{
	list_one(difference, out, mark, &difference->lists->expected[i]);
}

static void list_found(struct difference *difference, struct buffer *out, size_t i)
{
	const struct message found = lists_found(difference->lists, i);

	list_one(difference, out, '+', &found);
}

/* Whether the expected one is to be shown as missing before the found one is shown. */
static bool is_missing(const struct difference *difference, size_t expected, size_t found)
{
	if (expected == difference->lists->expected_count ||
		found == difference->lists->found_count)
		return found == difference->lists->found_count;
	return difference->common == NULL || *common_at(difference, expected + 1, found) >=
						     *common_at(difference, expected, found + 1);
}

static void list_difference(struct difference *difference, struct buffer *out)
{
	size_t e = 0, f = 0;

	while (e < difference->lists->expected_count || f < difference->lists->found_count) {
		bool both =
			e < difference->lists->expected_count && f < difference->lists->found_count;
		if (both && lists_same(difference->lists, e, f)) {
			list_expected(difference, out, ' ', e++);
			f++;
		} else if (is_missing(difference, e, f)) {
			list_expected(difference, out, '-', e++);
			if (difference->common == NULL && f < difference->lists->found_count)
				list_found(difference, out, f++);
		} else {
			list_found(difference, out, f++);
		}
	}
	list_unshown(difference, out);
	if (difference->marked > MARKED_SHOWN)
		buffer_printf(
			out, "    and %zu more that differ\n", difference->marked - MARKED_SHOWN);
}

static struct message expected_at(const struct datagram_lists *lists, size_t i)
{
	return lists->expected[i];
}

/*
 * How many of the other list's datagrams, from `first` on, have, joined, the bytes of this one; 0:
 * none. An empty one is never a piece: it is more likely missing.
 */
static size_t joined(const struct datagram_lists *lists, const struct message *whole,
	struct message (*other)(const struct datagram_lists *lists, size_t i), size_t count,
	size_t first)
{
	struct bytes rest = whole->payload; /* empty: a pattern */

	for (size_t i = first; i < count; i++) {
		const struct message piece = other(lists, i);
		size_t length = piece.payload.length;
		if (piece.from != whole->from || length == 0 || length > rest.length ||
			memcmp(piece.payload.data, rest.data, length) != 0)
			return 0;
		rest = (struct bytes){rest.data + length, rest.length - length};
		if (rest.length == 0)
			return i - first + 1;
	}
	return 0;
}

/* At the first place that differs: a datagram split or merged, or one with other bytes. */
static void explain_first(const struct datagram_lists *lists, struct buffer *out)
{
	size_t i = 0;

	while (i < lists->expected_count && i < lists->found_count && lists_same(lists, i, i))
		i++;
	if (i == lists->expected_count || i == lists->found_count)
		return;
	const struct message found = lists_found(lists, i);
	size_t pieces = joined(lists, &lists->expected[i], lists_found, lists->found_count, i);
	size_t merged = joined(lists, &found, expected_at, lists->expected_count, i);
	if (pieces > 1)
		buffer_printf(out, "datagram %zu was split into %zu\n", i + 1, pieces);
	else if (merged > 1)
		buffer_printf(
			out, "datagrams %zu to %zu were merged into one\n", i + 1, i + merged);
	else if (lists->expected_count == lists->found_count &&
		 lists->expected[i].from == found.from) {
		buffer_printf(out, "datagram %zu ", i + 1);
		if (lists->expected[i].pattern != NULL)
			(void)pattern_matches(out, lists->expected[i].pattern, found.payload);
		else
			text_compare(out, lists->expected[i].payload, found.payload);
	}
}

bool lists_compare(struct buffer *out, const struct datagram_lists *lists)
{
	struct difference difference = {.lists = lists};

	align(&difference);
	list_difference(&difference, out);
	explain_first(lists, out);
	free(difference.common);
	return difference.marked == 0;
}
