/* One fragmented IP datagram: its fragments in any order in, the whole payload out. */
#include "reassembly.h"

#include "array.h"

#include <stdlib.h>
#include <string.h>

/* More than the 65535 bytes that fragments may reach to. */
#define UNITS_MAXIMUM 8192

struct reassembly *reassembly_new(void)
{
	struct reassembly *reassembly = calloc(1, sizeof *reassembly);

	if (reassembly == NULL)
		return NULL;
	reassembly->data = malloc((size_t)FRAGMENT_UNIT * UNITS_MAXIMUM);
	reassembly->come = calloc(UNITS_MAXIMUM, sizeof *reassembly->come);
	if (reassembly->data == NULL || reassembly->come == NULL) {
		reassembly_free(reassembly);
		return NULL;
	}
	return reassembly;
}

void reassembly_free(struct reassembly *reassembly)
{
	free(reassembly->packets);
	free(reassembly->offsets);
	free(reassembly->data);
	free(reassembly->come);
	free(reassembly);
}

bool reassembly_takes(const struct reassembly *reassembly, const struct packet *fragment)
{
	const struct packet *first = &reassembly->first;

	/* In IPv6 the fragments' next headers may differ, and that at offset 0 counts. */
	return first->fragment.id == fragment->fragment.id &&
	       address_equal(&first->from, &fragment->from) &&
	       address_equal(&first->to, &fragment->to) &&
	       (first->from.version == 6 || first->protocol == fragment->protocol);
}

static uint32_t fragment_end(const struct packet *fragment)
{
	return fragment->fragment.offset + (uint32_t)fragment->payload.length;
}

/* Whether a fragment is at odds with where the datagram ends: the last one alone reaches there. */
static bool reassembly_ends_elsewhere(
	const struct reassembly *reassembly, const struct packet *fragment)
{
	uint32_t end = fragment_end(fragment);
	bool more = fragment->fragment.more;

	if (!reassembly->has_last)
		return !more && end <= reassembly->end;
	return more ? end >= reassembly->end : end != reassembly->end;
}

/*
 * Counts the units that are new in a fragment. False when one that came before had other bytes.
 * Fragments that share the last unit, which may be less than 8 bytes, both end where it does.
 */
static bool reassembly_compare(
	const struct reassembly *reassembly, const struct packet *fragment, uint32_t *fresh)
{
	uint32_t end = fragment_end(fragment);
	const unsigned char *data = fragment->payload.data;

	*fresh = 0;
	for (uint32_t at = fragment->fragment.offset; at < end; at += FRAGMENT_UNIT) {
		size_t length = end - at < FRAGMENT_UNIT ? end - at : FRAGMENT_UNIT;
		if (!reassembly->come[at / FRAGMENT_UNIT])
			*fresh += 1;
		else if (memcmp(reassembly->data + at, data, length) != 0)
			return false;
		data += length;
	}
	return true;
}

/* Enters a fragment into the list, which is kept in the order of offsets. */
static bool reassembly_list(struct reassembly *reassembly, uint32_t index, uint32_t offset)
{
	size_t count = reassembly->packet_count, capacity = reassembly->packet_capacity;
	uint32_t *packets = array_grow(reassembly->packets, &capacity, count, sizeof *packets);

	if (packets == NULL)
		return false;
	reassembly->packets = packets;
	uint32_t *offsets = array_grow(
		reassembly->offsets, &reassembly->packet_capacity, count, sizeof *offsets);
	if (offsets == NULL)
		return false;
	reassembly->offsets = offsets;

	size_t place = count;
	for (; place > 0 && offsets[place - 1] > offset; place--) {
		packets[place] = packets[place - 1];
		offsets[place] = offsets[place - 1];
	}
	packets[place] = index;
	offsets[place] = offset;
	reassembly->packet_count++;
	return true;
}

/* Puts a fragment's bytes in place. */
static void reassembly_store(
	struct reassembly *reassembly, const struct packet *fragment, uint32_t fresh)
{
	uint32_t offset = fragment->fragment.offset, end = fragment_end(fragment);

	memcpy(reassembly->data + offset, fragment->payload.data, fragment->payload.length);
	for (uint32_t at = offset; at < end; at += FRAGMENT_UNIT)
		reassembly->come[at / FRAGMENT_UNIT] = true;
	reassembly->units += fresh;
	if (end > reassembly->end)
		reassembly->end = end;
	if (!fragment->fragment.more)
		reassembly->has_last = true;
	if (offset == 0 || reassembly->packet_count == 1)
		reassembly->first = *fragment;
}

static bool reassembly_is_whole(const struct reassembly *reassembly)
{
	uint32_t units = (reassembly->end + FRAGMENT_UNIT - 1) / FRAGMENT_UNIT;

	return reassembly->has_last && reassembly->units == units;
}

/* Keeps no more memory than what is whole needs. */
static void reassembly_shrink(struct reassembly *reassembly)
{
	unsigned char *data = realloc(reassembly->data, reassembly->end);

	if (data != NULL)
		reassembly->data = data;
	free(reassembly->come);
	reassembly->come = NULL;
}

enum reassembly_step reassembly_add(
	struct reassembly *reassembly, const struct packet *fragment, uint32_t index)
{
	uint32_t fresh;

	if (reassembly->contradicted)
		return REASSEMBLY_WAITS;
	if (reassembly_ends_elsewhere(reassembly, fragment) ||
		!reassembly_compare(reassembly, fragment, &fresh)) {
		reassembly->contradicted = true;
		return REASSEMBLY_CONTRADICTS;
	}
	if (fresh == 0)
		return REASSEMBLY_WAITS;
	if (!reassembly_list(reassembly, index, fragment->fragment.offset))
		return REASSEMBLY_NO_MEMORY;
	reassembly_store(reassembly, fragment, fresh);
	if (!reassembly_is_whole(reassembly))
		return REASSEMBLY_WAITS;
	reassembly_shrink(reassembly);
	return REASSEMBLY_WHOLE;
}

void reassembly_decode(const struct reassembly *reassembly, struct packet *whole)
{
	packet_decode_whole(
		whole, &reassembly->first, (struct bytes){reassembly->data, reassembly->end});
}
