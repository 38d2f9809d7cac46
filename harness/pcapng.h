/* Writes a capture as a pcapng file (draft-ietf-opsawg-pcapng), for Wireshark and tcpdump. */
#ifndef WIRECHECK_PCAPNG_H
#define WIRECHECK_PCAPNG_H

#include "buffer.h"
#include "error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file being written. The caller owns the descriptor and closes it after pcapng_end. */
struct pcapng {
	int file;
	struct buffer pending; /* blocks not yet written */
	int failure; /* errno of the write that failed: every later call fails with it too */
};

/* One packet with the comments that it gets. Views are used during the call alone. */
struct pcapng_packet {
	struct bytes frame;   /* what was captured of it */
	uint32_t wire_length; /* bytes on the wire */
	int64_t time;         /* nanoseconds since the epoch */
	const char *const *comments;
	size_t comment_count;
};

/* How the capture went, for the interface statistics block. */
struct pcapng_statistics {
	int64_t start, end; /* nanoseconds since the epoch */
	uint64_t received, dropped;
};

/*
 * Starts a file with one section and one Ethernet interface. `comment` is the section's, UTF-8;
 * `application` names who wrote it, `interface` the device. Timestamps are in nanoseconds.
 */
bool pcapng_begin(struct pcapng *pcapng, int file, const char *comment, const char *application,
	const char *interface, uint32_t snapshot_length, struct error *error);

/*
 * Adds a packet. A comment too long for an option (65,535 bytes) is cut at a character, an empty
 * one left out. Readers take blocks of at most 16 MiB: comments beyond that are left out, and a
 * last one says how many; a frame beyond it is an error.
 */
bool pcapng_add(struct pcapng *pcapng, const struct pcapng_packet *packet, struct error *error);

/*
 * Adds the statistics, writes what is pending and frees it, whatever happened since pcapng_begin.
 * True means that the kernel took all of the file; close(2) may still have something to say.
 */
bool pcapng_end(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error);

#endif
