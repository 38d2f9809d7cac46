/*
 * Finds which of the waiting fragments make one datagram. For fragment_reassembly.c. A datagram is
 * a way: from a fragment at offset 0, over the one that has just come, to one with no more to
 * follow. If there are several ways, those over later fragments are tried first.
 */
#include "wire/fragment_joining.h"

#include "wire/decode.h"

#include <stdlib.h>
#include <string.h>

/* A search looks at at most this many fragments. No datagram needs nearly as many. */
#define LOOKS_MAXIMUM (1u << 18)

/* At most this many ways are tried. Then the fragment waits. */
#define WAYS_MAXIMUM 64

#define NONE SIZE_MAX

struct search {
	struct reassembly *of;
	size_t fresh; /* place of the fragment that has just come */
	size_t *way;  /* places of fragments, each following the one before */
	size_t length;
	unsigned looks;
	struct whole *doubtful; /* a datagram by rule 4; NULL: none so far */
};

size_t joining_until(const struct reassembly *reassembly, uint32_t offset)
{
	size_t low = 0, high = reassembly->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (reassembly->fragments[middle].offset <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool joining_agree(const struct fragment *a, const struct fragment *b)
{
	const struct fragment *later = a->offset > b->offset ? a : b;
	const struct fragment *sooner = later == a ? b : a;
	struct bytes common =
		bytes_part(sooner->payload, later->offset - sooner->offset, later->payload.length);

	return bytes_equal(common, bytes_part(later->payload, 0, common.length));
}

/* Whether the fragment at `next` may follow that at `place` in a datagram, and has new bytes. */
static bool follows(struct search *search, size_t place, size_t next)
{
	const struct fragment *first = &search->of->fragments[place];
	const struct fragment *second = &search->of->fragments[next];

	if (search->looks++ > LOOKS_MAXIMUM || !first->more || second->offset <= first->offset ||
		second->offset > fragment_end(first) || fragment_end(second) <= fragment_end(first))
		return false;
	if (search->of->identity.from.version == 6)
		return second->offset == fragment_end(first);
	return joining_agree(first, second);
}

/* The end of the places that may follow this one. A way may not jump over the fresh fragment. */
static size_t followers_end(const struct search *search, size_t place)
{
	const struct fragment *fragment = &search->of->fragments[place];
	size_t end = joining_until(search->of, fragment_end(fragment));
	bool before = fragment->offset < search->of->fragments[search->fresh].offset;

	return before && end > search->fresh + 1 ? search->fresh + 1 : end;
}

/* Whether a way leads from this fragment to the end. */
static bool leads_on(struct search *search, size_t place)
{
	for (size_t i = followers_end(search, place); i-- > place + 1;)
		if (search->of->fragments[i].leads && follows(search, place, i))
			return true;
	return false;
}

/*
 * How many fragments there are up to the first gap after the fresh one; 0 when none from the fresh
 * one on is an end. When fragments come in order, this is quick.
 */
static size_t reached_from_fresh(const struct search *search)
{
	const struct fragment *fragments = search->of->fragments;
	uint32_t reached = fragment_end(&fragments[search->fresh]);
	bool has_end = false;
	size_t i = search->fresh;

	for (; i < search->of->count && fragments[i].offset <= reached; i++) {
		uint32_t end = fragment_end(&fragments[i]);
		reached = end > reached ? end : reached;
		has_end = has_end || !fragments[i].more;
	}
	return has_end ? i : 0;
}

/*
 * Marks the fragments from which a way leads over the fresh one to an end. False: there are none.
 */
static bool mark_ways(struct search *search)
{
	struct fragment *fragments = search->of->fragments;
	size_t fresh = search->fresh, lowest = fresh;
	size_t reached = fragments[0].offset == 0 ? reached_from_fresh(search) : 0;

	for (size_t i = reached; i-- > fresh;)
		fragments[i].leads = !fragments[i].more || leads_on(search, i);
	if (reached == 0 || !fragments[fresh].leads)
		return false;
	for (size_t i = fresh; i-- > 0;) {
		/* All further ones end before those begin from which a way leads on. */
		if (fragments[i].offset + search->of->longest < fragments[lowest].offset)
			return false;
		fragments[i].leads = leads_on(search, i);
		if (fragments[i].leads)
			lowest = i;
	}
	return fragments[lowest].offset == 0;
}

/* The last place before `below` at which the way may go on; NONE: there is none. */
static size_t next_place(struct search *search, size_t below)
{
	const struct fragment *fragments = search->of->fragments;
	size_t from = search->length > 0 ? search->way[search->length - 1] : NONE;

	while (below-- > (from == NONE ? 0 : from + 1))
		if (fragments[below].leads && (from == NONE ? fragments[below].offset == 0
							    : follows(search, from, below)))
			return below;
	return NONE;
}

/* The end of the places at which the way may go on. */
static size_t places_end(const struct search *search)
{
	return search->length == 0 ? joining_until(search->of, 0)
				   : followers_end(search, search->way[search->length - 1]);
}

/* Puts the fragments of the way together. NULL when memory ran out. */
static struct whole *whole_of(const struct search *search)
{
	const struct reassembly *of = search->of;
	const struct fragment *first = &of->fragments[search->way[0]];
	struct whole *whole = calloc(1, sizeof *whole);

	if (whole == NULL)
		return NULL;
	whole->length = fragment_end(&of->fragments[search->way[search->length - 1]]);
	whole->packet_count = search->length;
	whole->data = malloc(whole->length);
	whole->packets = calloc(search->length, sizeof *whole->packets);
	whole->offsets = calloc(search->length, sizeof *whole->offsets);
	if (whole->data == NULL || whole->packets == NULL || whole->offsets == NULL) {
		whole_free(whole);
		return NULL;
	}
	for (size_t i = 0; i < search->length; i++) {
		const struct fragment *each = &of->fragments[search->way[i]];
		memcpy(whole->data + each->offset, each->payload.data, each->payload.length);
		whole->packets[i] = each->packet;
		whole->offsets[i] = each->offset;
	}
	struct packet head = of->identity;
	head.protocol = first->protocol;
	head.hop_limit = first->hop_limit;
	head.dont_fragment = first->dont_fragment;
	packet_decode_whole(&whole->packet, &head, (struct bytes){whole->data, whole->length});
	return whole;
}

/* Whether a fragment is the same as a part of the whole: it may have come twice. */
static bool is_part_of(const struct fragment *fragment, const struct whole *whole)
{
	size_t end = fragment_end(fragment);

	return end <= whole->length && fragment->more == (end < whole->length) &&
	       memcmp(whole->data + fragment->offset, fragment->payload.data,
		       fragment->payload.length) == 0;
}

/* Whether all waiting fragments are parts of this datagram; reported ones do not count. */
static bool is_all(const struct search *search, const struct whole *whole)
{
	for (size_t i = 0; i < search->of->count; i++) {
		const struct fragment *each = &search->of->fragments[i];
		if (!each->reported && !is_part_of(each, whole))
			return false;
	}
	return true;
}

/* The fragments of the way wait no longer. If only they and repeats waited, nor do the repeats. */
static void take_way(const struct search *search, const struct whole *whole)
{
	struct reassembly *of = search->of;
	bool all = is_all(search, whole);
	size_t kept = 0, on_way = 0;

	for (size_t i = 0; i < of->count; i++) {
		bool taken = on_way < search->length && search->way[on_way] == i;
		on_way += taken;
		if (!taken && !(all && is_part_of(&of->fragments[i], whole)))
			of->fragments[kept++] = of->fragments[i];
	}
	of->count = kept;
}

/* Whether no fragment of the way was reported before. */
static bool is_news(const struct search *search)
{
	for (size_t i = 0; i < search->length; i++)
		if (search->of->fragments[search->way[i]].reported)
			return false;
	return true;
}

/* From now on, the parts of the whole count as reported. */
static void mark_reported(const struct search *search, const struct whole *whole)
{
	struct fragment *fragments = search->of->fragments;

	for (size_t i = 0; i < search->of->count; i++)
		fragments[i].reported = fragments[i].reported || is_part_of(&fragments[i], whole);
}

/*
 * Looks at a way that leads to an end. True when it makes a datagram by rule 3; that is the result.
 * A datagram by rule 4 is kept as `doubtful`, if it is the first: another way may make a better
 * one.
 */
static bool take_whole(struct search *search, struct whole **whole)
{
	struct whole *made = *whole;
	struct packet head = search->of->identity;

	head.protocol = search->of->fragments[search->way[0]].protocol;
	if (packet_is_intact(&made->packet, &head, (struct bytes){made->data, made->length})) {
		take_way(search, made);
		return true;
	}
	if (search->doubtful == NULL && is_news(search) && is_all(search, made))
		search->doubtful = made;
	else
		whole_free(made);
	*whole = NULL;
	return false;
}

/* Tries the ways, one after the other, until one makes a datagram. False when memory ran out. */
static bool try_ways(struct search *search, struct whole **whole)
{
	size_t below = places_end(search);
	unsigned ways = 0;

	while (ways < WAYS_MAXIMUM && search->looks <= LOOKS_MAXIMUM) {
		size_t place = next_place(search, below);
		if (place == NONE && search->length == 0)
			return true;
		if (place == NONE) {
			below = search->way[--search->length];
			continue;
		}
		search->way[search->length++] = place;
		below = places_end(search);
		if (search->of->fragments[place].more)
			continue;
		*whole = whole_of(search);
		if (*whole == NULL)
			return false;
		if (take_whole(search, whole))
			return true;
		ways++;
		below = search->way[--search->length];
	}
	return true;
}

bool joining_find(struct reassembly *reassembly, size_t fresh, struct whole **whole)
{
	struct search search = {.of = reassembly, .fresh = fresh};

	*whole = NULL;
	if (!mark_ways(&search))
		return true;
	search.way = calloc(reassembly->count, sizeof *search.way);
	if (search.way == NULL)
		return false;
	search.looks = 0;
	bool done = try_ways(&search, whole);
	if (done && *whole == NULL && search.doubtful != NULL) {
		mark_reported(&search, search.doubtful);
		*whole = search.doubtful;
	} else {
		whole_free(search.doubtful);
	}
	free(search.way);
	return done;
}
