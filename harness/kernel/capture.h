/* libpcap, live and from a file; the certificate that nothing is missing. */
#ifndef WIRECHECK_CAPTURE_H
#define WIRECHECK_CAPTURE_H

#include "base/buffer.h"
#include "base/error.h"

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A full loopback frame is 65549 bytes; libpcap's own maximum takes whatever else there may be. */
#define CAPTURE_SNAPSHOT_LENGTH 262144

/*
 * What a capture takes, in the language of pcap-filter(7): the socket is told by
 * PACKET_IGNORE_OUTGOING, and there is no other filter.
 */
#define CAPTURE_FILTER "inbound"

/* Bytes of packets kept by one capture; a case that sends more than this cannot be judged. */
#define CAPTURE_MAXIMUM (3ull << 30)

/* One packet. `bytes` lives until capture_close. */
struct frame {
	struct bytes bytes;   /* what was captured of it */
	uint32_t wire_length; /* bytes on the wire; never less than were captured */
	int64_t time;         /* nanoseconds since the epoch, from 1970 to 2262: see `odd_times` */
};

/* What an interface carried. */
struct carried {
	uint64_t frames, bytes; /* as the interface counts them (proc_pid_net(5), dev) */
};

struct capture_chunk;

/* Owned by who opened it. A structure made by CAPTURE_CLOSED may be closed at any time. */
struct capture {
	pcap_t *pcap;         /* NULL when closed */
	int descriptor;       /* becomes readable when packets are there; -1 for a file */
	int interfaces;       /* /proc/net/dev; -1 for a file */
	struct frame *frames; /* in the order of the capture, without the markers */
	size_t count, capacity;
	struct capture_chunk *chunks; /* what the frames' bytes point into */
	size_t kept;                  /* bytes in the chunks */
	size_t cut;                   /* frames shorter in the capture than on the wire */
	size_t markers_sent, markers_seen;
	uint64_t nonce;        /* tells this capture's markers from another's */
	struct carried before; /* what the interface had carried when the capture began */
	bool out_of_space;     /* a packet was not kept: CAPTURE_MAXIMUM, or memory ran out */
	size_t ring;           /* its bytes */
	int64_t opened;        /* when it began to take packets; nanoseconds since the epoch */
	char interface[16];
	bool has_unsigned_times; /* a file in the format pcap: their seconds are 32 bits */
	size_t odd_times;        /* before 1970 or after 2262: those frames have the nearest time */
	struct error missing; /* of a file that was cut: its name, and what is not there; or "" */
};

#define CAPTURE_CLOSED ((struct capture){.descriptor = -1, .interfaces = -1})

/*
 * Starts capturing on `interface` with a ring of `ring` bytes; every frame is taken once, as it
 * is received. `forbidden` says whether a failure was for lack of the right to capture.
 */
bool capture_open(struct capture *capture, const char *interface, size_t ring, bool *forbidden,
	struct error *error);

/*
 * Reads the whole of a capture file: pcap or pcapng in either byte order, Ethernet only, as far as
 * libpcap reads them; a compressed one is not unpacked. Of a file that was cut, what is whole is
 * read, and `missing` says that the rest is not there. What is damaged, or has a packet of another
 * link type, is an error, which names the file and the packet.
 */
bool capture_open_file(struct capture *capture, const char *path, struct error *error);

/* The same from a stream, which is closed with the capture; `name` is for messages. */
bool capture_open_stream(
	struct capture *capture, FILE *stream, const char *name, struct error *error);

/* Takes in what the kernel has ready, without waiting. */
bool capture_read(struct capture *capture, struct error *error);

/*
 * Sends one marker from each processor that this process may run on: a frame of an experimental
 * EtherType, which no protocol receives and no counter of IP, TCP or UDP sees. The kernel receives
 * loopback frames in the order each processor sent them, so when all markers are in the capture,
 * everything sent before them is too, and what it gave rise to has been sent.
 */
bool capture_mark(struct capture *capture, struct error *error);

/* Whether every marker sent so far has come back. */
bool capture_marked(const struct capture *capture);

/* What the interface carried since the capture began, markers included. */
bool capture_carried(const struct capture *capture, struct carried *carried, struct error *error);

/* How many frames have come in, markers included: to be compared with what was carried. */
uint64_t capture_held(const struct capture *capture);

/*
 * The certificate: nothing dropped, nothing cut short, everything kept, and all of the `carried`
 * frames that the interface had carried at some moment are there. Otherwise what is missing.
 */
bool capture_certify(struct capture *capture, uint64_t carried, struct error *error);

/* What the kernel counted: frames received by the capture, frames it had no room for. */
bool capture_statistics(
	struct capture *capture, uint64_t *received, uint64_t *dropped, struct error *error);

/* Bits per second that the interface's link has; 0: it has none, as loopback, or will not say. */
uint64_t capture_speed(const struct capture *capture);

/* The time by the clock that packets' times are of; nanoseconds since the epoch. */
int64_t capture_clock(void);

/* Ends the capture and frees its frames. */
void capture_close(struct capture *capture);

#endif
