/* What the kernel says about sockets: their states and queues, by sock_diag(7). */
#ifndef WIRECHECK_SOCKETS_H
#define WIRECHECK_SOCKETS_H

#include "base/address.h"
#include "base/error.h"
#include "base/protocol.h"
#include "base/socket_state.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One socket, as it was when the kernel was asked. */
struct socket_fact {
	enum protocol protocol;
	enum socket_state state;
	struct address local, remote;
	uint32_t receive_queue,
		send_queue;   /* as in inet_diag: bytes; for a listener, connections */
	uint32_t inode;       /* of its descriptors (proc(5)); 0: it has none */
	bool defers_syn;      /* connected by TCP Fast Open: its SYN goes with the first data */
	bool probing_window;  /* waits until the peer's window opens, with a timer */
	unsigned retransmits; /* how often its last segment was sent again */
};

/* The sockets of one network namespace. A zeroed structure may be closed. */
struct sockets {
	struct mnl_socket *netlink;
	struct socket_fact *list; /* of the last reading */
	size_t count, capacity;
};

/* No machine's loopback has this many sockets. A reading that finds more fails. */
#define SOCKETS_MAXIMUM 1048576

/* Connects to the kernel, in the network namespace of the caller. */
bool sockets_open(struct sockets *sockets, struct error *error);

/*
 * Reads all IPv4 and IPv6 sockets of a protocol; they replace the last reading. When the kernel
 * does not have UDP-Lite, there are no sockets of it.
 */
bool sockets_read(struct sockets *sockets, enum protocol protocol, struct error *error);

/* A set of states. */
#define STATE(state) (1u << (state))

/*
 * All states of a connection. The others are LISTEN and, since Linux 6.8, 13: bound, but neither
 * listening nor connected. For each of these two, the kernel walks through a table of up to 65,536
 * places that all network namespaces share. Connections have a table of their own.
 */
#define STATES_OF_CONNECTIONS (STATE(13) - 1 - STATE(LISTEN))

/* The same as sockets_read for sockets in some states. */
bool sockets_read_in(
	struct sockets *sockets, enum protocol protocol, uint32_t states, struct error *error);

/*
 * Stores whether a TCP socket listens on this port and is bound to 127.0.0.1, to ::1 or to any
 * address. A listener on another address is not found. The cost does not depend on the size of the
 * tables.
 */
bool sockets_have_listener(
	struct sockets *sockets, uint16_t port, bool *listens, struct error *error);

/* The first socket of the last reading with this local port and this state, or NULL. */
const struct socket_fact *sockets_find(
	const struct sockets *sockets, uint16_t port, enum socket_state state);

/* The first socket of the last reading with this local port, in any state, or NULL. */
const struct socket_fact *sockets_on_port(const struct sockets *sockets, uint16_t port);

/*
 * Whether a TCP socket has nothing in flight, and is not in the middle of opening or closing. Then
 * only a program can make it send again. A socket that waits for its peer's window counts as quiet:
 * the peer may take as long as it likes. So does a socket that has not sent its SYN yet.
 */
bool socket_is_quiet(const struct socket_fact *fact);

/*
 * What has come and no program has taken: bytes or, for a listener, connections. The kernel counts
 * a FIN that was not taken as a byte; it is not counted here.
 */
uint32_t socket_untaken(const struct socket_fact *fact);

/* Bytes of a connection that the peer has not acknowledged. A SYN or FIN is not counted. */
uint32_t socket_unacknowledged(const struct socket_fact *fact);

/* Disconnects from the kernel and frees the last reading. */
void sockets_close(struct sockets *sockets);

#endif
