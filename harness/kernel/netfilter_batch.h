/* Messages to netfilter that the kernel takes together (nfnetlink). Tested by test_packet_queue.c.
 */
#ifndef WIRECHECK_NETFILTER_BATCH_H
#define WIRECHECK_NETFILTER_BATCH_H

#include <stddef.h>
#include <stdint.h>

#define NETFILTER_BATCH_ROOM ((size_t)66 << 10)

struct nlmsghdr;

/* Empty when its length is 0. The caller adds no more than there is room for. */
struct netfilter_batch {
	_Alignas(uint64_t) unsigned char memory[NETFILTER_BATCH_ROOM];
	size_t length;
};

/*
 * Begins the next message: its type with the subsystem, its flags and what struct nfgenmsg has. The
 * caller adds attributes to it and ends it with netfilter_batch_end.
 */
struct nlmsghdr *netfilter_batch_next(struct netfilter_batch *batch, uint16_t type, uint16_t flags,
	uint8_t family, uint16_t resource);
void netfilter_batch_end(struct netfilter_batch *batch, const struct nlmsghdr *header);

/* Sends the messages by this netlink socket. Returns 0 or the first error of the kernel, an errno.
 */
int netfilter_batch_send(const struct netfilter_batch *batch, int netlink);

/* The same by a netlink socket that is made for this and closed. */
int netfilter_batch_send_once(const struct netfilter_batch *batch);

#endif
