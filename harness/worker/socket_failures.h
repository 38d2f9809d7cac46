/*
 * Failures about what the case's own sockets received: finds the packets that they are about.
 *
 * Tested by test_capture_comments.c.
 */
#ifndef WIRECHECK_SOCKET_FAILURES_H
#define WIRECHECK_SOCKET_FAILURES_H

/*
 * Looks for the packet of each failure about a socket of the running case (packet_notes.h), and
 * adds a note for it. Call this when the capture is whole.
 */
void socket_failures_find(void);

#endif
