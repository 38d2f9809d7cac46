/* The datagrams that an expectation is about: those expected, and those found on a port. */
#include "verbs/datagram_lists.h"

#include "base/pattern.h"
#include "worker/context.h"

#include <stdlib.h>

void lists_find(struct datagram_lists *lists)
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

struct message lists_found(const struct datagram_lists *lists, size_t found)
{
	const struct datagram *datagram = lists->found[found];

	return (struct message){
		.from = datagram_sender(&context.wire.datagrams, datagram, lists->port),
		.payload = datagram->payload};
}

static bool matches(const char *pattern, struct bytes payload)
{
	struct buffer why;

	buffer_init(&why, 1024);
	bool does = pattern_matches(&why, pattern, payload);
	buffer_free(&why);
	return does;
}

bool lists_same(const struct datagram_lists *lists, size_t expected, size_t found)
{
	const struct message *message = &lists->expected[expected];
	const struct message other = lists_found(lists, found);

	if (message->from != other.from)
		return false;
	return message->pattern != NULL ? matches(message->pattern, other.payload)
					: bytes_equal(message->payload, other.payload);
}
