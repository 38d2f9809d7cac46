/*
 * The host's loopback, without a sandbox: a case finds no other's sockets and leaves none, and what
 * several datagrams or segments in one packet make uncertain is no verdict.
 */
#ifndef WIRECHECK_HOST_H
#define WIRECHECK_HOST_H

#include "base/error.h"
#include "wire/connection.h"

#include <stdbool.h>
#include <stdint.h>

/* Takes down, in context.before, which sockets there are when the case begins. */
bool host_begin(struct error *error);

/*
 * Begins to watch for packets of several datagrams or segments, where the host's loopback may have
 * them; to be called when the capture is open.
 */
bool host_watch(struct error *error);

/*
 * Ends the case as BROKEN when the datagrams of this port cannot be told from each other: some
 * crossed the host's loopback in one packet. To be called on a settled wire, before any verdict
 * about them; in a sandbox there are none.
 */
void host_must_tell_datagrams(uint16_t port);

/* The same for a verdict that hangs on where the segments of a connection begin and end. */
void host_must_tell_segments(const struct connection *connection);

/*
 * Ends what the case leaves on its ports: TIME-WAIT, which would hold a port for a minute and so
 * decide the cases after it. To be called when its programs are gone and nothing looks at the wire
 * any more. What cannot be ended, the next case finds in context.before.
 */
void host_leave(void);

#endif
