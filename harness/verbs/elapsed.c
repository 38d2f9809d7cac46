/* Verbs about the time between two events, of the case or on the wire. */
#include "verbs/elapsed.h"

#include "base/array.h"
#include "base/clock.h"
#include "verbs/argument_checks.h"
#include "verbs/segment_search.h"
#include "worker/context.h"
#include "worker/settle.h"
#include "worker/wait_limit.h"

#include <inttypes.h>
#include <stdbool.h>

/* What a moment's number stands for. A case cannot change it. */
struct instant {
	int64_t monotonic; /* nanoseconds (clock_gettime(2)); 0: a moment on the wire */
	int64_t wall;      /* nanoseconds since the epoch, by the clock of the capture */
	int64_t held_up;   /* nanoseconds that the machine had taken until then; of moment_now() */
	uint32_t packet;   /* in the capture; of a moment on the wire */
};

/* Of the moments that verbs have returned. They are the worker's, which ends with the case. */
static struct instant *instants;
static size_t instant_count, instant_capacity;

static struct moment moment_new(struct instant instant)
{
	struct instant *list =
		array_grow(instants, &instant_capacity, instant_count, sizeof *instants);

	if (list == NULL)
		case_over(BROKEN, "no memory for a moment");
	instants = list;
	instants[instant_count++] = instant;
	return (struct moment){instant_count};
}

static struct instant instant_of(struct moment moment)
{
	if (moment.number == 0 || moment.number > instant_count)
		case_over(BROKEN, "this moment is none that a verb returned");
	return instants[moment.number - 1];
}

static struct instant take_instant(void)
{
	return (struct instant){
		.monotonic = monotonic_now(), .wall = wall_clock_now(), .held_up = wait_held_up()};
}

struct moment case_moment_now(const struct place *place)
{
	context_at(place);
	return moment_new(take_instant());
}

/* A byte of a side's stream, or its FIN. */
struct awaited_byte {
	const struct connection *connection;
	enum side side;
	uint64_t byte;
	bool is_fin;
	const struct segment *found; /* the first that has it */
};

static bool has_byte(const struct segment *segment, uint64_t byte)
{
	/* A SYN has the relative number 0, and the first byte 1. */
	uint64_t first = segment->sequence + ((segment->flags & TCP_SYN) != 0) - 1;

	return segment_has_data(segment) && byte >= first && byte < first + segment->length;
}

static enum outlook look_for_byte(void *argument)
{
	struct awaited_byte *awaited = argument;
	const struct connection *connection = awaited->connection;

	for (size_t i = 0; awaited->found == NULL && i < connection->segment_count; i++) {
		const struct segment *each = &connection->segments[i];
		if (each->from == awaited->side && !each->ignored &&
			(awaited->is_fin ? segment_has_fin(each) : has_byte(each, awaited->byte)))
			awaited->found = each;
	}
	return awaited->found != NULL ? AS_EXPECTED : segments_unless_over(connection);
}

static struct moment wire_moment(int64_t time, uint32_t packet)
{
	return moment_new((struct instant){.wall = time, .packet = packet});
}

/* The end of the case is about the last packet of that side. */
static void note_last(const struct connection *connection, enum side side)
{
	context_note_next(connection_last_packet(connection, side));
}

struct moment case_sent_at(
	const struct place *place, struct connection *connection, enum side side, uint64_t byte)
{
	struct awaited_byte awaited = {.connection = connection, .side = side, .byte = byte};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, look_for_byte, &awaited);
	if (awaited.found == NULL) {
		note_last(connection, side);
		case_over(FAIL,
			"expected %s to send byte %" PRIu64 ", counted from 0; found %" PRIu64
			" bytes from it",
			side_name(side), byte, connection->streams[side].length);
	}
	return wire_moment(awaited.found->time, awaited.found->packet);
}

struct moment case_fin_at(const struct place *place, struct connection *connection, enum side side)
{
	struct awaited_byte awaited = {.connection = connection, .side = side, .is_fin = true};

	must_be_side(place, side);
	context_at(place);
	segments_wait(connection, look_for_byte, &awaited);
	if (awaited.found == NULL) {
		note_last(connection, side);
		case_over(FAIL, "expected a FIN from %s, found none", side_name(side));
	}
	return wire_moment(awaited.found->time, awaited.found->packet);
}

struct moment case_datagram_at(const struct datagram *datagram)
{
	return wire_moment(datagram->time, datagram->packets[0]);
}

static bool is_on_wire(struct instant instant)
{
	return instant.monotonic == 0;
}

/* The capture has no monotonic clock. */
static double milliseconds(struct instant first, struct instant second)
{
	int64_t between = is_on_wire(first) || is_on_wire(second)
				  ? second.wall - first.wall
				  : second.monotonic - first.monotonic;

	return (double)between / 1e6;
}

double case_milliseconds_between(struct moment first, struct moment second)
{
	return milliseconds(instant_of(first), instant_of(second));
}

/* How long the machine may have put off what came between the two. */
static double held_up_between(struct instant first, struct instant second)
{
	int64_t before = is_on_wire(first) ? 0 : first.held_up;
	int64_t after = is_on_wire(second) ? wait_held_up() : second.held_up;

	return after > before ? (double)(after - before) / 1e6 : 0;
}

static void note_instant(struct instant instant, bool held)
{
	if (is_on_wire(instant))
		context_note(instant.packet, held);
}

static void expect_bounds(struct instant first, struct instant second, double least, double most)
{
	double found = milliseconds(first, second);
	double held_up = found > most ? held_up_between(first, second) : 0;

	if (found > most && found - held_up <= most) {
		if (is_on_wire(second))
			context_note_next(second.packet);
		case_over(BROKEN,
			"expected at most %g ms, found %.3f ms, but the machine was busy: up to "
			"%.3f ms of that, programs or the case waited for a processor or the disk",
			most, found, held_up < found ? held_up : found);
	}
	bool held = expect_that(found >= least && found <= most,
		"expected at least %g ms and at most %g ms, found %.3f ms", least, most, found);
	note_instant(first, held);
	note_instant(second, held);
}

void case_expect_between(const struct place *place, struct moment first, struct moment second,
	double least, double most)
{
	context_at(place);
	expect_bounds(instant_of(first), instant_of(second), least, most);
}

void case_expect_elapsed(const struct place *place, struct moment since, double least, double most)
{
	context_at(place);
	expect_bounds(instant_of(since), take_instant(), least, most);
}
