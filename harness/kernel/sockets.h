/* What the kernel says of sockets: their states and queues, by sock_diag(7). */
#ifndef WIRECHECK_SOCKETS_H
#define WIRECHECK_SOCKETS_H

#include "base/address.h"
#include "base/error.h"
#include "base/protocol.h"
#include "base/socket_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One socket, as it was when it was asked for. */
struct socket_fact {
	enum protocol protocol;
	enum socket_state state;
	struct address local, remote;
	uint32_t receive_queue, send_queue; /* as in inet_diag: bytes; of a listener, connections */
	uint32_t inode;                     /* of its descriptors (proc(5)); 0: it has none */
	bool defers_syn;      /* connected by TCP Fast Open: its SYN is sent with the first data */
	bool probing_window;  /* waits for the peer's window to open, with a timer */
	unsigned retransmits; /* how often its last segment was sent again */
};

/* The sockets of one network namespace. A zeroed structure may be closed. */
struct sockets {
	struct mnl_socket *netlink;
	struct socket_fact *list; /* of the last reading */
	size_t count, capacity;
};

/* No machine's loopback has so many; a reading with more of them fails. */
#define SOCKETS_MAXIMUM 1048576

/* Connects to the kernel, in the network namespace that the caller is in now. */
bool sockets_open(struct sockets *sockets, struct error *error);

/*
 * Reads all IPv4 and IPv6 sockets of a protocol, in place of the last reading; none of UDP-Lite
 * where the kernel does not have it.
 */
bool sockets_read(struct sockets *sockets, enum protocol protocol, struct error *error);

/* A set of states. */
#define STATE(state) (1u << (state))

/*
 * All states of a connection. Beyond them are LISTEN and, since Linux 6.8, 13: bound, but neither
 * listening nor connected. For each of these two the kernel walks through a table that has the
 * sockets of all network namespaces, with up to 65,536 places; connections have one of their own.
 */
#define STATES_OF_CONNECTIONS (STATE(13) - 1 - STATE(LISTEN))

/* The same as sockets_read for sockets in some states. */
bool sockets_read_in(
	struct sockets *sockets, enum protocol protocol, uint32_t states, struct error *error);

/*
 * Whether a TCP socket listens on this port of 127.0.0.1 or ::1: one that is bound to it or to any
 * address. Costs the same however large the tables are; one bound otherwise is not found.
 */
bool sockets_have_listener(
	struct sockets *sockets, uint16_t port, bool *listens, struct error *error);

/* The first socket of the last reading that is on this local port in this state, or NULL. */
const struct socket_fact *sockets_find(
	const struct sockets *sockets, uint16_t port, enum socket_state state);

/* The first one on this local port, whatever its state, or NULL. */
const struct socket_fact *sockets_on_port(const struct sockets *sockets, uint16_t port);

/*
 * Whether a TCP socket neither has anything in flight nor is in the middle of opening or closing:
 * then only a program can make it send again. One that waits for its peer's window counts as
 * quiet, for that may last as long as the peer likes, and so does one that has yet to send its SYN.
 */
bool socket_is_quiet(const struct socket_fact *fact);

/*
 * What came and no program has taken: bytes or, of a listener, connections. The kernel counts a FIN
 * that was not taken as a byte; it is none.
 */
uint32_t socket_untaken(const struct socket_fact *fact);

/* Bytes of a connection that its peer has not acknowledged; a SYN and a FIN are none either. */
uint32_t socket_unacknowledged(const struct socket_fact *fact);

void sockets_close(struct sockets *sockets);

#endif
