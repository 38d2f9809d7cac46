/* Writes a capture as a pcapng file (draft-ietf-opsawg-pcapng), for Wireshark and tcpdump. */
#ifndef WIRECHECK_PCAPNG_H
#define WIRECHECK_PCAPNG_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A file being written. The caller owns the descriptor and closes it after pcapng_end. */
struct pcapng {
	int file;
	struct buffer pending; /* blocks that are not written yet */
	int failure; /* errno of a write that failed: every later call fails with it too */
};

/* Who wrote the section, and where. All texts are UTF-8. A text that is NULL or "" is left out. */
struct pcapng_section {
	const char *comment;
	const char *hardware, *system; /* of the machine */
	const char *application;
};

/* The interface of the capture. Texts are as in the section. */
struct pcapng_interface {
	const char *name, *description, *system;
	const char *filter; /* which packets were taken, in libpcap's language (pcap-filter(7)) */
	uint64_t speed;     /* bits per second; 0: none, or not known */
	uint32_t snapshot_length;
};

/* An address and a name, which readers show in place of the address. The port does not matter. */
struct pcapng_name {
	struct address address;
	const char *name;
};

/* One packet with its comments. The views are used only during the call. */
struct pcapng_packet {
	struct bytes frame;      /* what was captured of it */
	uint32_t wire_length;    /* bytes on the wire */
	int64_t time;            /* nanoseconds since the epoch; the format has no time before it */
	bool checksum_not_ready; /* the kernel left the checksum of TCP or UDP partial */
	const char *const *comments;
	size_t comment_count;
	size_t comments_left_out; /* how many more comments there would be */
};

/* How the capture went, for the interface statistics block. */
struct pcapng_statistics {
	int64_t start, end; /* nanoseconds since the epoch */
	uint64_t received, dropped, delivered;
};

/*
 * Begins a file with one section and one Ethernet interface, on which all packets were received.
 * Timestamps are in nanoseconds. A text that is too long for an option (65,535 bytes) is cut after
 * a whole character. Bytes that are no UTF-8 become U+FFFD, and so do control characters, except
 * tab and newline.
 */
bool pcapng_begin(struct pcapng *pcapng, int file, const struct pcapng_section *section,
	const struct pcapng_interface *interface, struct error *error);

/*
 * Adds a name resolution block. Add it before the packets: some readers go through a file only
 * once. Without names nothing is added.
 */
bool pcapng_add_names(
	struct pcapng *pcapng, const struct pcapng_name names[], size_t count, struct error *error);

/*
 * Adds a packet. Its comments are texts as in pcapng_begin. Readers take blocks of 16 MiB at most.
 * Comments that do not fit are left out, and a last comment says how many. A frame that does not
 * fit is an error.
 */
bool pcapng_add(struct pcapng *pcapng, const struct pcapng_packet *packet, struct error *error);

/*
 * Adds the statistics, writes what is pending and frees it. Call this whatever happened since
 * pcapng_begin. True means that the kernel took the whole file; close(2) may still fail.
 */
bool pcapng_end(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error);

#endif
