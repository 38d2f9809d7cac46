/* Which expectation looked at which packet: what the capture file's comments are made of. */
#ifndef WIRECHECK_NOTES_H
#define WIRECHECK_NOTES_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/results.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An expectation looked at this packet. */
struct note {
	uint32_t packet; /* index in the capture */
	uint32_t look;   /* the expectation's number: from 1 as they were recorded; 0: none */
	uint32_t why;    /* offset of what was expected and found, or was done; 0: it held */
	bool held;
	const struct place *place; /* NULL: the harness itself */
};

/*
 * An expectation about a socket of the case failed. Its packet may not be in the capture yet, so it
 * is looked for when that is whole.
 */
struct receipt {
	struct note note; /* but for the packet */
	struct address local, remote;
	bool is_stream;
	uint64_t offset; /* of a stream: its first byte that was not as expected, or UINT64_MAX */
	/* Of a datagram: its length and how it begins. */
	size_t length;
	unsigned char beginning[32];
	size_t beginning_length;
};

/*
 * Zeroed when it is new. Held notes give way first when there is no room, then those that are not
 * the first of their failure: a failure keeps at least one packet.
 */
struct notes {
	struct note *list;
	size_t count, capacity;
	size_t held_left_out, failed_left_out;
	struct receipt *receipts;
	size_t receipt_count, receipt_capacity;
	struct buffer texts; /* of failures, each ended by a NUL; offset 0 is the empty text */
	uint32_t look;       /* of the last expectation */
	uint32_t why;        /* its text, if it failed */
	uint32_t failed;     /* the last failure that has a packet, by its number */
};

#define NOTES_MAXIMUM    (1u << 20)
#define RECEIPTS_MAXIMUM 4096
#define TEXTS_MAXIMUM    ((size_t)16 << 20)

/* An expectation was recorded; `failure` is what it expected and found, NULL when it held. */
void notes_expectation(struct notes *notes, const char *failure);

/* The last expectation looked at this packet. */
void notes_add(struct notes *notes, const struct place *place, uint32_t packet, bool held);

/* The next one will, and it will fail: what ends a case cannot be followed by a note. */
void notes_add_next(struct notes *notes, const struct place *place, uint32_t packet);

/* No expectation looked at this packet: the text says what was done to it, on purpose. */
void notes_add_done(
	struct notes *notes, const struct place *place, uint32_t packet, const char *text);

/* The last expectation, or the next one, is about a socket. The note is filled in here. */
void notes_add_receipt(
	struct notes *notes, const struct place *place, const struct receipt *receipt, bool next);

/* A receipt's packet was found. */
void notes_found(struct notes *notes, const struct receipt *receipt, uint32_t packet);

/*
 * Sorts the list: by packet, what failed before what held, then in the order of the source: the
 * case's own file before others', the harness's own last; one line in the order of time. A packet
 * that one expectation named twice stands there once.
 */
void notes_sort(struct notes *notes, const char *case_file);

/* What a failure expected and found; "" when it held or there was no room for it. */
const char *notes_text(const struct notes *notes, const struct note *note);

/* Frees all of it. */
void notes_free(struct notes *notes);

#endif
