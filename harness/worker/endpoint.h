/* Scripted sockets: where the case itself is one side. */
#ifndef WIRECHECK_ENDPOINT_H
#define WIRECHECK_ENDPOINT_H

#include "base/address.h"
#include "base/buffer.h"
#include "kernel/sockets.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A socket of the case. Owned by the worker; the pointer stays good until the case is over. */
struct endpoint {
	int descriptor; /* non-blocking; -1 once closed */
	enum protocol protocol;
	/* Of a connection, once something was sent or received: what the case knows of it. */
	struct address local, remote;
	struct address target; /* what connect(2) was last asked for */
	uint64_t sent;         /* bytes that the case sent */
	uint64_t compared;     /* bytes that it received and an expectation compared */
};

/* A new socket of the case, which is not open yet. Ends the case when it has too many. */
struct endpoint *endpoint_new(void);

/*
 * Each call returns 0, the errno of the call of that name, or this: it had to wait, and the limit
 * of a wait passed.
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

/* connect(2), and waits for its outcome. For UDP that only names the peer. */
int endpoint_connect(struct endpoint *endpoint, const struct address *remote);

/* connect(2), which goes on by itself; endpoint_finish_connect waits for the outcome. */
int endpoint_begin_connect(struct endpoint *endpoint, const struct address *remote);
int endpoint_finish_connect(struct endpoint *endpoint);

/* accept(2): waits for a connection and fills `accepted` with it. */
int endpoint_accept(struct endpoint *listener, struct endpoint *accepted);

/*
 * send(2) until all of it is sent: on TCP as a stream, on UDP as one datagram, to `remote` unless
 * that is NULL. `sent` has how much was.
 */
int endpoint_send(struct endpoint *endpoint, struct bytes what, int flags,
	const struct address *remote, size_t *sent);

/* send(2) once, without waiting: EAGAIN when there is no room. */
int endpoint_send_now(struct endpoint *endpoint, struct bytes what, int flags, size_t *sent);

/*
 * recv(2) on TCP until `length` bytes or the end of the stream are there, on UDP one datagram of
 * whatever length; appends what came to `out`, also when it is not enough. A length of 0 waits for
 * the end of the stream or one more byte.
 */
int endpoint_receive(struct endpoint *endpoint, struct buffer *out, size_t length, bool *ended);

/*
 * recv(2) once with `flags` into `size` bytes of memory, waiting until there is something.
 * `length` has what it returned, `from` (may be NULL) the sender.
 */
int endpoint_receive_once(struct endpoint *endpoint, void *memory, size_t size, int flags,
	size_t *length, struct address *from);

/* The same without waiting: EAGAIN when there is nothing. */
int endpoint_receive_now(
	struct endpoint *endpoint, void *memory, size_t size, int flags, size_t *length);

/* Whether there is something to receive or to accept now, or an error to be told. */
bool endpoint_is_ready(const struct endpoint *endpoint);

/* Its own address and its peer's; version 0: none. */
struct address endpoint_local(const struct endpoint *endpoint);
struct address endpoint_remote(const struct endpoint *endpoint);

/* close(2); one that is closed already is left alone. */
int endpoint_close(struct endpoint *endpoint);

/* Closes with SO_LINGER {1, 0}: on TCP by a reset (POSIX setsockopt). */
int endpoint_abort(struct endpoint *endpoint);

#endif
