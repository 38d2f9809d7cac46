/* Segments that only ask whether the peer is there: what tells them from those that come late. */
#include "probe.h"

/* Nanoseconds. Linux waits twice as long for an ACK at least, and longer before it probes. */
#define PROBE_SOONEST 100000000

/* A retransmission comes at most so long after the first time (RFC 6298 2.1, 5.7)... */
#define RETRANSMISSION_FIRST INT64_C(3000000000)

/* ... and then so many times as long after the last time as that came after the one before. */
#define RETRANSMISSION_BACKOFF 3

/* Times are read from a capture and may be anything. */
static int64_t elapsed(int64_t since, int64_t time)
{
	return (int64_t)((uint64_t)time - (uint64_t)since);
}

void pace_note(
	struct pace *pace, const struct packet *packet, int64_t time, bool ends, bool repeated)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (options->has_timestamps &&
		(!pace->has_timestamp || (int32_t)(options->timestamp - pace->timestamp) > 0)) {
		pace->has_timestamp = true;
		pace->timestamp = options->timestamp;
	}
	pace->last = time;
	if (!ends)
		return;
	pace->gap = repeated ? elapsed(pace->end, time) : 0;
	pace->end = time;
}

bool pace_may_repeat(const struct pace *pace, int64_t time)
{
	int64_t since = elapsed(pace->end, time);

	return since <= RETRANSMISSION_FIRST || since / RETRANSMISSION_BACKOFF <= pace->gap;
}

/* Whether a segment was sent later than all others of its side, by what a probe waits for. */
static bool was_sent_later(const struct pace *pace, const struct packet *packet, int64_t time)
{
	const struct tcp_options *options = &packet->tcp.options;

	if (pace->has_timestamp && options->has_timestamps)
		return (int32_t)(options->timestamp - pace->timestamp) > 0;
	return elapsed(pace->last, time) >= PROBE_SOONEST;
}

/* Whether the last byte of the stream was sent, and is another one than this. */
static bool is_wrong_byte(const struct stream *stream, unsigned char byte)
{
	unsigned char sent;

	if (stream->has_fin || stream->next < 2)
		return true;
	return stream_copy(stream, stream->next - 2, &sent, 1) == 1 && sent != byte;
}

/* Whether a segment at the last number that its side has sent is neither late nor sent again. */
static bool is_late_enough(const struct stream *own, const struct pace *pace,
	const struct packet *packet, int64_t time)
{
	if (packet->payload.length == 0)
		return was_sent_later(pace, packet, time);
	if (is_wrong_byte(own, packet->payload.data[0]))
		return true;
	return !pace_may_repeat(pace, time);
}

bool probe_asks_again(const struct stream *own, const struct stream *peer, const struct pace *pace,
	const struct packet *packet, int64_t time)
{
	const struct tcp_header *tcp = &packet->tcp;

	if ((tcp->flags & (TCP_SYN | TCP_FIN | TCP_RST)) || !(tcp->flags & TCP_ACK) ||
		packet->payload.length > 1 || !own->has_start || !peer->has_start)
		return false;
	return stream_relative(own, tcp->sequence) + 1 == (int64_t)own->next &&
	       own->acknowledged == own->next &&
	       stream_relative(peer, tcp->acknowledgment) >= (int64_t)peer->acknowledged &&
	       is_late_enough(own, pace, packet, time);
}

bool probe_asks_for_room(const struct stream *own, const struct packet *packet)
{
	return packet->payload.length == 1 &&
	       !(packet->tcp.flags & (TCP_SYN | TCP_FIN | TCP_RST)) && own->edge > 0 &&
	       stream_relative(own, packet->tcp.sequence) >= (int64_t)own->edge;
}
