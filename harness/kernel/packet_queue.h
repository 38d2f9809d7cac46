/*
 * Packets that wait for a verdict: those that come in at a port are held up after the capture has
 * seen them and before a socket has, until they are let in or dropped (nfnetlink_queue).
 */
#ifndef WIRECHECK_PACKET_QUEUE_H
#define WIRECHECK_PACKET_QUEUE_H

#include "base/bytes.h"
#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mnl_socket;

/* Owned by who opened it; one that is zeroed is closed. */
struct packet_queue {
	struct mnl_socket *netlink; /* NULL when closed */
	int descriptor;             /* becomes readable when a packet waits */
	bool by_target;             /* the rules of this kernel take iptables' target NFQUEUE */
};

/* Which packets are held up: those of a protocol that come from a port, or that go to it. */
struct packet_watch {
	uint8_t protocol; /* IPPROTO_UDP: one whose header begins with both ports */
	bool from_port;
	uint16_t port;
};

/* At most this many watches, and at most this many packets that wait. */
#define PACKET_WATCHES_MAXIMUM 128
#define PACKETS_WAITING        65536

/* A packet that waits. */
struct waiting_packet {
	uint32_t id;
	struct bytes beginning; /* of it, from its IP header on; lives until the next one is read */
};

/*
 * Opens the queue of this network namespace, which takes CAP_NET_ADMIN there. No packet is held up
 * yet. `lacking` says whether it failed for what this kernel does not have or does not allow.
 */
bool packet_queue_open(struct packet_queue *queue, bool *lacking, struct error *error);

/*
 * From now on the packets of this list are held up, in place of those of the list before; packets
 * that wait go on waiting. `lacking` as above.
 *
 * The kernel puts the fragments of an IPv4 datagram together first, so that one packet waits. Those
 * of IPv6 come one by one, and of them only the first has its ports and is held up: the
 * datagram is not whole without it.
 */
bool packet_queue_watch(struct packet_queue *queue, const struct packet_watch watches[],
	size_t count, bool *lacking, struct error *error);

/*
 * Reads the next packet that waits, in the order in which they came; `found` is false when there is
 * none. The kernel drops what came while nobody read and its buffer was full: that is an error.
 */
bool packet_queue_next(struct packet_queue *queue, struct waiting_packet *packet, bool *found,
	struct error *error);

/* Lets a packet that waits go on to its socket, or drops it; both are done on return. */
bool packet_queue_accept(struct packet_queue *queue, uint32_t id, struct error *error);
bool packet_queue_drop(struct packet_queue *queue, uint32_t id, struct error *error);

/* Ends it. What waits is dropped. */
void packet_queue_close(struct packet_queue *queue);

#endif
