/* The running case: what its verbs share. There is one in each worker process. */
#ifndef WIRECHECK_CONTEXT_H
#define WIRECHECK_CONTEXT_H

#include "base/clock.h"
#include "base/results.h"
#include "kernel/capture.h"
#include "kernel/gso_watch.h"
#include "kernel/program.h"
#include "kernel/sockets.h"
#include "wire/wire.h"
#include "worker/notes.h"
#include "worker/settings.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct counters;
struct endpoint;

#define PROGRAMS_MAXIMUM  64
#define ENDPOINTS_MAXIMUM 4096
#define PORTS_MAXIMUM     64

struct context {
	const struct case_info *info;
	const struct settings *settings;
	struct results *results;
	struct capture capture;
	struct gso_watch gso_watch; /* of the host's loopback, where its datagrams may be joined */
	struct sockets sockets;
	struct sockets
		before[PROTOCOL_COUNT]; /* by enum protocol: on the host, when the case began */
	struct wire wire;               /* of the first `decoded` frames of the capture */
	uint64_t settled;   /* frames that lo had carried when all was quiet; 0: not yet */
	bool settled_alone; /* and nobody was left then who could send */
	size_t decoded;
	struct program *programs[PROGRAMS_MAXIMUM];
	size_t program_count;
	struct counters *counters; /* when the case began; NULL: all zero, as in a new sandbox */
	struct endpoint *endpoints[ENDPOINTS_MAXIMUM];
	size_t endpoint_count;
	uint16_t ports[PORTS_MAXIMUM]; /* those that the case named: its part of a shared wire */
	size_t port_count;
	struct notes notes;
	int64_t deadline;          /* of the case, on the monotonic clock */
	const struct place *place; /* the verb at work; NULL: the harness itself */
	uint64_t verb;             /* its number: counted from 1 as they begin */
	char step[128];            /* what the case says that it is at; or empty */
	bool allows_other_traffic;
	bool broken, skipped;
	jmp_buf over; /* where case_over goes */
};

/* Zero but for what context_begin sets. */
extern struct context context;

/* A verb begins: `place` is the one that findings, waits and crashes are reported at. */
void context_at(const struct place *place);

/* Records whether an expectation held; if not, the text says what was expected and found. */
bool expect_that(bool held, const char *format, ...) __attribute__((__format__(__printf__, 2, 3)));

/* The same with a text that is ready. */
bool expect_text(bool held, const char *text);

/* Records why and ends the case: FAIL, BROKEN or SKIP. */
_Noreturn void case_over(enum verdict verdict, const char *format, ...)
	__attribute__((__format__(__printf__, 2, 3)));

/* Ends the case as BROKEN unless the call that filled the error succeeded. */
void must(bool succeeded, const struct error *error);

/*
 * The case named this port: on a wire shared with others, what is on it is the case's. Ends the
 * case as BROKEN when somebody had a socket on it before.
 */
void context_port(uint16_t port);

/* Whether the case named it. */
bool context_has_port(uint16_t port);

/*
 * Whether what went between these two is the case's: in a sandbox everything is, on the host's
 * loopback what is on a port that the case named.
 */
bool context_owns(const struct address *a, const struct address *b);

/*
 * The expectation that was just recorded looked at this packet, and held or not. Kept for the
 * capture file's comments: a failure that can be tied to a packet is to note one at least.
 */
void context_note(uint32_t packet, bool held);

/* The failure that is about to end the case is about this packet. */
void context_note_next(uint32_t packet);

/*
 * The expectation that was just recorded failed, and was about what this socket received: from
 * `offset` in its stream on, or this datagram. Its packet is looked for when the capture is whole;
 * where there is none, it is the last one of that connection, or on that port.
 */
void context_note_received(const struct endpoint *endpoint, uint64_t offset, struct bytes datagram);

/* The failure that is about to be recorded is about this socket, or a TCP socket on this port. */
void context_note_socket_next(const struct endpoint *endpoint);
void context_note_port_next(uint16_t port);

#endif
