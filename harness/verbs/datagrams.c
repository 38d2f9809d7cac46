/* Verbs about the datagrams on a port, all of them. */
#include "verbs/datagrams.h"

#include "base/comparison.h"
#include "base/pattern.h"
#include "base/text.h"
#include "worker/context.h"
#include "worker/joined_packets.h"
#include "worker/settle.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Longer lists are compared place by place, not aligned. */
#define ALIGNED_MAXIMUM 512

/* In longer lists those that are as expected are counted, not shown. */
#define SHOWN_WHOLE 24

/* Lines of a list that differ; beyond them only how many more there are. */
#define MARKED_SHOWN 24

/* Room for that many lines, and for as many that are as expected. */
#define LIST_MAXIMUM ((size_t)16 << 10)

/* Two lists and, for aligning them, the length of the longest common part behind each pair. */
struct comparison {
	uint8_t protocol; /* IPPROTO_UDP or IPPROTO_UDPLITE */
	uint16_t port;
	const struct message *expected;
	size_t expected_count;
	struct datagram **found;
	size_t found_count;
	uint16_t *common; /* (expected_count + 1) rows of found_count + 1; NULL: not aligned */
	size_t marked;    /* lines of the list that differ */
	size_t unshown;   /* that do not, since the last line shown */
};

static enum side sender_of(const struct datagram *datagram, uint16_t port)
{
	return datagram_sender(&context.wire.datagrams, datagram, port);
}

/* Finds the datagrams on the port that nobody has looked at, in place of those found before. */
static void find_new_datagrams(struct comparison *lists)
{
	const struct datagrams *all = &context.wire.datagrams;

	free(lists->found);
	lists->found = calloc(all->count + 1, sizeof(struct datagram *));
	lists->found_count = 0;
	if (lists->found == NULL)
		case_over(BROKEN, "no memory for a list of %zu datagrams", all->count);
	for (size_t i = 0; i < all->count; i++)
		if (all->list[i]->protocol == lists->protocol && !all->list[i]->looked_at &&
			datagram_has_port(all->list[i], lists->port))
			lists->found[lists->found_count++] = all->list[i];
}

static bool matches(const char *pattern, struct bytes payload)
{
	struct buffer why;

	buffer_init(&why, 1024);
	bool does = pattern_matches(&why, pattern, payload);
	buffer_free(&why);
	return does;
}

static bool is_same(const struct comparison *lists, size_t expected, size_t found)
{
	const struct message *message = &lists->expected[expected];
	const struct datagram *datagram = lists->found[found];

	if (message->from != sender_of(datagram, lists->port))
		return false;
	return message->pattern != NULL ? matches(message->pattern, datagram->payload)
					: bytes_equal(message->payload, datagram->payload);
}

static uint16_t *common_at(const struct comparison *lists, size_t expected, size_t found)
{
	return &lists->common[expected * (lists->found_count + 1) + found];
}

/* The longest common subsequence, from the ends of both lists towards their beginnings. */
static void align(struct comparison *lists)
{
	if (lists->expected_count > ALIGNED_MAXIMUM || lists->found_count > ALIGNED_MAXIMUM)
		return;
	lists->common = calloc(
		(lists->expected_count + 1) * (lists->found_count + 1), sizeof *lists->common);
	if (lists->common == NULL)
		return;
	for (size_t e = lists->expected_count; e-- > 0;)
		for (size_t f = lists->found_count; f-- > 0;) {
			uint16_t without_expected = *common_at(lists, e + 1, f);
			uint16_t without_found = *common_at(lists, e, f + 1);
			uint16_t most =
				without_expected > without_found ? without_expected : without_found;
			if (is_same(lists, e, f))
				most = (uint16_t)(*common_at(lists, e + 1, f + 1) + 1);
			*common_at(lists, e, f) = most;
		}
}

static void list_unshown(struct comparison *lists, struct buffer *out)
{
	if (lists->unshown > 0)
		buffer_printf(out, "    %zu as expected\n", lists->unshown);
	lists->unshown = 0;
}

static void list_one(
	struct comparison *lists, struct buffer *out, char mark, const struct message *message)
{
	lists->marked += mark != ' ';
	if (lists->marked > MARKED_SHOWN)
		return;
	if (mark == ' ' && lists->expected_count > SHOWN_WHOLE) {
		lists->unshown++;
		return;
	}
	list_unshown(lists, out);
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

static void list_expected(struct comparison *lists, struct buffer *out, char mark, size_t i)
{
	list_one(lists, out, mark, &lists->expected[i]);
}

static void list_found(struct comparison *lists, struct buffer *out, size_t i)
{
	const struct message found = {.from = sender_of(lists->found[i], lists->port),
		.payload = lists->found[i]->payload};

	list_one(lists, out, '+', &found);
}

/* Whether the expected one is to be shown as missing before the found one is shown. */
static bool is_missing(const struct comparison *lists, size_t expected, size_t found)
{
	if (expected == lists->expected_count || found == lists->found_count)
		return found == lists->found_count;
	return lists->common == NULL ||
	       *common_at(lists, expected + 1, found) >= *common_at(lists, expected, found + 1);
}

static void list_difference(struct comparison *lists, struct buffer *out)
{
	size_t e = 0, f = 0;

	while (e < lists->expected_count || f < lists->found_count) {
		bool both = e < lists->expected_count && f < lists->found_count;
		if (both && is_same(lists, e, f)) {
			list_expected(lists, out, ' ', e++);
			f++;
		} else if (is_missing(lists, e, f)) {
			list_expected(lists, out, '-', e++);
			if (lists->common == NULL && f < lists->found_count)
				list_found(lists, out, f++);
		} else {
			list_found(lists, out, f++);
		}
	}
	list_unshown(lists, out);
	if (lists->marked > MARKED_SHOWN)
		buffer_printf(out, "    and %zu more that differ\n", lists->marked - MARKED_SHOWN);
}

/* How many found datagrams from `first` on have, joined, the bytes of one expected; 0: none. */
static size_t pieces_of(const struct comparison *lists, size_t expected, size_t first)
{
	struct bytes rest = lists->expected[expected].payload; /* empty: a pattern */

	for (size_t i = first; i < lists->found_count; i++) {
		struct bytes piece = lists->found[i]->payload;
		if (sender_of(lists->found[i], lists->port) != lists->expected[expected].from ||
			piece.length == 0 || piece.length > rest.length ||
			memcmp(piece.data, rest.data, piece.length) != 0)
			return 0;
		rest = (struct bytes){rest.data + piece.length, rest.length - piece.length};
		if (rest.length == 0)
			return i - first + 1;
	}
	return 0;
}

/* How many expected datagrams from `first` on have, joined, the bytes of one found; 0: none. */
static size_t merged_in(const struct comparison *lists, size_t found, size_t first)
{
	struct bytes rest = lists->found[found]->payload;

	for (size_t i = first; i < lists->expected_count; i++) {
		struct bytes piece = lists->expected[i].payload;
		if (sender_of(lists->found[found], lists->port) != lists->expected[i].from ||
			piece.length == 0 || piece.length > rest.length ||
			memcmp(piece.data, rest.data, piece.length) != 0)
			return 0;
		rest = (struct bytes){rest.data + piece.length, rest.length - piece.length};
		if (rest.length == 0)
			return i - first + 1;
	}
	return 0;
}

/*
 * At the first place that differs: a datagram split or merged, or one with other bytes. An empty
 * one is never a piece: it is more likely missing.
 */
static void explain_first(const struct comparison *lists, struct buffer *out)
{
	size_t i = 0;

	while (i < lists->expected_count && i < lists->found_count && is_same(lists, i, i))
		i++;
	if (i == lists->expected_count || i == lists->found_count)
		return;
	size_t pieces = pieces_of(lists, i, i), merged = merged_in(lists, i, i);
	if (pieces > 1)
		buffer_printf(out, "datagram %zu was split into %zu\n", i + 1, pieces);
	else if (merged > 1)
		buffer_printf(
			out, "datagrams %zu to %zu were merged into one\n", i + 1, i + merged);
	else if (lists->expected_count == lists->found_count &&
		 lists->expected[i].from == sender_of(lists->found[i], lists->port)) {
		buffer_printf(out, "datagram %zu ", i + 1);
		if (lists->expected[i].pattern != NULL)
			(void)pattern_matches(
				out, lists->expected[i].pattern, lists->found[i]->payload);
		else
			text_compare(out, lists->expected[i].payload, lists->found[i]->payload);
	}
}

/* They are looked at now, by an expectation that held or did not. */
static void note_datagrams(const struct comparison *lists, bool held)
{
	if (lists->found_count == 0 && !held)
		context_note_last_datagram(lists->protocol, lists->port);
	for (size_t i = 0; i < lists->found_count; i++) {
		lists->found[i]->looked_at = true;
		for (size_t j = 0; j < lists->found[i]->packet_count; j++)
			context_note(lists->found[i]->packets[j], held);
	}
}

static void expect_equal_lists(struct comparison *lists)
{
	struct buffer text, list;

	align(lists);
	buffer_init(&list, LIST_MAXIMUM);
	list_difference(lists, &list);
	buffer_init(&text, 2 * LIST_MAXIMUM);
	buffer_printf(&text,
		"expected %zu %s%s on port %u, found %zu (- missing, + not expected)\n",
		lists->expected_count, datagram_name(lists->protocol),
		lists->expected_count == 1 ? "" : "s", lists->port, lists->found_count);
	buffer_append(&text, buffer_text(&list), list.length);
	explain_first(lists, &text);
	expect_text(lists->marked == 0, buffer_text(&text));
	note_datagrams(lists, lists->marked == 0);
	buffer_free(&text);
	buffer_free(&list);
	free(lists->common);
}

/* Expects the lists to be equal once `look` sees nothing more to come. */
static void expect_lists(struct comparison *lists, enum outlook (*look)(void *argument))
{
	context_port(lists->port);
	settle_until(look, lists);
	must_tell_datagrams_apart(lists->port);
	expect_equal_lists(lists);
	free(lists->found);
}

static enum outlook look_in_order(void *argument)
{
	struct comparison *lists = argument;
	size_t i = 0;

	find_new_datagrams(lists);
	while (i < lists->expected_count && i < lists->found_count && is_same(lists, i, i))
		i++;
	if (i < lists->found_count)
		return NEVER;
	return i == lists->expected_count ? AS_EXPECTED : NOT_YET;
}

void case_expect_datagrams(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	struct comparison lists = {.protocol = IPPROTO_UDP,
		.port = port,
		.expected = expected,
		.expected_count = count};

	context_at(place);
	expect_lists(&lists, look_in_order);
}

void case_expect_udplite_datagrams(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	struct comparison lists = {.protocol = IPPROTO_UDPLITE,
		.port = port,
		.expected = expected,
		.expected_count = count};

	context_at(place);
	expect_lists(&lists, look_in_order);
}

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

static int compare_found(const void *left, const void *right, void *port)
{
	const struct datagram *a = *(struct datagram *const *)left;
	const struct datagram *b = *(struct datagram *const *)right;
	const struct message first = {
		.from = sender_of(a, *(uint16_t *)port), .payload = a->payload};
	const struct message second = {
		.from = sender_of(b, *(uint16_t *)port), .payload = b->payload};

	return compare_messages(&first, &second);
}

/* Whether each that was found is expected, so that those missing may follow. Both are sorted. */
static bool all_are_expected(const struct comparison *lists)
{
	size_t e = 0;

	for (size_t f = 0; f < lists->found_count; f++, e++) {
		while (e < lists->expected_count && !is_same(lists, e, f))
			e++;
		if (e == lists->expected_count)
			return false;
	}
	return true;
}

/* Which expected datagram each found one is taken for; SIZE_MAX: none. */
struct assignment {
	const struct comparison *lists;
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
		if (assignment->asked[e] || !is_same(assignment->lists, e, found))
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
static void reorder(struct comparison *lists, const size_t taken_by[], bool is_placed[])
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
static size_t match_patterns(struct comparison *lists)
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
static bool has_patterns(const struct comparison *lists)
{
	return lists->expected_count > 0 &&
	       lists->expected[lists->expected_count - 1].pattern != NULL;
}

static enum outlook look_in_any_order(void *argument)
{
	struct comparison *lists = argument;

	find_new_datagrams(lists);
	qsort_r(lists->found, lists->found_count, sizeof *lists->found, compare_found,
		&lists->port);
	bool expected = has_patterns(lists) ? match_patterns(lists) == lists->found_count
					    : all_are_expected(lists);
	if (!expected)
		return NEVER;
	return lists->found_count == lists->expected_count ? AS_EXPECTED : NOT_YET;
}

void case_expect_datagrams_unordered(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	struct comparison lists = {.protocol = IPPROTO_UDP, .port = port, .expected_count = count};
	struct message *sorted = calloc(count + 1, sizeof *sorted);

	context_at(place);
	if (sorted == NULL)
		case_over(BROKEN, "no memory for a list of %zu datagrams", count);
	memcpy(sorted, expected, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, compare_expected);
	lists.expected = sorted;
	expect_lists(&lists, look_in_any_order);
	free(sorted);
}

void case_expect_no_datagrams(const struct place *place, uint16_t port)
{
	case_expect_datagrams(place, port, NULL, 0);
}

struct message case_from(enum side side, const char *text)
{
	return (struct message){.from = side, .payload = bytes_of(text)};
}

struct message case_from_bytes(enum side side, struct bytes payload)
{
	return (struct message){.from = side, .payload = payload};
}

struct message case_from_matching(enum side side, const char *pattern)
{
	return (struct message){.from = side, .pattern = pattern};
}
