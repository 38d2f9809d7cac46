/*
 * Datagrams and ICMP errors as a sequence ladder in plain text, for a terminal or a log.
 *
 * Tested by test_ladder.c.
 */
#ifndef WIRECHECK_LADDER_DATAGRAMS_H
#define WIRECHECK_LADDER_DATAGRAMS_H

#include "base/buffer.h"
#include "wire/datagram.h"
#include "wire/ladder_lines.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Appends a heading, and a line for each datagram and ICMP error, in the order of the capture.
 * SERVER is the side on `port`. If neither or both are on it, and with port 0, SERVER is the side
 * with the lower port. An error is drawn between the two sides of the packet that it quotes,
 * towards the sender of that packet. [lost], [late 200 ms] and [overtaken] say what a disturbance
 * did to a datagram on purpose. When there are too many lines, the middle is left out, as in
 * ladder_connection.
 *
 *         ms  CLIENT                                 SERVER
 *      0.000  127.0.0.1:40000 |--- len 5 --------->| 127.0.0.1:8081  "hello"
 *      0.034  127.0.0.1:40000 |<-- ICMP 3/3 -------| 127.0.0.1:8081  port unreachable
 */
void ladder_datagrams(
	struct buffer *out, const struct datagrams *datagrams, uint16_t port, size_t maximum);

#endif
