/* Why a side sent a RST: by what was on the wire before, and by the kernel's counters. Pure. */
#ifndef WIRECHECK_RESET_CAUSE_H
#define WIRECHECK_RESET_CAUSE_H

#include "base/buffer.h"
#include "wire/connection.h"

#include <stdint.h>

/*
 * By how much the kernel's counters of TcpExt grew: TCPAbortOnClose and so on. They count all
 * connections together.
 */
struct reset_counts {
	int64_t on_close;         /* closed before all bytes were read */
	int64_t on_data;          /* closed with SO_LINGER 0, or data came after it had closed */
	int64_t on_linger;        /* closed in FIN-WAIT-2 with TCP_LINGER2 below 0 */
	int64_t on_memory;        /* no memory, or too many connections without a program */
	int64_t on_timeout;       /* the peer did not answer for too long */
	int64_t listen_overflows; /* the queue of connections to accept was full */
};

/*
 * Appends why the RST of this connection was sent: "nobody listened (RFC 9293 3.10.7.1)". If
 * several causes are possible, it names all of them. The connection must have a RST (has_reset).
 */
void reset_explain(
	struct buffer *out, const struct connection *connection, const struct reset_counts *counts);

#endif
