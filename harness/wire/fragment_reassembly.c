/*
 * Fragments of IP datagrams that have one identification: in any order in, whole datagrams out.
 *
 * The rules. Their aim is that each datagram is found of which all fragments crossed the wire, and
 * that fragments of which nothing became are told; never that one lost fragment hides what follows.
 *
 * 1. What has the same addresses, identification and, in IPv4, protocol may be one datagram (RFC
 *    791 3.2; RFC 8200 4.5, where the next header of the fragment at offset 0 counts).
 * 2. A datagram is whole when its fragments reach from offset 0 to the end of one with none to
 *    follow, each beginning where another ends (RFC 791 3.2, RFC 8200 4.5), in any order of coming.
 * 3. An identification is used again (RFC 6864 4, RFC 4963): fragments that wait may be of several
 *    datagrams. Of those that could follow, the one that came last is tried first: the older one
 *    has most likely lost its company. What they make together must be what it says it is, by its
 *    length and, where it has one, by its checksum; otherwise the next are tried. tshark takes the
 *    first that fit by their place, and so mixes two datagrams, or has one of them alone.
 * 4. When all that waits makes one datagram which is wrong by that, it is told of all the same, as
 *    by tshark, for somebody may have sent it so. Its fragments go on waiting: they may be parts of
 *    another one, which then comes, too.
 * 5. A fragment that comes again while the first waits is the same one (RFC 8200 4.5). Once the
 *    datagram is whole, it begins another, as in Linux and for tshark.
 * 6. Overlaps. In IPv4 the parts that overlap may have come twice (RFC 791 3.2); where their bytes
 *    differ, they are of different datagrams. tshark mixes them. In IPv6 a datagram with fragments
 *    that overlap is dropped, with all of them (RFC 8200 4.5, RFC 5722 4), which tshark does not
 *    do; the receiver has nothing then. One that begins at the same place as another, and differs,
 *    is rule 3's; one that lies within another, and agrees, is rule 5's, as in Linux.
 * 7. What has waited for too long does not take part any more. RFC 791 3.2 and RFC 1122 3.3.2 name
 *    times from 15 to 120 seconds; Linux, which is the receiver here, waits for 30 (ip-sysctl,
 *    ipfrag_time). IPv6: 60, as in RFC 8200 4.5. tshark waits for ever.
 * 8. There is no limit of how many identifications wait. Of one, FRAGMENTS_MAXIMUM wait, twice as
 *    many as the largest datagram can have, and FRAGMENTS_AT_ONE_PLACE of them at one place. The
 *    older ones make room for others, and are told of as all of which nothing became.
 */
#include "wire/fragment_reassembly.h"

#include "base/array.h"
#include "wire/fragment_joining.h"

#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

/* Rule 7. */
static int64_t longest_wait(const struct reassembly *reassembly)
{
	return (reassembly->identity.from.version == 4 ? 30 : 60) * SECOND;
}

/* Whether more than `wait` lies between two times, of which the later may be the first. */
static bool is_longer_ago(int64_t then, int64_t now, int64_t wait)
{
	return now > then && (uint64_t)now - (uint64_t)then > (uint64_t)wait;
}

static void leftover_add(struct leftover *leftover, const struct fragment *fragment)
{
	if (fragment->told)
		return;
	if (leftover->count == 0 || fragment->packet < leftover->packet)
		leftover->packet = fragment->packet;
	leftover->count++;
}

static void fragment_remove(struct reassembly *reassembly, size_t place)
{
	struct fragment *fragments = reassembly->fragments;

	reassembly->count--;
	memmove(fragments + place, fragments + place + 1,
		(reassembly->count - place) * sizeof *fragments);
}

static void fragment_lose(struct reassembly *reassembly, size_t place)
{
	leftover_add(&reassembly->lost, &reassembly->fragments[place]);
	fragment_remove(reassembly, place);
}

static void lose_all(struct reassembly *reassembly)
{
	for (size_t i = 0; i < reassembly->count; i++)
		leftover_add(&reassembly->lost, &reassembly->fragments[i]);
	reassembly->count = 0;
}

/* Rule 7: those that have waited for too long when another comes. */
static void lose_old(struct reassembly *reassembly, int64_t now)
{
	int64_t wait = longest_wait(reassembly), oldest = now;
	size_t kept = 0;

	if (reassembly->count == 0 || !is_longer_ago(reassembly->oldest, now, wait))
		return;
	for (size_t i = 0; i < reassembly->count; i++) {
		const struct fragment *fragment = &reassembly->fragments[i];
		if (is_longer_ago(fragment->time, now, wait)) {
			leftover_add(&reassembly->lost, fragment);
			continue;
		}
		oldest = fragment->time < oldest ? fragment->time : oldest;
		reassembly->fragments[kept++] = *fragment;
	}
	reassembly->count = kept;
	reassembly->oldest = oldest;
}

/* Rule 6, of IPv6. */
static bool overlaps_badly(const struct reassembly *reassembly, const struct fragment *fragment)
{
	size_t count = joining_until(reassembly, fragment_end(fragment) - 1);

	if (reassembly->identity.from.version == 4)
		return false;
	for (size_t i = count; i-- > 0;) {
		const struct fragment *other = &reassembly->fragments[i];
		if (other->offset + reassembly->longest <= fragment->offset)
			return false;
		bool within = fragment->offset >= other->offset &&
			      fragment_end(fragment) <= fragment_end(other);
		if (other->offset != fragment->offset && fragment_end(other) > fragment->offset &&
			!(within && joining_agree(other, fragment)))
			return true;
	}
	return false;
}

static bool is_same(const struct fragment *a, const struct fragment *b)
{
	return a->offset == b->offset && a->more == b->more && bytes_equal(a->payload, b->payload);
}

/* Those that came before the average one; one by one it would take long to find each. */
static void lose_older_half(struct reassembly *reassembly)
{
	uint64_t sum = 0;
	size_t kept = 0;

	for (size_t i = 0; i < reassembly->count; i++)
		sum += reassembly->fragments[i].packet;
	uint64_t average = sum / reassembly->count;
	for (size_t i = 0; i < reassembly->count; i++)
		if (reassembly->fragments[i].packet <= average)
			leftover_add(&reassembly->lost, &reassembly->fragments[i]);
		else
			reassembly->fragments[kept++] = reassembly->fragments[i];
	reassembly->count = kept;
}

/* Rule 8, for one that is about to come. Those that came twice go first, and nothing is lost. */
static void make_room(struct reassembly *reassembly, const struct fragment *fresh)
{
	size_t behind = joining_until(reassembly, fresh->offset);
	size_t first = behind - FRAGMENTS_AT_ONE_PLACE;

	if (behind >= FRAGMENTS_AT_ONE_PLACE &&
		reassembly->fragments[first].offset == fresh->offset) {
		for (size_t i = first; i < behind; i++)
			if (is_same(&reassembly->fragments[i], fresh)) {
				fragment_remove(reassembly, i);
				return;
			}
		fragment_lose(reassembly, first);
	}
	if (reassembly->count >= FRAGMENTS_MAXIMUM)
		lose_older_half(reassembly);
}

/* Enters a fragment in its place, for which there is room, and returns that. */
static size_t fragment_enter(struct reassembly *reassembly, const struct fragment *fragment)
{
	size_t place = joining_until(reassembly, fragment->offset);
	struct fragment *at = reassembly->fragments + place;

	memmove(at + 1, at, (reassembly->count - place) * sizeof *at);
	*at = *fragment;
	if (reassembly->count++ == 0 || fragment->time < reassembly->oldest)
		reassembly->oldest = fragment->time;
	if (fragment->payload.length > reassembly->longest)
		reassembly->longest = (uint32_t)fragment->payload.length;
	return place;
}

bool reassembly_add(struct reassembly *reassembly, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole)
{
	struct fragment fresh = {
		.payload = fragment->payload,
		.time = time,
		.packet = index,
		.offset = fragment->fragment.offset,
		.more = fragment->fragment.more,
		.dont_fragment = fragment->dont_fragment,
		.protocol = fragment->protocol,
		.hop_limit = fragment->hop_limit,
	};
	struct fragment *grown = array_grow(
		reassembly->fragments, &reassembly->capacity, reassembly->count, sizeof *grown);

	*whole = NULL;
	if (grown == NULL)
		return false;
	reassembly->fragments = grown;
	lose_old(reassembly, time);
	if (overlaps_badly(reassembly, &fresh)) {
		lose_all(reassembly);
		leftover_add(&reassembly->lost, &fresh);
		return true;
	}
	make_room(reassembly, &fresh);
	return joining_find(reassembly, fragment_enter(reassembly, &fresh), whole);
}

struct leftover reassembly_leftover(const struct reassembly *reassembly)
{
	struct leftover leftover = reassembly->lost;

	for (size_t i = 0; i < reassembly->count; i++)
		leftover_add(&leftover, &reassembly->fragments[i]);
	return leftover;
}

void reassembly_free(struct reassembly *reassembly)
{
	free(reassembly->fragments);
	*reassembly = (struct reassembly){0};
}

void whole_free(struct whole *whole)
{
	if (whole == NULL)
		return;
	free(whole->data);
	free(whole->packets);
	free(whole->offsets);
	free(whole);
}
