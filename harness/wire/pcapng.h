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
	struct buffer pending; /* blocks not yet written */
	int failure; /* errno of the write that failed: every later call fails with it too */
};

/* Who wrote the section, and where. All UTF-8; what is NULL or empty is left out. */
struct pcapng_section {
	const char *comment;
	const char *hardware, *system; /* of the machine */
	const char *application;
};

/* What was captured on. Texts as in the section. */
struct pcapng_interface {
	const char *name, *description, *system;
	const char *filter; /* in libpcap's language (pcap-filter(7)): what was taken */
	uint64_t speed;     /* bits per second; 0: it has none, or it is not known */
	uint32_t snapshot_length;
};

/* An address and a name for it, which readers show in its place. The port does not matter. */
struct pcapng_name {
	struct address address;
	const char *name;
};

/* One packet with the comments that it gets. Views are used during the call alone. */
struct pcapng_packet {
	struct bytes frame;      /* what was captured of it */
	uint32_t wire_length;    /* bytes on the wire */
	int64_t time;            /* nanoseconds since the epoch; the format has none before it */
	bool checksum_not_ready; /* that of TCP or UDP: the kernel left it to be filled in */
	const char *const *comments;
	size_t comment_count;
	size_t comments_left_out; /* that there are besides */
};

/* How the capture went, for the interface statistics block. */
struct pcapng_statistics {
	int64_t start, end; /* nanoseconds since the epoch */
	uint64_t received, dropped, delivered;
};

/*
 * Starts a file with one section and one Ethernet interface, whose packets were all received.
 * Timestamps are in nanoseconds. A text too long for an option (65,535 bytes) is cut at a
 * character; what is no UTF-8 in it, and a control character but for tab and newline, becomes
 * U+FFFD.
 */
bool pcapng_begin(struct pcapng *pcapng, int file, const struct pcapng_section *section,
	const struct pcapng_interface *interface, struct error *error);

/*
 * Adds a name resolution block, before the packets that it is about: some readers go through a
 * file but once. Without names nothing is added.
 */
bool pcapng_add_names(
	struct pcapng *pcapng, const struct pcapng_name names[], size_t count, struct error *error);

/*
 * Adds a packet. Comments are texts as those of pcapng_begin. Readers take blocks of at most 16
 * MiB: comments beyond that are left out, and a last one says how many; a frame beyond it is an
 * error.
 */
bool pcapng_add(struct pcapng *pcapng, const struct pcapng_packet *packet, struct error *error);

/*
 * Adds the statistics, writes what is pending and frees it, whatever happened since pcapng_begin.
 * True means that the kernel took all of the file; close(2) may still have something to say.
 */
bool pcapng_end(
	struct pcapng *pcapng, const struct pcapng_statistics *statistics, struct error *error);

#endif
