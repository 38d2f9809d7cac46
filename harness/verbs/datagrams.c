/* Verbs about the datagrams on a port, all of them. */
#include "verbs/datagrams.h"

#include "verbs/datagram_difference.h"
#include "verbs/datagram_lists.h"
#include "verbs/datagram_matching.h"
#include "worker/context.h"
#include "worker/joined_packets.h"
#include "worker/settle.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Room for the text of a failure. */
#define TEXT_MAXIMUM ((size_t)32 << 10)

/* They are looked at now, by an expectation that held or did not. */
static void note_datagrams(const struct datagram_lists *lists, bool held)
{
	if (lists->found_count == 0 && !held)
		context_note_last_datagram(lists->protocol, lists->port);
	for (size_t i = 0; i < lists->found_count; i++) {
		lists->found[i]->looked_at = true;
		for (size_t j = 0; j < lists->found[i]->packet_count; j++)
			context_note(lists->found[i]->packets[j], held);
	}
}

static void expect_equal_lists(const struct datagram_lists *lists)
{
	struct buffer text;

	buffer_init(&text, TEXT_MAXIMUM);
	buffer_printf(&text,
		"expected %zu %s%s on port %u, found %zu (- missing, + not expected)\n",
		lists->expected_count, datagram_name(lists->protocol),
		lists->expected_count == 1 ? "" : "s", lists->port, lists->found_count);
	bool equal = lists_compare(&text, lists);
	expect_text(equal, buffer_text(&text));
	note_datagrams(lists, equal);
	buffer_free(&text);
}

/* Expects the lists to be equal once `look` sees nothing more to come. */
static void expect_lists(struct datagram_lists *lists, enum outlook (*look)(void *argument))
{
	context_port(lists->port);
	settle_until(look, lists);
	must_tell_datagrams_apart(lists->port);
	expect_equal_lists(lists);
	free(lists->found);
}

static enum outlook look_in_order(void *argument)
{
	struct datagram_lists *lists = argument;
	size_t i = 0;

	lists_find(lists);
	while (i < lists->expected_count && i < lists->found_count && lists_same(lists, i, i))
		i++;
	if (i < lists->found_count)
		return NEVER;
	return i == lists->expected_count ? AS_EXPECTED : NOT_YET;
}

void case_expect_datagrams(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	struct datagram_lists lists = {.protocol = IPPROTO_UDP,
		.port = port,
		.expected = expected,
		.expected_count = count};

	context_at(place);
	expect_lists(&lists, look_in_order);
}

void case_expect_udplite_datagrams(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	struct datagram_lists lists = {.protocol = IPPROTO_UDPLITE,
		.port = port,
		.expected = expected,
		.expected_count = count};

	context_at(place);
	expect_lists(&lists, look_in_order);
}

static enum outlook look_in_any_order(void *argument)
{
	struct datagram_lists *lists = argument;

	lists_find(lists);
	if (!lists_match(lists))
		return NEVER;
	return lists->found_count == lists->expected_count ? AS_EXPECTED : NOT_YET;
}

void case_expect_datagrams_unordered(
	const struct place *place, uint16_t port, const struct message expected[], size_t count)
{
	context_at(place);
	struct datagram_lists lists = {
		.protocol = IPPROTO_UDP, .port = port, .expected_count = count};
	struct message *sorted = calloc(count + 1, sizeof *sorted);

	if (sorted == NULL)
		case_over(BROKEN, "no memory for a list of %zu datagrams", count);
	memcpy(sorted, expected, count * sizeof *sorted);
	messages_sort(sorted, count);
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
