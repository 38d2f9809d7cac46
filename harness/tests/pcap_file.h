/* Files in the format pcap, for tests that ask tshark about crafted frames. */
#ifndef WIRECHECK_PCAP_FILE_H
#define WIRECHECK_PCAP_FILE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Begins a file of Ethernet frames, in this machine's byte order; the caller frees the buffer. */
void pcap_file_begin(struct buffer *file);

/* Adds a frame; `seconds` is its time. */
void pcap_file_add(struct buffer *file, struct bytes frame, int64_t seconds);

/* Writes the file. False when something of it did not fit, or was not written. */
bool pcap_file_write(const struct buffer *file, const char *path);

#endif
