/*
 * Puts IP datagrams together from fragments that have one identification, in any order.
 *
 * The rules. Their aim: each datagram is found if all of its fragments crossed the wire. Fragments
 * that are in no datagram are reported. A lost fragment never hides what comes after it.
 *
 * 1. Fragments with the same addresses, identification and, in IPv4, protocol may be one datagram
 *    (RFC 791 3.2; RFC 8200 4.5: the next header of the fragment at offset 0 counts).
 * 2. A datagram is whole when its fragments reach from offset 0 to the end of a fragment with no
 *    more to follow, and each begins where another ends (RFC 791 3.2, RFC 8200 4.5). They may come
 *    in any order.
 * 3. An identification is used again (RFC 6864 4, RFC 4963). So fragments that wait may belong to
 *    several datagrams. If several could come next, the newest is tried first: the others of an
 *    older one are most likely lost. The result must have the length that it says and, if it has a
 *    checksum, a right one. Otherwise the next fragments are tried. tshark takes the first
 * fragments that fit by their place. So it mixes two datagrams, or finds only one of them.
 * 4. If all waiting fragments make one datagram, and that is wrong by rule 3, it is reported all
 * the same, as tshark does: somebody may have sent it so. Its fragments go on waiting. They may be
 *    parts of another datagram, which is then reported too.
 * 5. A fragment that comes again while the first one waits is the same one (RFC 8200 4.5). After
 * the datagram is whole, it begins another datagram, as in Linux and in tshark.
 * 6. Overlaps. In IPv4 the bytes in an overlap may have come twice (RFC 791 3.2). If they differ,
 *    the fragments belong to different datagrams; tshark mixes these. In IPv6 a datagram with an
 *    overlap is dropped with all of its fragments (RFC 8200 4.5, RFC 5722 4): the receiver gets
 *    nothing. tshark does not do this. Two fragments that begin at the same place and differ are a
 *    matter of rule 3. One that lies within another and agrees with it is a matter of rule 5, as in
 *    Linux.
 * 7. A fragment that has waited for too long no longer counts. RFC 791 3.2 and RFC 1122 3.3.2 name
 *    times from 15 to 120 seconds. Linux is the receiver here, and waits for 30 (ip-sysctl,
 *    ipfrag_time); for IPv6 it is 60 as in RFC 8200 4.5. tshark waits for ever.
 * 8. Any number of identifications may wait. Of one, FRAGMENTS_MAXIMUM fragments wait: twice as
 * many as the largest datagram can have. FRAGMENTS_AT_ONE_PLACE of them may begin at one place.
 * When there are more, the older ones are reported as being in no datagram.
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

/* Whether more than `wait` has passed from `then` to `now`, which may be before `then`. */
static bool is_longer_ago(int64_t then, int64_t now, int64_t wait)
{
	return now > then && (uint64_t)now - (uint64_t)then > (uint64_t)wait;
}

static void leftover_add(struct leftover *leftover, const struct fragment *fragment)
{
	if (fragment->reported)
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

/* Rule 7: when a fragment comes, those that have waited for too long are lost. */
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

/* Rule 6 for IPv6. */
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

/* Those that came before the average one. To look for the oldest one each time would take long. */
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

/* Rule 8. If the same fragment waits already, that one makes room, and nothing is lost. */
static void make_room(struct reassembly *reassembly, const struct fragment *fresh)
{
	size_t end = joining_until(reassembly, fresh->offset);
	size_t first = end - FRAGMENTS_AT_ONE_PLACE;

	if (end >= FRAGMENTS_AT_ONE_PLACE && reassembly->fragments[first].offset == fresh->offset) {
		for (size_t i = first; i < end; i++)
			if (is_same(&reassembly->fragments[i], fresh)) {
				fragment_remove(reassembly, i);
				return;
			}
		fragment_lose(reassembly, first);
	}
	if (reassembly->count >= FRAGMENTS_MAXIMUM)
		lose_older_half(reassembly);
}

/* Inserts a fragment, for which there is room, and returns its place. */
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
