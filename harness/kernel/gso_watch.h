/*
 * Watches lo for packets of several segments or datagrams: what TCP's segmentation offload makes,
 * and one send with UDP_SEGMENT (udp(7)). A wire would carry each by itself, and a receiver gets
 * such datagrams one by one; the bytes of a capture do not tell.
 */
#ifndef WIRECHECK_GSO_WATCH_H
#define WIRECHECK_GSO_WATCH_H

#include "base/error.h"
#include "kernel/sockets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Owned by who opened it; one that is zeroed is closed, and has seen nothing. */
struct gso_watch {
	unsigned char *ring; /* shared with the kernel; NULL when closed */
	int descriptor;
	size_t next;                   /* the slot of the next packet */
	uint64_t missed;               /* packets of which it is not known what they were */
	uint8_t ports[2][65536u / 8u]; /* by TCP and UDP, those of either side of such a packet */
};

/*
 * Begins to watch this namespace's `lo`, which takes the right to capture. What a capture has of
 * the time since then is here as well, once that capture's markers are back (capture.h).
 */
bool gso_watch_open(struct gso_watch *watch, struct error *error);

/* Takes in what has come; of a closed one nothing. */
bool gso_watch_read(struct gso_watch *watch, struct error *error);

/* Whether one packet on this port, of TCP or UDP, had several segments or datagrams so far. */
bool gso_watch_has(const struct gso_watch *watch, enum protocol protocol, uint16_t port);

void gso_watch_close(struct gso_watch *watch);

#endif
