/* A capture by libpcap, live or read from a file, and the certificate that nothing is missing. */
#ifndef WIRECHECK_CAPTURE_H
#define WIRECHECK_CAPTURE_H

#include "base/bytes.h"
#include "base/error.h"

#include <pcap/pcap.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A full loopback frame has 65549 bytes. This is libpcap's maximum, for longer frames too. */
#define CAPTURE_SNAPSHOT_LENGTH 262144

/*
 * Which packets a capture takes, in the language of pcap-filter(7). The socket has the option
 * PACKET_IGNORE_OUTGOING, and no other filter.
 */
#define CAPTURE_FILTER "inbound"

/* A capture keeps at most this many bytes of packets. A case that sends more cannot be judged. */
#define CAPTURE_MAXIMUM (3ull << 30)

/* One packet. `bytes` lives until capture_close. */
struct frame {
	struct bytes bytes;   /* as many of its bytes as were captured */
	uint32_t wire_length; /* bytes on the wire; never fewer than were captured */
	int64_t time;         /* nanoseconds since the epoch, from 1970 to 2262: see `odd_times` */
};

/* What an interface carried. */
struct carried {
	uint64_t frames, bytes; /* as the interface counts them (proc_pid_net(5), dev) */
};

struct capture_chunk;

/* Who opens a capture closes it. A structure made by CAPTURE_CLOSED may be closed at any time. */
struct capture {
	pcap_t *pcap;         /* NULL when closed */
	int descriptor;       /* becomes readable when packets are there; -1 for a file */
	int interfaces;       /* /proc/net/dev; -1 for a file */
	struct frame *frames; /* in the order of the capture, without the markers */
	size_t count, capacity;
	struct capture_chunk *chunks; /* the frames' bytes are in these */
	size_t kept;                  /* bytes in the chunks */
	size_t cut;                   /* frames that are shorter in the capture than on the wire */
	size_t markers_sent, markers_seen;
	uint64_t nonce;                /* in each marker of this capture, and in no other's */
	struct carried carried_before; /* by the interface when the capture began */
	bool out_of_space;             /* a packet was not kept: CAPTURE_MAXIMUM, or no memory */
	size_t ring_bytes;
	int64_t opened; /* when it began to take packets; nanoseconds since the epoch */
	char interface[16];
	bool has_unsigned_times; /* a file in the format pcap: seconds are 32 bits without a sign */
	size_t odd_times; /* frames from before 1970 or after 2262: they have the nearest time */
	struct error missing; /* of a file that was cut: its name and what is missing; or "" */
};

#define CAPTURE_CLOSED ((struct capture){.descriptor = -1, .interfaces = -1})

/*
 * Starts to capture on `interface` with a ring of `ring_bytes` bytes. Each frame is taken once,
 * when it is received. `forbidden` says whether the call failed because this process may not
 * capture.
 */
bool capture_open(struct capture *capture, const char *interface, size_t ring_bytes,
	bool *forbidden, struct error *error);

/*
 * Reads a whole capture file: pcap or pcapng in either byte order, Ethernet only, as far as libpcap
 * reads it. A compressed file is not unpacked. When the file was cut, the packets that are whole
 * are read, and `missing` says what is missing. A damaged file, or a packet of another link type,
 * is an error, which names the file and the packet.
 */
bool capture_open_file(struct capture *capture, const char *path, struct error *error);

/* The same from a stream, which capture_close closes. `name` is for messages. */
bool capture_open_stream(
	struct capture *capture, FILE *stream, const char *name, struct error *error);

/* Takes in the packets that the kernel has ready, without waiting. */
bool capture_read(struct capture *capture, struct error *error);

/*
 * Sends one marker from each processor that this process may run on. A marker is a frame of an
 * experimental EtherType: no protocol receives it, and no counter of IP, TCP or UDP counts it. The
 * kernel receives the loopback frames of each processor in the order in which it sent them. So when
 * all markers are in the capture, everything that was sent before them is there too, and the
 * answers to that have been sent.
 */
bool capture_mark(struct capture *capture, struct error *error);

/* Whether every marker sent so far has come back. */
bool capture_marked(const struct capture *capture);

/* What the interface carried since the capture began, including the markers. */
bool capture_carried(const struct capture *capture, struct carried *carried, struct error *error);

/* How many frames have come in, including the markers; compare this with capture_carried. */
uint64_t capture_taken_in(const struct capture *capture);

/*
 * The certificate. True when no frame was dropped or cut short, all were kept, and there are at
 * least `carried` frames, the number that the interface had carried at some moment. Otherwise the
 * error says what is missing.
 */
bool capture_certify(struct capture *capture, uint64_t carried, struct error *error);

/*
 * What the kernel counted: frames that the capture received, and frames that found its ring full.
 */
bool capture_statistics(
	struct capture *capture, uint64_t *received, uint64_t *dropped, struct error *error);

/* The link speed of the interface in bits per second; 0: unknown, or none, as for loopback. */
uint64_t capture_speed(const struct capture *capture);

/* Ends the capture and frees its frames. */
void capture_close(struct capture *capture);

#endif
