/* The frames of a capture, live or of a file, in memory that does not move. For capture.h's own. */
#ifndef WIRECHECK_CAPTURE_FRAMES_H
#define WIRECHECK_CAPTURE_FRAMES_H

#include "kernel/capture.h"

/*
 * Keeps a copy of a frame: libpcap's view is good during this call alone. A pcap_handler
 * (pcap_loop(3PCAP)) whose first argument is the struct capture.
 */
void capture_keep(
	unsigned char *argument, const struct pcap_pkthdr *header, const unsigned char *data);

/* Frees all of them. */
void capture_free(struct capture *capture);

#endif
