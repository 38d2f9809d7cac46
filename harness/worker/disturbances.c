/*
 * The disturbances of the running case: datagrams that are lost, late or overtaken, on purpose. The
 * verbs say which; they are done while the case waits, and the report and the capture say them.
 *
 * A port is watched only until the last of its disturbances is done: what is not disturbed does not
 * wait for the worker.
 */
#include "worker/disturbances.h"

#include "base/array.h"
#include "base/clock.h"
#include "kernel/packet_queue.h"
#include "wire/decode.h"

#include <netinet/in.h>
#include <stdlib.h>

/* Bytes of a payload by which a packet is found again in the capture. */
#define PAYLOAD_COMPARED 128

/* Packets dealt with in a row, before the case's condition is looked at. */
#define PACKETS_IN_A_ROW 65536

struct held_back {
	uint32_t id;
	int64_t until; /* on the monotonic clock; AT_ONCE, or INT64_MAX: until it is overtaken */
	const struct disturbance *by;
};

#define AT_ONCE 0

static struct packet_queue queue;
static struct packet_watch watches[PACKET_WATCHES_MAXIMUM];
static size_t watch_count;
static int64_t watched_since;

static struct disturbance **disturbances;
static size_t count, capacity;

static struct sighting *sightings;
static size_t sighting_count, sighting_capacity;

static struct held_back held_back[HELD_BACK_MAXIMUM];
static size_t held_back_count;

/*
 * Where both sides are on a port: who of them was sent to first. This is remembered for one port
 * only.
 */
static struct address first_receiver;

bool disturbance_is_open(const struct disturbance *each)
{
	return each->seen < each->first + each->count - 1;
}

static bool is_watched(const struct packet_watch list[], size_t length, struct packet_watch watch)
{
	for (size_t i = 0; i < length; i++)
		if (list[i].port == watch.port && list[i].from_port == watch.from_port)
			return true;
	return false;
}

/* Fills a list with the watches that the open disturbances need; returns how many they are. */
static size_t list_watches(struct packet_watch list[PACKET_WATCHES_MAXIMUM + 1])
{
	size_t length = 0;

	for (size_t i = 0; i < count && length <= PACKET_WATCHES_MAXIMUM; i++) {
		const struct disturbance *each = disturbances[i];
		struct packet_watch watch = {.protocol = IPPROTO_UDP,
			.from_port = each->side == SERVER,
			.port = each->port};
		if (disturbance_is_open(each) && !is_watched(list, length, watch))
			list[length++] = watch;
	}
	return length;
}

/* Makes the kernel watch what the open disturbances need, unless it does so already. */
static bool watch_again(bool *lacking, struct error *error)
{
	struct packet_watch list[PACKET_WATCHES_MAXIMUM + 1];
	size_t length = list_watches(list);
	bool has_new = false;

	if (length > PACKET_WATCHES_MAXIMUM)
		return error_set(error,
			"at most %d ports can be disturbed at a time, each side's apart",
			PACKET_WATCHES_MAXIMUM);
	for (size_t i = 0; i < length; i++)
		has_new = has_new || !is_watched(watches, watch_count, list[i]);
	if (!has_new && length == watch_count)
		return true;
	if (has_new)
		watched_since = wall_clock_now();
	for (size_t i = 0; i < length; i++)
		watches[i] = list[i];
	watch_count = length;
	return packet_queue_watch(&queue, watches, watch_count, lacking, error);
}

bool disturbances_add(const struct disturbance *disturbance, bool *lacking, struct error *error)
{
	struct disturbance **list =
		array_grow(disturbances, &capacity, count, sizeof(struct disturbance *));
	struct disturbance *own = malloc(sizeof *own);

	*lacking = false;
	if (list != NULL)
		disturbances = list;
	if (list == NULL || own == NULL) {
		free(own);
		return error_set(error, "no memory for a disturbance");
	}
	if (queue.netlink == NULL && !packet_queue_open(&queue, lacking, error)) {
		free(own);
		return false;
	}
	*own = *disturbance;
	disturbances[count++] = own;
	return watch_again(lacking, error);
}

/* Of a datagram between two sockets on the port: the side that sent first is CLIENT. */
static enum side sender_of(const struct packet *packet, uint16_t port)
{
	if (packet->to.port != port)
		return SERVER;
	if (packet->from.port != port)
		return CLIENT;
	if (first_receiver.version == 0)
		first_receiver = packet->to;
	return address_equal(&packet->from, &first_receiver) ? SERVER : CLIENT;
}

uint32_t sighting_fingerprint(
	const struct address *from, const struct address *to, struct bytes payload)
{
	struct bytes compared = bytes_part(payload, 0, PAYLOAD_COMPARED);
	uint32_t hash = address_hash(address_hash((uint32_t)compared.length, from), to);

	for (size_t i = 0; i < compared.length; i++)
		hash = (hash ^ compared.data[i]) * UINT32_C(16777619); /* FNV-1a */
	return hash;
}

static bool is_about(const struct disturbance *each, const struct packet *packet)
{
	return (packet->from.port == each->port || packet->to.port == each->port) &&
	       sender_of(packet, each->port) == each->side;
}

/* Of two disturbances of one packet: whether the first one is done. */
static bool outranks(const struct disturbance *each, const struct disturbance *other)
{
	if (other == NULL || each->fate != other->fate)
		return other == NULL || each->fate > other->fate;
	return each->milliseconds > other->milliseconds;
}

/* The packets that this disturbance holds back were overtaken: they may go. */
static void free_overtaken(const struct disturbance *by)
{
	for (size_t i = 0; i < held_back_count; i++)
		if (held_back[i].by == by)
			held_back[i].until = AT_ONCE;
}

/* Counts the packet for each disturbance. Returns the one that is done to it; NULL: none. */
static const struct disturbance *count_packet(const struct packet *packet)
{
	const struct disturbance *by = NULL;

	for (size_t i = 0; i < count; i++) {
		struct disturbance *each = disturbances[i];
		if (!disturbance_is_open(each) || !is_about(each, packet) ||
			++each->seen < each->first)
			continue;
		if (each->fate == FATE_OVERTAKEN && each->seen > each->first)
			free_overtaken(each);
		else if (outranks(each, by))
			by = each;
	}
	return by;
}

static bool hold_back(uint32_t id, const struct disturbance *by, struct error *error)
{
	int64_t until = INT64_MAX;

	if (held_back_count == HELD_BACK_MAXIMUM)
		return error_set(error, "more than %d datagrams are held back at one time",
			HELD_BACK_MAXIMUM);
	if (by->fate == FATE_LATE)
		until = monotonic_now() + (int64_t)by->milliseconds * INT64_C(1000000);
	held_back[held_back_count++] = (struct held_back){id, until, by};
	return true;
}

/* The index of the packet that is let go next. Of those with one time it is the oldest. */
static size_t next_held_back(void)
{
	size_t next = 0;

	for (size_t i = 1; i < held_back_count; i++)
		if (held_back[i].until < held_back[next].until)
			next = i;
	return next;
}

/* Lets go those that were held back until then. */
static bool let_go(int64_t now, struct error *error)
{
	while (held_back_count > 0) {
		size_t next = next_held_back();
		uint32_t id = held_back[next].id;
		if (held_back[next].until > now)
			return true;
		held_back_count--;
		for (size_t i = next; i < held_back_count; i++)
			held_back[i] = held_back[i + 1];
		if (!packet_queue_accept(&queue, id, error))
			return false;
	}
	return true;
}

static bool do_to_packet(uint32_t id, const struct disturbance *by, struct error *error)
{
	if (by == NULL)
		return packet_queue_accept(&queue, id, error);
	return by->fate == FATE_LOST ? packet_queue_drop(&queue, id, error)
				     : hold_back(id, by, error);
}

/*
 * The queue has only the beginning of a packet, so it is decoded as a quoted one is. A packet that
 * it overtook is let go right after it.
 */
static bool deal_with(const struct waiting_packet *waiting, struct error *error)
{
	struct packet packet;
	struct sighting *list =
		array_grow(sightings, &sighting_capacity, sighting_count, sizeof *list);

	if (list == NULL)
		return error_set(error, "no memory for what became of a packet");
	sightings = list;
	if (!packet_decode_quoted(&packet, waiting->beginning) || packet.kind != PACKET_UDP)
		return packet_queue_accept(&queue, waiting->id, error);
	const struct disturbance *by = count_packet(&packet);
	list[sighting_count++] = (struct sighting){
		.fingerprint = sighting_fingerprint(&packet.from, &packet.to, packet.payload),
		.since = watched_since,
		.by = by};
	return do_to_packet(waiting->id, by, error) && let_go(AT_ONCE, error);
}

static bool deal_with_all(struct error *error)
{
	struct waiting_packet waiting;
	bool found = true, lacking;

	for (size_t i = 0; found && i < PACKETS_IN_A_ROW; i++)
		if (!packet_queue_next(&queue, &waiting, &found, error) ||
			(found && !deal_with(&waiting, error)))
			return false;
	return watch_again(&lacking, error);
}

bool disturbances_serve(struct error *error)
{
	return queue.netlink == NULL || (deal_with_all(error) && let_go(monotonic_now(), error));
}

int disturbances_descriptor(void)
{
	return queue.netlink == NULL ? -1 : queue.descriptor;
}

int64_t disturbances_next(void)
{
	return held_back_count > 0 ? held_back[next_held_back()].until : INT64_MAX;
}

uint64_t disturbances_dealt_with(void)
{
	return sighting_count;
}

size_t disturbances_held_back(void)
{
	return held_back_count;
}

const struct place *disturbances_holder(void)
{
	return held_back_count > 0 ? held_back[0].by->place : NULL;
}

struct disturbance *const *disturbances_list(size_t *length)
{
	*length = count;
	return disturbances;
}

const struct sighting *disturbances_sightings(size_t *length)
{
	*length = sighting_count;
	return sightings;
}
