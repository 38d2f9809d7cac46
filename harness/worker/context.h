/*
 * The running case: what its verbs share. There is one in each worker process.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_CONTEXT_H
#define WIRECHECK_CONTEXT_H

#include "base/case_info.h"
#include "base/results.h"
#include "kernel/capture.h"
#include "kernel/gso_watch.h"
#include "kernel/program.h"
#include "kernel/sockets.h"
#include "wire/wire.h"
#include "worker/packet_notes.h"
#include "worker/settings.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counters;
struct endpoint;

#define PROGRAMS_MAXIMUM  256
#define ENDPOINTS_MAXIMUM 4096
#define PORTS_MAXIMUM     1024

struct context {
	const struct case_info *info;
	const struct settings *settings;
	struct results *results;
	struct capture capture;
	struct gso_watch gso_watch; /* on the host's loopback, if packets may be joined there */
	struct sockets sockets;
	struct sockets sockets_before[PROTOCOL_COUNT]; /* by enum protocol: on the host at the
							  beginning */
	struct wire wire; /* of the first `decoded` frames of the capture */
	size_t decoded;
	uint64_t frames_when_settled; /* that lo had carried; 0: the capture has not settled */
	bool settled_alone;           /* and nobody was left then who could send */
	struct program *programs[PROGRAMS_MAXIMUM];
	size_t program_count;
	struct counters *counters; /* at the beginning; NULL: all zero, as in a new sandbox */
	struct endpoint *endpoints[ENDPOINTS_MAXIMUM];
	size_t endpoint_count;
	uint16_t ports[PORTS_MAXIMUM]; /* that the case named: on a shared wire they are its own */
	size_t port_count;
	struct notes notes;
	int64_t deadline;          /* of the case, on the monotonic clock */
	const struct place *place; /* the running verb; NULL: the harness itself */
	uint64_t verb_number;      /* of the running verb; verbs count from 1 as they begin */
	char step[128];            /* the step that the case named; or empty */
	bool allows_other_traffic;
	uint16_t allowed_ports[PORTS_MAXIMUM]; /* what no expectation looked at may be on these */
	size_t allowed_port_count;
	bool broken, skipped;
	jmp_buf over; /* case_over goes there */
};

/* The context of this process. All zero at first; worker_run fills it in. */
extern struct context context;

/*
 * A verb begins. Findings, waits and crashes are reported at `place`. Each verb calls this once, as
 * its first act, and what it calls does not: it counts the iterations of a line in a loop.
 */
void context_at(const struct place *place);

/* The same for what is left to do of a verb that began before, in that iteration of its line. */
void context_resume(const struct place *place, uint32_t iteration);

/* The program or tool that was started last; NULL: none. */
const struct program *context_last_program(void);

/* Records whether an expectation held. If not, the text says what was expected and found. */
bool expect_that(bool held, const char *format, ...) __attribute__((__format__(__printf__, 2, 3)));

/* The same with a text instead of a format. */
bool expect_text(bool held, const char *text);

/* Records the reason and ends the case as FAIL, BROKEN or SKIP. */
_Noreturn void case_over(enum verdict verdict, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));

/* Ends the case as BROKEN unless `succeeded`. `error` has the reason. */
void must(bool succeeded, const struct error *error);

/*
 * The case named this port: on a wire that others use too, what is on this port is the case's. Ends
 * the case as BROKEN when somebody had a socket on the port before the case began.
 */
void context_port(uint16_t port);

/* Whether the case named this port. */
bool context_has_port(uint16_t port);

/*
 * Whether packets between these two addresses are the case's. In a sandbox all are. On the host's
 * loopback those on a port that the case named are.
 */
bool context_owns(const struct address *a, const struct address *b);

/*
 * The expectation that was just recorded looked at this packet, and held or not. This makes the
 * comments of the capture file. Each failure that is about a packet must note at least one.
 */
void context_note(uint32_t packet, bool held);

/*
 * The same for the last datagram of this protocol (IPPROTO_UDP or IPPROTO_UDPLITE) on the port, of
 * a failure that no other packet is about. Notes nothing when there is none.
 */
void context_note_last_datagram(uint8_t protocol, uint16_t port);

/* This was done to the packet on purpose, by the verb at that place. */
void context_note_done(uint32_t packet, const struct place *place, const char *text);

/* The failure that will now end the case is about this packet. */
void context_note_next(uint32_t packet);

/*
 * The expectation that was just recorded failed. It was about what this socket received: its stream
 * from `offset` on, or this datagram. The packet is looked for when the capture is whole. If there
 * is none, the last packet of that connection, or on that port, gets the comment.
 */
void context_note_received(const struct endpoint *endpoint, uint64_t offset, struct bytes datagram);

/*
 * The failure that will be recorded next is about this socket, or about a TCP socket on this port.
 */
void context_note_socket_next(const struct endpoint *endpoint);
void context_note_port_next(uint16_t port);

#endif
