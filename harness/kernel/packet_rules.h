/*
 * The rules that send packets to the queue of packet_queue.h, by nftables.
 *
 * Tested by test_packet_queue.c.
 */
#ifndef WIRECHECK_PACKET_RULES_H
#define WIRECHECK_PACKET_RULES_H

#include "kernel/packet_queue.h"

#include <stdbool.h>
#include <stddef.h>

/* The queue that the rules name. The namespace has no other. */
#define PACKET_QUEUE_NUMBER 0

/* Makes the table and its chain, without rules. Returns 0 or an errno. */
int packet_rules_begin(void);

/*
 * Replaces all rules: one for each watch, of which there are at most PACKET_WATCHES_MAXIMUM.
 * `by_target` says how a rule does so: by iptables' target NFQUEUE, or by the expression "queue".
 * Returns 0 or an errno.
 */
int packet_rules_replace(const struct packet_watch watches[], size_t count, bool by_target);

#endif
