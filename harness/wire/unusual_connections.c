/* Picks from many connections those that a reader wants to see: the ones that differ. */
#include "wire/unusual_connections.h"

#include <stdint.h>

/* How many ways the bits in way_of can make. */
#define WAYS (1u << 11)

/* How a connection went, as a number below WAYS. */
static unsigned way_of(const struct connection *connection)
{
	unsigned way = (unsigned)connection->opening & 7;

	way = way << 1 | connection->has_reset;
	way = way << 1 | (connection->has_reset && connection->reset_from == SERVER);
	way = way << 1 | connection->self_connected;
	way = way << 1 | connection_closed_in_order(connection);
	for (enum side side = CLIENT; side <= SERVER; side++) {
		way = way << 1 | connection->streams[side].has_fin;
		way = way << 1 | (connection->streams[side].buffered > 0);
	}
	return way;
}

/* Whether `a` is shown before `b`, although it came after it. */
static bool is_before(const struct connection *a, enum interest in_a, const struct connection *b,
	enum interest in_b, const uint32_t counts[WAYS])
{
	if (in_a != in_b)
		return in_a > in_b;
	return counts[way_of(a)] < counts[way_of(b)];
}

/* Inserts a connection among the picked ones. If there are too many, the last one is dropped. */
static size_t pick(const struct connection *picked[], size_t count, size_t maximum, size_t at,
	const struct connection *next)
{
	if (at == maximum)
		return count;
	count += count < maximum;
	for (size_t i = count - 1; i > at; i--)
		picked[i] = picked[i - 1];
	picked[at] = next;
	return count;
}

size_t unusual_connections(const struct connections *connections,
	enum interest (*interest)(const struct connection *connection, const void *argument),
	const void *argument, const struct connection *picked[], size_t maximum, size_t *total)
{
	uint32_t counts[WAYS] = {0};
	size_t count = 0;

	*total = 0;
	for (size_t i = 0; i < connections->count; i++)
		if (interest(connections->list[i], argument) != NO_INTEREST) {
			counts[way_of(connections->list[i])]++;
			++*total;
		}
	for (size_t i = 0; i < connections->count; i++) {
		const struct connection *next = connections->list[i];
		enum interest in_next = interest(next, argument);
		if (in_next == NO_INTEREST)
			continue;
		size_t at = count;
		while (*total > maximum && at > 0 &&
			is_before(next, in_next, picked[at - 1], interest(picked[at - 1], argument),
				counts))
			at--;
		count = pick(picked, count, maximum, at, next);
	}
	return count;
}
