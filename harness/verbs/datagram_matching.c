/* Which of the expected datagrams each found one is taken for, when their order does not count. */
#include "verbs/datagram_matching.h"

#include "worker/context.h"

#include <stdlib.h>
#include <string.h>

/* By sender, then by bytes; patterns, which have none, come after all others. */
static int compare_messages(const struct message *a, const struct message *b)
{
	struct bytes left = a->payload, right = b->payload;
	size_t shorter = left.length < right.length ? left.length : right.length;
	int order = shorter > 0 ? memcmp(left.data, right.data, shorter) : 0;

	if ((a->pattern != NULL) != (b->pattern != NULL))
		return a->pattern != NULL ? 1 : -1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (order != 0 || left.length == right.length)
		return order;
	return left.length < right.length ? -1 : 1;
}

static int compare_expected(const void *left, const void *right)
{
	return compare_messages(left, right);
}

static int compare_found(const void *left, const void *right, void *argument)
{
	struct datagram *first = *(struct datagram *const *)left;
	struct datagram *second = *(struct datagram *const *)right;
	struct datagram *both[2] = {first, second};
	struct datagram_lists pair = *(const struct datagram_lists *)argument;

	pair.found = both;
	const struct message a = lists_found(&pair, 0), b = lists_found(&pair, 1);
	return compare_messages(&a, &b);
}

/* Whether each that was found is expected, so that those missing may follow. Both are sorted. */
static bool all_are_expected(const struct datagram_lists *lists)
{
	size_t e = 0;

	for (size_t f = 0; f < lists->found_count; f++, e++) {
		while (e < lists->expected_count && !lists_same(lists, e, f))
			e++;
		if (e == lists->expected_count)
			return false;
	}
	return true;
}

/* Which expected datagram each found one is taken for; SIZE_MAX: none. */
struct assignment {
	const struct datagram_lists *lists;
	size_t *taken_by; /* of each expected one: the found one that has it */
	bool *asked;      /* of each expected one, in the search at work */
};

/*
 * Finds a place for a found datagram, and another one for whoever has to give way (augmenting
 * paths: Kuhn 1955).
 */
static bool assign(struct assignment *assignment, size_t found)
{
	for (size_t e = 0; e < assignment->lists->expected_count; e++) {
		if (assignment->asked[e] || !lists_same(assignment->lists, e, found))
			continue;
		assignment->asked[e] = true;
		if (assignment->taken_by[e] == SIZE_MAX ||
			assign(assignment, assignment->taken_by[e])) {
			assignment->taken_by[e] = found;
			return true;
		}
	}
	return false;
}

/* Puts what was found in the order of what is expected; those that are not expected come last. */
static void reorder(struct datagram_lists *lists, const size_t taken_by[], bool is_placed[])
{
	struct datagram **ordered = calloc(lists->found_count + 1, sizeof *ordered);
	size_t count = 0;

	if (ordered == NULL)
		case_over(BROKEN, "no memory for a list of %zu datagrams", lists->found_count);
	for (size_t e = 0; e < lists->expected_count; e++)
		if (taken_by[e] != SIZE_MAX) {
			ordered[count++] = lists->found[taken_by[e]];
			is_placed[taken_by[e]] = true;
		}
	for (size_t f = 0; f < lists->found_count; f++)
		if (!is_placed[f])
			ordered[count++] = lists->found[f];
	free(lists->found);
	lists->found = ordered;
}

/*
 * With patterns among the expected: takes each found datagram for one of them, so that as many as
 * can be have theirs. Returns how many have.
 */
static size_t match_patterns(struct datagram_lists *lists)
{
	size_t count = lists->expected_count > lists->found_count ? lists->expected_count
								  : lists->found_count;
	struct assignment assignment = {.lists = lists,
		.taken_by = calloc(count + 1, sizeof *assignment.taken_by),
		.asked = calloc(count + 1, sizeof *assignment.asked)};
	size_t matched = 0;

	if (assignment.taken_by == NULL || assignment.asked == NULL)
		case_over(BROKEN, "no memory for a list of %zu datagrams", count);
	for (size_t e = 0; e < lists->expected_count; e++)
		assignment.taken_by[e] = SIZE_MAX;
	for (size_t f = 0; f < lists->found_count; f++) {
		memset(assignment.asked, 0, (count + 1) * sizeof *assignment.asked);
		matched += assign(&assignment, f);
	}
	memset(assignment.asked, 0, (count + 1) * sizeof *assignment.asked);
	reorder(lists, assignment.taken_by, assignment.asked);
	free(assignment.taken_by);
	free(assignment.asked);
	return matched;
}

/* Patterns are the last of the expected, when these are sorted. */
static bool has_patterns(const struct datagram_lists *lists)
{
	return lists->expected_count > 0 &&
	       lists->expected[lists->expected_count - 1].pattern != NULL;
}

void messages_sort(struct message messages[], size_t count)
{
	qsort(messages, count, sizeof *messages, compare_expected);
}

bool lists_match(struct datagram_lists *lists)
{
	qsort_r(lists->found, lists->found_count, sizeof *lists->found, compare_found, lists);
	return has_patterns(lists) ? match_patterns(lists) == lists->found_count
				   : all_are_expected(lists);
}
