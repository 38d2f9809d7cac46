/* The case's own sockets: with them the case itself is one side. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_ENDPOINT_H
#define WIRECHECK_ENDPOINT_H

#include "base/address.h"
#include "base/buffer.h"
#include "base/protocol.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A socket of the case. Owned by the worker; the pointer stays valid until the case is over. */
struct endpoint {
	int descriptor;  /* non-blocking; -1 when closed */
	int type;        /* of socket(2): SOCK_STREAM, SOCK_DGRAM, or SOCK_RAW for CAN */
	int ip_protocol; /* IPPROTO_TCP and so on; 0: none, as for a Unix or CAN socket */
	/* The addresses of a connection; filled in when something was sent or received. */
	struct address local, remote;
	struct address target; /* of the last connect(2) */
	uint64_t sent;         /* bytes that the case sent */
	uint64_t compared;     /* bytes that it received and that an expectation compared */
};

/* A new socket of the case, which is not open yet. Ends the case when it has too many. */
struct endpoint *endpoint_new(void);

/*
 * Each function below returns 0 or the errno of the call of that name. NO_ANSWER: the call had to
 * wait, and the limit of a wait is over.
 */
#define NO_ANSWER (-1)

/* socket(2), for IP `version` 4 or 6. */
int endpoint_open(struct endpoint *endpoint, enum protocol protocol, int version);

/* bind(2), listen(2), shutdown(2), setsockopt(2) and getsockopt(2) with an int. */
int endpoint_bind(struct endpoint *endpoint, const struct address *local);
int endpoint_listen(struct endpoint *endpoint, int backlog);
int endpoint_shut_down(struct endpoint *endpoint, int how);
int endpoint_set_option(struct endpoint *endpoint, int level, int name, int value);
int endpoint_get_option(const struct endpoint *endpoint, int level, int name, int *value);

/* connect(2); waits until it has succeeded or failed. For UDP it only sets the peer. */
int endpoint_connect(struct endpoint *endpoint, const struct address *remote);

/* connect(2) without waiting; endpoint_finish_connect waits until it has succeeded or failed. */
int endpoint_begin_connect(struct endpoint *endpoint, const struct address *remote);
int endpoint_finish_connect(struct endpoint *endpoint);

/* accept(2): waits for a connection and fills `accepted` with it. */
int endpoint_accept(struct endpoint *listener, struct endpoint *accepted);

/*
 * send(2) until everything is sent: as a stream, or as one datagram, to `remote` unless that is
 * NULL. `sent` is how much was sent.
 */
int endpoint_send(struct endpoint *endpoint, struct bytes what, int flags,
	const struct address *remote, size_t *sent);

/* send(2) once, without waiting. EAGAIN: there is no room. */
int endpoint_send_now(struct endpoint *endpoint, struct bytes what, int flags, size_t *sent);

/*
 * recv(2). From a stream, until `length` bytes or the end of the stream have come; a length of 0
 * waits for the end or one more byte. Otherwise one datagram of any length. Appends what came to
 * `out`, even when it is not enough. `ended` is whether the stream ended.
 */
int endpoint_receive(struct endpoint *endpoint, struct buffer *out, size_t length, bool *ended);

/*
 * The same for a stream whose bytes say by themselves how many are wanted: `wanted` looks at all
 * that `out` would have, of which the last bytes are still in the socket, and returns how many of
 * them it takes. SIZE_MAX: it wants more. What it does not take stays in the socket.
 */
int endpoint_receive_until(struct endpoint *endpoint, struct buffer *out,
	size_t (*wanted)(struct bytes all, void *argument), void *argument, bool *ended);

/*
 * Waits until there is something, and calls recv(2) once, with `flags`, into `size` bytes of
 * memory. `length` is what it returned. `from` is the sender; it may be NULL.
 */
int endpoint_receive_once(struct endpoint *endpoint, void *memory, size_t size, int flags,
	size_t *length, struct address *from);

/* The same without waiting. EAGAIN: there is nothing. */
int endpoint_receive_now(
	struct endpoint *endpoint, void *memory, size_t size, int flags, size_t *length);

/* Whether there is something to receive or to accept now, or an error to report. */
bool endpoint_is_ready(const struct endpoint *endpoint);

/* The socket's own address, and its peer's. Version 0: it has none. */
struct address endpoint_local(const struct endpoint *endpoint);
struct address endpoint_remote(const struct endpoint *endpoint);

/* close(2). For a socket that is closed already, this does nothing. */
int endpoint_close(struct endpoint *endpoint);

/* Closes with SO_LINGER {1, 0}: a TCP connection ends by a reset (POSIX setsockopt). */
int endpoint_abort(struct endpoint *endpoint);

#endif
