/* One direction of a TCP connection: segments' bytes in any order in, the byte stream out. */
#ifndef WIRECHECK_STREAM_H
#define WIRECHECK_STREAM_H

#include "wire/stream_blocks.h"
#include "wire/packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What one side sent. */
struct stream {
	struct address address; /* of the side that sent it */
	struct blocks blocks;   /* what came; gaps are possible */
	uint64_t length;        /* bytes from offset 0 without a gap */
	uint64_t buffered;      /* bytes in all blocks, those behind a gap too */
	bool has_syn, has_fin;
	bool syn_has_ack;          /* its first SYN was a SYN+ACK */
	bool has_start;            /* the next field is known */
	uint32_t initial_sequence; /* of the SYN; without one, one before the first byte seen */
	bool has_other_start;      /* the next field is known */
	uint32_t other_start;      /* initial_sequence of another SYN+ACK that it sent before */
	uint64_t next;         /* relative number behind all it sent: SND.NXT in RFC 9293 3.3.1 */
	uint64_t acknowledged; /* the highest of the peer's acknowledgments of it, relative */
	uint64_t promised;     /* one beyond all that is in the capture; 0: there is none */
	uint64_t edge;         /* what the peer's window does not let it send; 0: not known */
	uint64_t reach;        /* the furthest that the edge was: a window may shrink */
	uint64_t fin_offset;   /* the stream's length, as its FIN has it */
	uint32_t syn_packet, fin_packet;
	struct tcp_options syn_options;
	/* The same byte came twice with different values, or the FIN twice or among the bytes. */
	bool has_conflict;
	uint64_t conflict_offset;
	uint32_t conflict_packet;
	uint64_t looked_at; /* bytes from the first on; kept by the expectations, 0 until then */
};

/* Bytes that are missing before the last one known. */
uint64_t stream_gap(const struct stream *stream);

/*
 * Whether the peer acknowledged bytes that are not in the capture: `*first` to `*last` are among
 * them, as offsets. They were sent, and the capture lacks them.
 */
bool stream_lacks(const struct stream *stream, uint64_t *first, uint64_t *last);

/*
 * Compares the stream without gaps to `expected`. True when they are equal in bytes and length;
 * otherwise `difference` is the offset of the first byte that differs or that only one has.
 */
bool stream_equal(const struct stream *stream, struct bytes expected, uint64_t *difference);

/* Copies up to `length` bytes from `offset` on, up to a gap, and returns how many there were. */
size_t stream_copy(const struct stream *stream, uint64_t offset, void *out, size_t length);

/* For those that make a connection of two of them: connection.c, segment_acceptance.c, keepalive_probe.c. */

/* Fixes where the stream's numbers start, unless that is known. */
void stream_start(struct stream *stream, uint32_t initial_sequence);

/*
 * A 32-bit sequence number as a relative one: of all that end in these 32 bits, the one closest to
 * `next`. Negative when it comes before the stream's start.
 */
int64_t stream_relative(const struct stream *stream, uint32_t sequence);

/* Whether a sequence number lies between `least` and all that was sent. */
bool stream_spans(const struct stream *stream, uint32_t sequence, int64_t least);

/* Whether a segment of the peer has an ACK of something that this stream brought. */
bool stream_is_acknowledged(const struct stream *stream, const struct packet *packet);

/*
 * Takes in what a segment at this relative number carries: SYN, bytes, FIN. Bytes from before the
 * stream's start are left out, those that came before are compared. `packet`'s payload must outlive
 * the stream. False when memory ran out.
 */
bool stream_absorb(
	struct stream *stream, int64_t relative, const struct packet *packet, uint32_t index);

/* How many bytes, SYNs and FINs there are: what only repeats adds none. */
uint64_t stream_content(const struct stream *stream);

/*
 * The peer acknowledged up to here. What was not sent so far counts once it is (stream_absorb): an
 * ACK may stand before what it acknowledges in a capture.
 */
void stream_acknowledge(struct stream *stream, int64_t relative);

/* Frees what the stream owns. */
void stream_free(struct stream *stream);

#endif
