/*
 * The text of one case's report: what programs printed, and what crossed the wire.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_REPORT_H
#define WIRECHECK_REPORT_H

#include "base/buffer.h"
#include "kernel/program.h"
#include "wire/wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Appends each program's command, how it ended and what it printed. Long outputs are cut. */
void report_programs(struct buffer *out, struct program *const programs[], size_t count);

/*
 * Appends `NAME: standard error "TEXT"`, without a newline. A long text is cut, and its length
 * follows. False when the program printed nothing to standard error.
 */
bool report_error_output(struct buffer *out, const struct program *program);

/* How a connection opened, in words. */
const char *opening_text(enum opening opening);

/*
 * Appends a line for each of the case's connections: its addresses, how it opened and closed, and
 * the bytes from each side. When there are many, those that differ from the rest are shown.
 * Connections on `port` come first; with port 0, those on a port that the case named.
 */
void report_connections(struct buffer *out, const struct wire *wire, uint16_t port);

/*
 * Appends what the case had on the wire: connections and datagrams as ladders, and how many other
 * packets there were. When there are many connections, those that differ from the rest are shown.
 * For datagrams, the server is on `port`; with port 0, it is on the lower port.
 */
void report_wire(struct buffer *out, const struct wire *wire, uint16_t port);

#endif
