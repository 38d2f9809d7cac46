/* Verbs about the window of a connection, and about probes. */
#include "verbs/windows.h"

#include "verbs/argument_checks.h"
#include "verbs/segment_search.h"
#include "verbs/texts.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <stdbool.h>

static bool has_zero_window(const struct segment *segment)
{
	return segment->window == 0 && !(segment->flags & (TCP_RST | TCP_SYN));
}

static bool has_open_window(const struct segment *segment)
{
	return segment->window > 0 && !(segment->flags & (TCP_RST | TCP_SYN));
}

static bool is_probe(const struct segment *segment)
{
	return segment->probe != PROBE_NONE;
}

static bool is_window_probe(const struct segment *segment)
{
	return segment->probe == PROBE_WINDOW;
}

/* Records whether that side closed its window, and notes it. NULL: it did not. */
static const struct segment *expect_zero_window(const struct connection *connection, enum side side)
{
	const struct segment *closed = segment_from(connection, 0, side, has_zero_window);

	segment_expect(connection, side, closed, format("window 0 from %s", side_name(side)));
	return closed;
}

void case_expect_window_closed(
	const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, has_zero_window, NULL, side};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, segment_look_for, &awaited);
	expect_zero_window(connection, side);
}

/* While `side` has its window closed, the other asks for it (RFC 9293 3.8.6.1). */
void case_expect_window_probed(
	const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	enum side other = side_peer(side);
	struct awaited_segment awaited = {
		connection, other, is_window_probe, has_zero_window, side};

	segments_wait(connection, segment_look_for, &awaited);
	const struct segment *closed = expect_zero_window(connection, side);
	if (closed == NULL)
		return;
	segment_expect(connection, other,
		segment_from(connection, segment_after(connection, closed), other, is_window_probe),
		format("a probe from %s of the closed window", side_name(other)));
}

void case_expect_window_opened(
	const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, has_open_window, has_zero_window, side};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, segment_look_for, &awaited);
	const struct segment *closed = expect_zero_window(connection, side);
	if (closed == NULL)
		return;
	segment_expect(connection, side,
		segment_from(connection, segment_after(connection, closed), side, has_open_window),
		format("a window from %s that opens again", side_name(side)));
}

/* What a wait for a probe looks at. */
struct awaited_probe {
	const struct connection *connection;
	enum side side;
};

static bool is_probed(void *argument)
{
	const struct awaited_probe *awaited = argument;

	settle_decode();
	return segment_from(awaited->connection, 0, awaited->side, is_probe) != NULL;
}

void case_until_probe(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_probe awaited = {connection, side};
	struct wait wait = {.met = is_probed, .argument = &awaited, .descriptor = -1};

	must_be_side(place, side);
	context_at(place);
	if (!wait_for(&wait)) {
		context_note_next(connection_last_packet(connection, side));
		case_over(FAIL, "waited %g s for a probe from %s, found none", wait_seconds(),
			side_name(side));
	}
}

void case_expect_probe(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_segment awaited = {connection, side, is_probe, NULL, side};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, segment_look_for, &awaited);
	segment_expect(connection, side, segment_from(connection, 0, side, is_probe),
		format("a probe from %s", side_name(side)));
}

void case_expect_no_probe(const struct place *place, struct connection *connection, enum side side)
{
	must_be_side(place, side);
	context_at(place);
	segments_look_at(connection);
	const struct segment *probe = segment_from(connection, 0, side, is_probe);
	expect_that(probe == NULL, "expected no probe from %s, found one", side_name(side));
	if (probe != NULL)
		context_note(probe->packet, false);
}
