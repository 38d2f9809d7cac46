/* One direction of a TCP connection: the byte stream, put together from segments in any order. */
#ifndef WIRECHECK_STREAM_H
#define WIRECHECK_STREAM_H

#include "wire/packet.h"
#include "wire/stream_blocks.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one side sent. */
struct stream {
	struct address address; /* of the side that sent it */
	struct blocks blocks;   /* the bytes that came; there may be gaps */
	uint64_t length;        /* bytes from offset 0 to the first gap */
	uint64_t buffered;      /* bytes in all blocks, including those after a gap */
	bool has_syn, has_fin;
	bool syn_has_ack;          /* its first SYN was a SYN+ACK */
	bool has_start;            /* the next field is known */
	uint32_t initial_sequence; /* of the SYN; without a SYN, one less than the first number seen
				    */
	bool has_other_start;      /* the next field is known */
	uint32_t other_start;      /* initial_sequence of another SYN+ACK that it sent before */
	uint64_t next;         /* relative number after all it sent: SND.NXT in RFC 9293 3.3.1 */
	uint64_t acknowledged; /* the highest number that the peer acknowledged, relative */
	uint64_t promised;     /* an acknowledged number beyond `next`; 0: there is none */
	uint64_t edge;         /* the end of the peer's window, a relative number; 0: not known */
	uint64_t reach;        /* the highest that the edge ever was: a window may shrink */
	uint64_t fin_offset;   /* the length of the stream by its FIN */
	uint32_t syn_packet, fin_packet;
	struct tcp_options syn_options;
	/* A byte came twice with different values, or the FIN twice, or the FIN before bytes. */
	bool has_conflict;
	uint64_t conflict_offset;
	uint32_t conflict_packet;
	uint64_t looked_at; /* how many bytes, from the first on; set by the verbs */
};

/* How many bytes are missing before the last known one. */
uint64_t stream_gap(const struct stream *stream);

/*
 * Whether the peer acknowledged bytes that are not in the capture. They were sent, so the capture
 * lacks them. `*first` to `*last` are offsets of some of them.
 */
bool stream_lacks(const struct stream *stream, uint64_t *first, uint64_t *last);

/*
 * Compares the stream, up to its first gap, with `expected`. True when both have the same bytes and
 * the same length. Otherwise `difference` is the offset of the first byte that differs, or that
 * only one of them has.
 */
bool stream_equal(const struct stream *stream, struct bytes expected, uint64_t *difference);

/* Copies up to `length` bytes from `offset` on, until a gap. Returns how many that were. */
size_t stream_copy(const struct stream *stream, uint64_t offset, void *out, size_t length);

/*
 * The functions below are for the files that make a connection of two streams: connection.c,
 * segment_acceptance.c and keepalive_probe.c.
 */

/* Sets the initial sequence number, unless it is known already. */
void stream_start(struct stream *stream, uint32_t initial_sequence);

/*
 * The relative number for a 32-bit sequence number: of all numbers that end in these 32 bits, the
 * one nearest to `next`. It is negative when it is before the start of the stream.
 */
int64_t stream_relative(const struct stream *stream, uint32_t sequence);

/* Whether a sequence number is from `least` to `next`. */
bool stream_spans(const struct stream *stream, uint32_t sequence, int64_t least);

/* Whether a segment of the peer acknowledges something that this stream sent. */
bool stream_is_acknowledged(const struct stream *stream, const struct packet *packet);

/*
 * Adds what a segment at this relative number carries: SYN, bytes, FIN. Bytes before the start of
 * the stream are left out. Bytes that came already are compared. The payload must stay valid as
 * long as the stream. False when memory ran out.
 */
bool stream_absorb(
	struct stream *stream, int64_t relative, const struct packet *packet, uint32_t index);

/* How many bytes, SYNs and FINs there are. A segment that only repeats adds none. */
uint64_t stream_content(const struct stream *stream);

/*
 * The peer acknowledged everything before this relative number. In a capture, an ACK may come
 * before what it acknowledges. So what was not sent yet counts when it is (stream_absorb).
 */
void stream_acknowledge(struct stream *stream, int64_t relative);

/* Frees what the stream owns. */
void stream_free(struct stream *stream);

#endif
