/*
 * Packets on the host's loopback that hold several segments or datagrams. Where a verdict would
 * depend on them, the case is BROKEN.
 *
 * Tested by test_offload.c.
 */
#ifndef WIRECHECK_JOINED_PACKETS_H
#define WIRECHECK_JOINED_PACKETS_H

#include "base/error.h"
#include "wire/connection.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Begins to watch for such packets, if the host's loopback may have them. Call this when the
 * capture is open.
 */
bool joined_packets_watch(struct error *error);

/*
 * Ends the case as BROKEN when several datagrams of this port crossed the host's loopback in one
 * packet: the capture does not show each of them. Call this on a settled wire, before any verdict
 * about these datagrams. A sandbox has no such packets.
 */
void must_tell_datagrams_apart(uint16_t port);

/* The same for a verdict that depends on where the segments of a connection begin and end. */
void must_tell_segments_apart(const struct connection *connection);

#endif
