/* Scripted sockets: where the case itself is one side. */
#ifndef WIRECHECK_ENDPOINT_H
#define WIRECHECK_ENDPOINT_H

#include "address.h"
#include "buffer.h"
#include "error.h"
#include "sockets.h"

#include <stdbool.h>

/* Bytes that one reading takes in. */
#define RECEIVED_MAXIMUM ((size_t)256 << 20)

/* A socket of the case. Owned by the worker; the pointer stays good until the case is over. */
struct endpoint {
	int descriptor; /* non-blocking; -1 once closed */
	enum protocol protocol;
	struct address remote; /* version 0: none */
};

/*
 * Opens a socket and connects it, within the limit of a wait. For UDP that only names the peer.
 * The error says which call failed and why.
 */
bool endpoint_connect(struct endpoint *endpoint, enum protocol protocol,
	const struct address *remote, struct error *error);

/* Sends all of it, within the limit of a wait: on TCP as a stream, on UDP as one datagram. */
bool endpoint_send(struct endpoint *endpoint, struct bytes what, struct error *error);

/* What a reading came to. */
enum receiving {
	RECEIVED,         /* as many bytes as were asked for, or one datagram */
	RECEIVED_END,     /* the peer's end of stream came first (recv(2) returned 0) */
	RECEIVED_ERROR,   /* the error says which */
	RECEIVED_NOTHING, /* not enough came within the limit of a wait */
};

/*
 * Reads on TCP until `length` bytes are there, on UDP one datagram of whatever length; appends
 * what came to `out`, also when it is not enough. A length of 0 waits for the end of the stream
 * or one more byte.
 */
enum receiving endpoint_receive(
	struct endpoint *endpoint, struct buffer *out, size_t length, struct error *error);

/* Closes the socket; one that is closed already is left alone. */
bool endpoint_close(struct endpoint *endpoint, struct error *error);

#endif
