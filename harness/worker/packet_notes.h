/* Which expectation looked at which packet. The comments of a capture file are made of this. */
#ifndef WIRECHECK_PACKET_NOTES_H
#define WIRECHECK_PACKET_NOTES_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/results.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An expectation looked at this packet. */
struct note {
	uint32_t packet;      /* index in the capture */
	uint32_t expectation; /* its number: expectations count from 1, as they were recorded; 0:
				 none, but something was done to the packet on purpose */
	uint32_t text; /* offset of what was expected and found, or of what was done; 0: it held */
	bool held;
	const struct place *place; /* NULL: the harness itself */
};

/*
 * An expectation about a socket of the case failed. The packet that it is about may not be in the
 * capture yet. It is looked for when the capture is whole.
 */
struct socket_failure {
	struct note note; /* without the packet */
	struct address local, remote;
	bool is_stream;
	uint64_t offset; /* of the first byte in a stream that was not as expected, or UINT64_MAX */
	/* For a datagram: its length and its beginning. */
	size_t length;
	unsigned char beginning[32];
	size_t beginning_length;
};

/*
 * Zero it first. When there is no more room, notes of what held are left out first. Then go notes
 * that are not the first of their failure: so each failure keeps at least one packet.
 */
struct notes {
	struct note *list;
	size_t count, capacity;
	size_t held_left_out, failed_left_out;
	struct socket_failure *socket_failures;
	size_t socket_failure_count, socket_failure_capacity;
	struct buffer texts;  /* of failures, each ended by a NUL; offset 0 is the empty text */
	uint32_t expectation; /* the number of the last expectation */
	uint32_t text;        /* the offset of its text, if it failed */
	uint32_t last_failed; /* the number of the last failed expectation that has a packet */
};

#define NOTES_MAXIMUM    (1u << 20)
#define SOCKET_FAILURES_MAXIMUM 4096
#define TEXTS_MAXIMUM    ((size_t)16 << 20)

/* An expectation was recorded. `failure` is what it expected and found; NULL when it held. */
void notes_expectation(struct notes *notes, const char *failure);

/* The last expectation looked at this packet. */
void notes_add(struct notes *notes, const struct place *place, uint32_t packet, bool held);

/* The next expectation will look at this packet, and will fail: it ends the case. */
void notes_add_next(struct notes *notes, const struct place *place, uint32_t packet);

/* No expectation looked at this packet. The text says what was done to it on purpose. */
void notes_add_done(
	struct notes *notes, const struct place *place, uint32_t packet, const char *text);

/* The last expectation, or the `next` one, failed and is about a socket. Fills in its note. */
void notes_add_socket_failure(
	struct notes *notes, const struct place *place, const struct socket_failure *failure, bool next);

/* The packet of a socket's failure was found. */
void notes_found(struct notes *notes, const struct socket_failure *failure, uint32_t packet);

/*
 * Sorts the list by packet. Of one packet, what failed comes before what held. Then the order is
 * that of the source: first the case's own file, then other files, at the end the harness itself.
 * Notes of one line stay in the order of time. A packet that one expectation named twice is there
 * once.
 */
void notes_sort(struct notes *notes, const char *case_file);

/* What a failure expected and found; "" when the expectation held, or when there was no room. */
const char *notes_text(const struct notes *notes, const struct note *note);

/* Frees all of it. */
void notes_free(struct notes *notes);

#endif
