/*
 * Verbs that disturb what goes between two programs: datagrams are lost, late or overtaken.
 *
 * A disturbance concerns the datagrams of UDP that one side sends on a port. SERVER is the side on
 * the port; where both are, it is the one that is sent to first. They are numbered from 1 as they
 * come to the receiver's kernel, from the verb on: what was sent before the verb does not count. A
 * datagram that was cut into fragments is one. If several apply: loss before swap, swap before
 * delay, the longest delay first. Packets are let go only while a verb waits.
 *
 * The capture, and every expectation about the wire, has what was sent, and when: of a datagram
 * that was lost, too. What arrived is to be seen in what the receiver does. The capture's comments
 * and the report say which datagrams were disturbed, and when the case ends without one of them, it
 * has failed.
 *
 * Without a sandbox, or where the kernel lacks what this takes (nfnetlink_queue, and in nftables
 * `queue` or nft_compat with the target NFQUEUE), the case is SKIP.
 */
#ifndef WIRECHECK_VERBS_DISTURBANCES_H
#define WIRECHECK_VERBS_DISTURBANCES_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stdint.h>

/* Datagram `number` never arrives: lose_datagram(9000, CLIENT, 1). */
void case_lose_datagram(const struct place *place, uint16_t port, enum side side, uint64_t number);
#define lose_datagram(...) VERB(lose_datagram, #__VA_ARGS__, __VA_ARGS__)

/* The same for `count` datagrams in a row, of which this is the first. */
void case_lose_datagrams(
	const struct place *place, uint16_t port, enum side side, uint64_t first, uint64_t count);
#define lose_datagrams(...) VERB(lose_datagrams, #__VA_ARGS__, __VA_ARGS__)

/*
 * Datagram `number` arrives `milliseconds` after it was sent, or a little later; what is sent
 * in between overtakes it. It must be less than the limit of a wait, for the wire does not settle
 * before: expectations about it wait until the datagram has arrived.
 */
void case_delay_datagram(const struct place *place, uint16_t port, enum side side, uint64_t number,
	unsigned milliseconds);
#define delay_datagram(...) VERB(delay_datagram, #__VA_ARGS__, __VA_ARGS__)

/* The same for `count` datagrams in a row, each of which is held back for `milliseconds`. */
void case_delay_datagrams(const struct place *place, uint16_t port, enum side side, uint64_t first,
	uint64_t count, unsigned milliseconds);
#define delay_datagrams(...) VERB(delay_datagrams, #__VA_ARGS__, __VA_ARGS__)

/*
 * Datagram `first` is overtaken by the next one that the side sends: it is held back until that has
 * arrived, however long it takes. The wire does not settle before.
 */
void case_swap_datagrams(const struct place *place, uint16_t port, enum side side, uint64_t first);
#define swap_datagrams(...) VERB(swap_datagrams, #__VA_ARGS__, __VA_ARGS__)

#endif
