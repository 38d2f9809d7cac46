/* What crossed the wire as a sequence ladder in plain text, for a terminal or a log. */
#ifndef WIRECHECK_LADDER_H
#define WIRECHECK_LADDER_H

#include "base/buffer.h"
#include "wire/connection.h"
#include "wire/datagram.h"

#include <stddef.h>
#include <stdint.h>

/* No line is wider, and all of it is ASCII. */
#define LADDER_COLUMNS 100

/* What is left of a long ladder at least: heading, first line, what was left out, last line. */
#define LADDER_LINES 4

/*
 * Appends a heading with both addresses, then one line a segment: milliseconds since the first
 * one, an arrow with flags, relative numbers and payload length, then [repeated], [keepalive],
 * [window probe], [over MSS], [ignored] (its receiver drops it), [window 0] or
 * [bytes changed] (not those of the stream: sent before with other values) where that is so, and
 * the beginning of the payload. Of more than `maximum` lines, or LADDER_LINES if that is more, the
 * middle is left out and one line says how many segments were in it.
 *
 *         ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898
 *      0.000  |--- SYN seq 0 --------------------------------->|
 *      0.021  |<-- SYN+ACK seq 0 ack 1 ------------------------|
 *      0.112  |--- PSH+ACK seq 1 ack 1 len 5 ----------------->|  "hello"
 */
void ladder_connection(struct buffer *out, const struct connection *connection, size_t maximum);

/*
 * The same for datagrams and ICMP errors, in the order of the capture; [lost], [late 200 ms] and
 * [overtaken] say what was done to a datagram on purpose. SERVER is the side on
 * `port`; where neither or both are, and for port 0, the side with the lower port. An error is
 * drawn between the two sides of the packet that it quotes, towards the one who sent that.
 *
 *         ms  CLIENT                                 SERVER
 *      0.000  127.0.0.1:40000 |--- len 5 --------->| 127.0.0.1:8081  "hello"
 *      0.034  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  port unreachable
 */
void ladder_datagrams(
	struct buffer *out, const struct datagrams *datagrams, uint16_t port, size_t maximum);

#endif
