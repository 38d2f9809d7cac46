/* The text of one case's report: what programs printed, what crossed the wire. */
#ifndef WIRECHECK_REPORT_H
#define WIRECHECK_REPORT_H

#include "base/buffer.h"
#include "kernel/program.h"
#include "wire/wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Appends each program's command, how it ended and what it printed; long outputs are cut. */
void report_programs(struct buffer *out, struct program *const programs[], size_t count);

/*
 * Appends `NAME: standard error "TEXT"`, without a newline; a long text is cut, and its length
 * told. False: it printed nothing there.
 */
bool report_error_output(struct buffer *out, const struct program *program);

/* How a connection opened, in words. */
const char *opening_text(enum opening opening);

/*
 * Appends a line for each of the case's connections: addresses, how it opened and closed, bytes
 * each way. Of many those are shown that differ from the rest, those on `port` first; 0: those on
 * a port that the case named.
 */
void report_connections(struct buffer *out, const struct wire *wire, uint16_t port);

/*
 * Appends all of the case's that was seen on the wire: connections, of many those that differ from
 * the rest, and the datagrams as ladders, and how many other packets there were. `port` is the
 * servers' for datagrams; 0: the lower one is.
 */
void report_wire(struct buffer *out, const struct wire *wire, uint16_t port);

#endif
