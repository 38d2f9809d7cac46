/*
 * The disturbances of the running case: datagrams that are lost, late or overtaken, on purpose. The
 * verbs say which; they are done while the case waits, and the report and the capture say them
 * (disturbance_report.h).
 */
#ifndef WIRECHECK_DISTURBANCES_H
#define WIRECHECK_DISTURBANCES_H

#include "base/address.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/place.h"
#include "base/side.h"
#include "wire/datagram.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which datagrams of UDP, and what becomes of them. */
struct disturbance {
	const struct place *place; /* of the verb that asked for it */
	uint32_t iteration;        /* and of its line, from 1 */
	uint16_t port;
	enum side side;        /* who sends them; SERVER is on the port */
	uint64_t first;        /* number of the first datagram; the next one that is sent has 1 */
	uint64_t count;        /* how many datagrams, one after the other */
	enum fate fate;        /* FATE_OVERTAKEN: of the first of two, by the second */
	unsigned milliseconds; /* of FATE_LATE */
	uint64_t seen;         /* of this side's datagrams so far; 0 to begin with */
};

/* At most this many packets are held back at one time. */
#define HELD_BACK_MAXIMUM 4096

/*
 * Adds one. What was sent before this is not counted. `lacking` says whether it failed for what
 * this kernel does not have or does not allow.
 */
bool disturbances_add(const struct disturbance *disturbance, bool *lacking, struct error *error);

/* Deals with the packets that wait, and lets go those that were held back for long enough. */
bool disturbances_serve(struct error *error);

/* Becomes readable when a packet waits; -1: there are no disturbances. */
int disturbances_descriptor(void);

/* When the next packet that is held back is let go, on the monotonic clock; INT64_MAX: none is. */
int64_t disturbances_next(void);

/* How many packets were dealt with so far, and how many of them are held back now. */
uint64_t disturbances_dealt_with(void);
size_t disturbances_held_back(void);

/* The verb that holds back the first of them; NULL when none is held back. */
const struct place *disturbances_holder(void);

/* Whether not all of its datagrams have come yet. */
bool disturbance_is_open(const struct disturbance *each);

/* All that were added, in their order. Valid until one more is added. */
struct disturbance *const *disturbances_list(size_t *length);

/* A packet that was watched. */
struct sighting {
	uint32_t fingerprint;
	int64_t since;                /* when the watch began; as a frame's time */
	const struct disturbance *by; /* what it was disturbed by, or NULL */
};

/* All packets that were dealt with, in their order. Valid until the next is dealt with. */
const struct sighting *disturbances_sightings(size_t *length);

/* A number by which a packet is found again: of its addresses and the beginning of its payload. */
uint32_t sighting_fingerprint(
	const struct address *from, const struct address *to, struct bytes payload);

#endif
