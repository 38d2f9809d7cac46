/* Verbs that disturb what goes between two programs: datagrams are lost, late or overtaken. */
#include "verbs/disturbances.h"

#include "verbs/argument_checks.h"
#include "worker/context.h"
#include "worker/disturbances.h"
#include "worker/wait.h"

#include <inttypes.h>

static void must_be_datagrams(uint64_t first, uint64_t count)
{
	if (first == 0 || count == 0)
		case_over(BROKEN, "datagrams are numbered from 1, and there is one at least");
	if (first > UINT64_MAX - count)
		case_over(BROKEN, "%" PRIu64 " datagrams from number %" PRIu64 " on: too many",
			count, first);
}

/* What was sent until now is let through, uncounted. */
static void disturb(struct disturbance *disturbance)
{
	struct error error;
	bool lacking;

	disturbance->place = context.place;
	disturbance->iteration = context.results->iteration;
	must_be_datagrams(disturbance->first, disturbance->count);
	context_port(disturbance->port);
	if (!context.settings->isolated)
		case_over(SKIP, "needs a sandbox: it disturbs what crosses the wire");
	wait_collect();
	bool added = disturbances_add(disturbance, &lacking, &error);
	if (!added && lacking)
		case_over(SKIP, "this kernel lets nobody hold up packets: %s", error.text);
	must(added, &error);
}

void case_lose_datagrams(
	const struct place *place, uint16_t port, enum side side, uint64_t first, uint64_t count)
{
	struct disturbance disturbance = {
		.port = port, .side = side, .first = first, .count = count, .fate = FATE_LOST};

	must_be_side(place, side);
	context_at(place);
	disturb(&disturbance);
}

void case_lose_datagram(const struct place *place, uint16_t port, enum side side, uint64_t number)
{
	must_be_side(place, side);
	case_lose_datagrams(place, port, side, number, 1);
}

void case_delay_datagrams(const struct place *place, uint16_t port, enum side side, uint64_t first,
	uint64_t count, unsigned milliseconds)
{
	must_be_side(place, side);
	context_at(place);
	struct disturbance disturbance = {.port = port,
		.side = side,
		.first = first,
		.count = count,
		.fate = FATE_LATE,
		.milliseconds = milliseconds};
	int64_t limit = context.settings->wait_limit / 1000000;

	if (milliseconds == 0 || milliseconds >= limit)
		case_over(BROKEN,
			"a datagram is held back for 1 ms at least, and for less than the limit "
			"of a wait, which is %" PRId64 " ms",
			limit);
	disturb(&disturbance);
}

void case_delay_datagram(const struct place *place, uint16_t port, enum side side, uint64_t number,
	unsigned milliseconds)
{
	must_be_side(place, side);
	case_delay_datagrams(place, port, side, number, 1, milliseconds);
}

void case_swap_datagrams(const struct place *place, uint16_t port, enum side side, uint64_t first)
{
	struct disturbance disturbance = {
		.port = port, .side = side, .first = first, .count = 2, .fate = FATE_OVERTAKEN};

	must_be_side(place, side);
	context_at(place);
	disturb(&disturbance);
}
