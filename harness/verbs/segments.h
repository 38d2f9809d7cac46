/* Verbs about the segments of a connection. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_SEGMENTS_H
#define WIRECHECK_VERBS_SEGMENTS_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* A segment of this side pointed to the end of the first `end` bytes as urgent (RFC 9293 3.8.5). */
void case_expect_urgent(
	const struct place *place, struct connection *connection, enum side side, uint64_t end);
#define expect_urgent(...) VERB(expect_urgent, #__VA_ARGS__, __VA_ARGS__)

/* The segment with the last byte from this side has PSH. */
void case_expect_pushed(const struct place *place, struct connection *connection, enum side side);
#define expect_pushed(...) VERB(expect_pushed, #__VA_ARGS__, __VA_ARGS__)

/* All data from this side was acknowledged within `milliseconds`, by times on the wire. */
void case_expect_acknowledged_within(const struct place *place, struct connection *connection,
	enum side side, unsigned milliseconds);
#define expect_acknowledged_within(...) VERB(expect_acknowledged_within, #__VA_ARGS__, __VA_ARGS__)

/* How long this side waited for an ACK of its data, at most; milliseconds, a double. */
double case_longest_ack_delay(
	const struct place *place, struct connection *connection, enum side side);
#define longest_ack_delay(...) VERB(longest_ack_delay, #__VA_ARGS__, __VA_ARGS__)

/*
 * How many segments with data this side sent, without those repeated; a size_t. Where the kernel
 * handed over several as one, the case is BROKEN: the number on a real wire is not known.
 */
size_t case_segments_sent(const struct place *place, struct connection *connection, enum side side);
#define segments_sent(...) VERB(segments_sent, #__VA_ARGS__, __VA_ARGS__)

#endif
