/*
 * A TCP connection as a sequence ladder in plain text, for a terminal or a log.
 *
 * Tested by test_ladder.c.
 */
#ifndef WIRECHECK_LADDER_CONNECTION_H
#define WIRECHECK_LADDER_CONNECTION_H

#include "base/buffer.h"
#include "wire/connection.h"

#include <stddef.h>

/*
 * Appends a heading with both addresses, and a line for each segment. A line has milliseconds since
 * the first segment, and an arrow with flags, relative numbers and the length of the payload. Marks
 * may follow: [repeated], [keepalive], [window probe], [over MSS], [ignored] (the receiver drops
 * it), [window 0], and [bytes changed] (they were sent before with other values). Then comes the
 * beginning of the payload. When there are more than `maximum` lines, or than LADDER_LINES if that
 * is more, the middle is left out, and a line says how many segments that are.
 *
 *         ms  CLIENT 127.0.0.1:40000       SERVER 127.0.0.1:8898
 *      0.000  |--- SYN seq 0 --------------------------------->|
 *      0.021  |<-- SYN+ACK seq 0 ack 1 ------------------------|
 *      0.112  |--- PSH+ACK seq 1 ack 1 len 5 ----------------->|  "hello"
 */
void ladder_connection(struct buffer *out, const struct connection *connection, size_t maximum);

#endif
