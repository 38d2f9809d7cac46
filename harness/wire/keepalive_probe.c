/* Keepalives and window probes: how they differ from segments that come late or again. */
#include "wire/keepalive_probe.h"

/* In nanoseconds. Linux waits at least twice as long for an ACK, and longer before it probes. */
#define PROBE_SOONEST 100000000

/* The first retransmission comes after this time at most, in nanoseconds (RFC 6298 2.1, 5.7). */
#define RETRANSMISSION_FIRST INT64_C(3000000000)

/* From one retransmission to the next, the time grows by this factor at most. */
#define RETRANSMISSION_BACKOFF 3

/* Times come from a capture and may be anything, so this must not overflow. */
static int64_t elapsed(int64_t since, int64_t time)
{
	return (int64_t)((uint64_t)time - (uint64_t)since);
}

void pace_note(struct pace *pace, const struct packet *packet, int64_t time)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (options->has_timestamps &&
		(!pace->has_timestamp || (int32_t)(options->timestamp - pace->timestamp) > 0)) {
		pace->has_timestamp = true;
		pace->timestamp = options->timestamp;
	}
	pace->last = time;
}

void pace_note_end(struct pace *pace, int64_t time, uint64_t began, bool repeated)
{
	pace->gap = repeated ? elapsed(pace->end, time) : 0;
	pace->end = time;
	if (!repeated || began > pace->began)
		pace->began = began;
}

bool pace_may_repeat(const struct pace *pace, int64_t time)
{
	int64_t since = elapsed(pace->end, time);

	return since <= RETRANSMISSION_FIRST || since / RETRANSMISSION_BACKOFF <= pace->gap;
}

/*
 * Whether a segment without a byte was sent after all other segments of its side. It may have been
 * sent earlier only if its number is the one at which the last of them began.
 */
static bool was_sent_last(const struct stream *own, const struct pace *pace,
	const struct packet *packet, int64_t time)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (pace->began + 1 != own->next || own->next < 2)
		return true;
	if (pace->has_timestamp && options->has_timestamps)
		return (int32_t)(options->timestamp - pace->timestamp) > 0;
	return elapsed(pace->last, time) >= PROBE_SOONEST;
}

/* Whether a byte at the last number that its side has sent is no part of the stream. */
static bool is_garbage(
	const struct stream *own, const struct pace *pace, unsigned char byte, int64_t time)
{
	unsigned char sent;

	if (own->has_fin || own->next < 2)
		return true; /* the number is a FIN's or the SYN's */
	if (stream_copy(own, own->next - 2, &sent, 1) == 0)
		return false; /* the capture lacked it */
	return sent != byte || !pace_may_repeat(pace, time);
}

/* Whether a segment has a number that was acknowledged already, because it has nothing to send. */
static bool asks_again(const struct stream *own, const struct stream *peer, const struct pace *pace,
	const struct packet *packet, int64_t time)
{
	const struct tcp_header *tcp = &packet->tcp;

	if (!(tcp->flags & TCP_ACK) || !own->has_start || !peer->has_start)
		return false;
	return stream_relative(own, tcp->sequence) + 1 == (int64_t)own->next &&
	       own->acknowledged == own->next &&
	       stream_relative(peer, tcp->acknowledgment) >= (int64_t)peer->acknowledged &&
	       (packet->payload.length == 0 ? was_sent_last(own, pace, packet, time)
					    : is_garbage(own, pace, packet->payload.data[0], time));
}

enum probe probe_of(const struct stream *own, const struct stream *peer, const struct pace *pace,
	const struct packet *packet, int64_t time, bool *garbage)
{
	int64_t edge = (int64_t)own->edge;

	*garbage = false;
	if ((packet->tcp.flags & (TCP_SYN | TCP_FIN | TCP_RST)) || packet->payload.length > 1)
		return PROBE_NONE;
	*garbage = asks_again(own, peer, pace, packet, time);
	if (*garbage)
		return edge > 0 && (int64_t)own->next >= edge ? PROBE_WINDOW : PROBE_KEEPALIVE;
	bool no_room = edge > 0 && stream_relative(own, packet->tcp.sequence) >= edge;
	return packet->payload.length == 1 && no_room ? PROBE_WINDOW : PROBE_NONE;
}
