/*
 * The memory of a capture's frames, which does not move. For capture.c and capture_input.c only.
 *
 * Tested by test_capture_input.c.
 */
#ifndef WIRECHECK_CAPTURE_FRAMES_H
#define WIRECHECK_CAPTURE_FRAMES_H

#include "kernel/capture.h"

/*
 * Keeps a copy of a frame: libpcap's view of it is valid during this call only. This is a
 * pcap_handler (pcap_loop(3PCAP)); its first argument is the struct capture.
 */
void capture_keep(
	unsigned char *argument, const struct pcap_pkthdr *header, const unsigned char *data);

/* Frees all frames. */
void capture_free(struct capture *capture);

#endif
