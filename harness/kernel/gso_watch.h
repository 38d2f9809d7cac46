/*
 * Watches lo for packets that hold several segments or datagrams. TCP's segmentation offload makes
 * them, and so does one send with UDP_SEGMENT (udp(7)). A wire would carry each segment and
 * datagram by itself, and the receiver gets such datagrams one by one. A capture's bytes do not
 * show it.
 *
 * Tested by test_offload.c.
 */
#ifndef WIRECHECK_GSO_WATCH_H
#define WIRECHECK_GSO_WATCH_H

#include "base/error.h"
#include "base/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Who opens a watch closes it. A zeroed one is closed and has seen nothing. */
struct gso_watch {
	unsigned char *ring; /* shared with the kernel; NULL when closed */
	int descriptor;
	size_t next;                   /* the slot of the next packet */
	uint64_t missed;               /* packets that may be such ones: it is not known */
	uint8_t ports[2][65536u / 8u]; /* by TCP and UDP: the ports of both sides of such packets */
};

/*
 * Begins to watch `lo` in this namespace. The caller must have the right to capture. When the
 * markers of a capture are back (capture.h), this watch has seen the same packets as that capture.
 */
bool gso_watch_open(struct gso_watch *watch, struct error *error);

/* Takes in the packets that have come. A closed watch has none. */
bool gso_watch_read(struct gso_watch *watch, struct error *error);

/* Whether any packet on this port, of TCP or UDP, held several segments or datagrams so far. */
bool gso_watch_has(const struct gso_watch *watch, enum protocol protocol, uint16_t port);

/* Ends the watch. What it has seen stays. */
void gso_watch_close(struct gso_watch *watch);

#endif
