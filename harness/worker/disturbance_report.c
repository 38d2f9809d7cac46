/* What is said of the disturbances: failures of the case, and marks on its datagrams. */
#include "worker/disturbance_report.h"

#include "worker/context.h"
#include "worker/disturbances.h"
#include "worker/settle.h"

#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>

static enum outlook look_for_disturbance(void *argument)
{
	return disturbance_is_open(argument) ? NOT_YET : AS_EXPECTED;
}

/* What was done to a datagram. */
static void describe_fate(const struct disturbance *by, char text[64])
{
	if (by->fate == FATE_LATE)
		snprintf(text, 64, "held back for %u ms", by->milliseconds);
	else
		snprintf(text, 64, "%s", by->fate == FATE_LOST ? "lost" : "overtaken");
}

/* "datagrams 2 to 5". */
static void describe_range(const struct disturbance *each, char text[64])
{
	uint64_t last = each->first + each->count - 1;

	if (each->count == 1)
		snprintf(text, 64, "datagram %" PRIu64, each->first);
	else
		snprintf(text, 64, "datagrams %" PRIu64 " %s %" PRIu64, each->first,
			each->count == 2 ? "and" : "to", last);
}

static void account_disturbance(struct disturbance *each)
{
	char range[64], fate[64] = "swapped";

	context_resume(each->place, each->iteration);
	if (settle_until(look_for_disturbance, each) == AS_EXPECTED)
		return;
	describe_range(each, range);
	if (each->fate != FATE_OVERTAKEN)
		describe_fate(each, fate);
	expect_that(false, "expected %s to send %s on port %u, to be %s; found %" PRIu64,
		side_name(each->side), range, each->port, fate, each->seen);
	context_note_last_datagram(IPPROTO_UDP, each->port);
}

void disturbances_account(void)
{
	size_t count;
	struct disturbance *const *list = disturbances_list(&count);

	for (size_t i = 0; i < count; i++)
		if (disturbance_is_open(list[i]))
			account_disturbance(list[i]);
}

static void mark(struct datagram *datagram, const struct disturbance *by)
{
	char fate[64], text[80];

	datagram->fate = by->fate;
	datagram->late = by->milliseconds;
	describe_fate(by, fate);
	snprintf(text, sizeof text, "%s on purpose", fate);
	context_note_done(datagram->packets[0], by->place, text);
}

/* How many of the same fingerprint were seen before it in the same time of watching. */
static size_t twins_before(const struct sighting sightings[], const struct sighting *sighting)
{
	size_t twins = 0;

	for (const struct sighting *each = sightings; each < sighting; each++)
		twins += each->fingerprint == sighting->fingerprint &&
			 each->since == sighting->since;
	return twins;
}

/* Datagrams that are alike are in the capture in the order in which they were seen. */
static struct datagram *find_datagram(
	const struct sighting *sighting, size_t twins, const uint32_t fingerprints[])
{
	const struct datagrams *all = &context.wire.datagrams;

	for (size_t i = 0; i < all->count; i++)
		if (fingerprints[i] == sighting->fingerprint &&
			all->list[i]->protocol == IPPROTO_UDP &&
			all->list[i]->time >= sighting->since && twins-- == 0)
			return all->list[i];
	return NULL;
}

void disturbances_mark(void)
{
	const struct datagrams *all = &context.wire.datagrams;
	uint32_t *fingerprints = NULL;
	size_t sighting_count;
	const struct sighting *sightings = disturbances_sightings(&sighting_count);

	if (sighting_count > 0 && all->count > 0)
		fingerprints = calloc(all->count, sizeof *fingerprints);
	if (fingerprints == NULL)
		return;
	for (size_t i = 0; i < all->count; i++)
		fingerprints[i] = sighting_fingerprint(
			&all->list[i]->from, &all->list[i]->to, all->list[i]->payload);
	for (size_t i = 0; i < sighting_count; i++) {
		struct datagram *datagram = NULL;
		if (sightings[i].by != NULL)
			datagram = find_datagram(&sightings[i],
				twins_before(sightings, &sightings[i]), fingerprints);
		if (datagram != NULL)
			mark(datagram, sightings[i].by);
	}
	free(fingerprints);
}
