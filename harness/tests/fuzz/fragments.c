/*
 * Fragments against a model. The input makes datagrams, which share a few identifications, cuts
 * them, and sends their fragments in any order, some twice, some never, with time that passes. The
 * model is an array of what was sent: it says which datagram must come out of each fragment, and of
 * how many fragments are in no datagram. With an odd first byte, fragments are cut in any way; for
 * these the model only says that what comes out is what went in.
 */
#include "fuzz.h"

#include "wire/byte_reader.h"
#include "wire/fragment_table.h"

#include <netinet/in.h>
#include <string.h>

#define IDENTIFICATIONS   3
#define DATAGRAMS_MAXIMUM 16
#define SENT_MAXIMUM      48
#define LENGTH_MAXIMUM    128 /* of a sample */
#define SECOND            INT64_C(1000000000)

/* What fragment_reassembly.c says of these limits. */
#define SAME_PLACE_MAXIMUM (FRAGMENTS_AT_ONE_PLACE - 1)
#define WAYS_MAXIMUM       64

/* A datagram of the input: a UDP datagram. No other has any 8 of its bytes. */
struct sample {
	uint32_t id;
	size_t length, cut; /* bytes, and bytes of each fragment but the last */
	unsigned char *data;
};

/* A fragment that was sent. */
struct sent {
	size_t sample; /* which one; of the other kind of input, no sample */
	size_t offset, length;
	int64_t time;
	bool gone; /* it is in a datagram that came out, or came twice, or waited for too long */
	bool reported; /* it is in a datagram that was reported and is wrong */
	bool late;     /* of those that are gone: it waited for too long */
	const unsigned char *data;
	uint32_t id;
};

struct model {
	struct fragment_table table;
	struct sample samples[DATAGRAMS_MAXIMUM];
	size_t sample_count;
	struct sent sent[SENT_MAXIMUM];
	size_t sent_count;
	int64_t now;
	bool six;
};

/* RFC 1071; 0xffff for what is right, its checksum included. */
static uint32_t sum_of(const struct model *model, const unsigned char *data, size_t length)
{
	uint32_t sum = IPPROTO_UDP + (uint32_t)length;

	/* The addresses: 1 and 2, all else zero. */
	sum += model->six ? 1 + 2 : (10 << 8) + 1 + (10 << 8) + 2;
	for (size_t i = 0; i < length; i++)
		sum += (uint32_t)data[i] << (i % 2 == 0 ? 8 : 0);
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

static struct packet fragment_of(const struct model *model, const struct sent *sent, bool more)
{
	struct packet packet = {
		.kind = PACKET_FRAGMENT,
		.protocol = IPPROTO_UDP,
		.fragment = {.id = sent->id, .offset = (uint32_t)sent->offset, .more = more},
		.payload = {sent->data, sent->length},
	};

	packet.from.version = packet.to.version = model->six ? 6 : 4;
	packet.from.ip[0] = packet.to.ip[0] = model->six ? 0 : 10;
	packet.from.ip[model->six ? 15 : 3] = 1;
	packet.to.ip[model->six ? 15 : 3] = 2;
	return packet;
}

static void make_sample(struct model *model, struct reader *reader)
{
	struct sample *sample = &model->samples[model->sample_count];
	uint8_t index = (uint8_t)(model->sample_count + 1);

	sample->id = reader_u8(reader) % IDENTIFICATIONS;
	sample->length = 8 + 1 + reader_u8(reader) % (LENGTH_MAXIMUM - 8);
	/* In IPv6 an overlap ends all fragments of a number: those of one number are cut alike. */
	sample->cut = 8 + 8 * (model->six ? sample->id : reader_u8(reader) % 4);
	if (reader->failed || model->sample_count == DATAGRAMS_MAXIMUM - 1)
		return;
	sample->data = malloc(sample->length);
	FUZZ_CHECK(sample->data != NULL);
	for (size_t i = 0; i < sample->length; i++)
		sample->data[i] = (unsigned char)(i % 8 == 0 ? index : i);
	sample->data[4] = 0;
	sample->data[5] = (unsigned char)sample->length;
	sample->data[6] = sample->data[7] = 0;
	uint32_t sum = ~sum_of(model, sample->data, sample->length) & 0xffff;
	sum = sum == 0 ? 0xffff : sum;
	sample->data[6] = (unsigned char)(sum >> 8);
	sample->data[7] = (unsigned char)sum;
	model->sample_count++;
}

/* What waits, of one sample and at one place. */
static size_t count_waiting(const struct model *model, size_t sample, size_t offset)
{
	size_t count = 0;

	for (size_t i = 0; i < model->sent_count; i++)
		count += !model->sent[i].gone && model->sent[i].sample == sample &&
			 model->sent[i].offset == offset;
	return count;
}

/* Whether all fragments of a sample wait. */
static bool is_complete(const struct model *model, size_t number)
{
	const struct sample *sample = &model->samples[number];

	for (size_t offset = 0; offset < sample->length; offset += sample->cut)
		if (count_waiting(model, number, offset) == 0)
			return false;
	return true;
}

/* Whether so much waits that a limit of fragment_reassembly.c may be reached. */
static bool is_too_much(const struct model *model, uint32_t id)
{
	size_t here[LENGTH_MAXIMUM / 8 + 1] = {0}, ways = 1;

	for (size_t i = 0; i < model->sent_count; i++)
		if (!model->sent[i].gone && model->sent[i].id == id)
			here[model->sent[i].offset / 8]++;
	for (size_t i = 0; i < sizeof here / sizeof *here; i++) {
		ways *= here[i] > 0 ? here[i] : 1;
		if (here[i] > SAME_PLACE_MAXIMUM || ways > WAYS_MAXIMUM)
			return true;
	}
	return false;
}

static bool is_same(const struct sent *a, const struct sent *b)
{
	return a->sample == b->sample && a->offset == b->offset;
}

/* What came out is, byte by byte, what its fragments brought, and they are of one number. */
static void check_bytes(const struct model *model, const struct whole *whole, uint32_t id)
{
	size_t end = 0;

	FUZZ_CHECK(whole->packet_count > 0 && whole->length > 0);
	for (size_t i = 0; i < whole->packet_count; i++) {
		FUZZ_CHECK(whole->packets[i] < model->sent_count);
		const struct sent *sent = &model->sent[whole->packets[i]];
		FUZZ_CHECK(sent->id == id && sent->offset == whole->offsets[i]);
		FUZZ_CHECK(sent->offset <= end && sent->offset + sent->length > end);
		end = sent->offset + sent->length;
		FUZZ_CHECK(end <= whole->length);
		FUZZ_CHECK(memcmp(whole->data + sent->offset, sent->data, sent->length) == 0);
	}
	FUZZ_CHECK(end == whole->length);
}

/* Whether something is in it that came out before. */
static void check_unused(const struct model *model, const struct whole *whole, bool reported)
{
	for (size_t i = 0; i < whole->packet_count; i++) {
		const struct sent *sent = &model->sent[whole->packets[i]];
		FUZZ_CHECK(!sent->gone && !(reported && sent->reported));
	}
}

/* Whether what waits under a number is all in the whole, or came twice. */
static bool is_all(const struct model *model, const struct whole *whole, uint32_t id)
{
	for (size_t i = 0; i < model->sent_count; i++) {
		const struct sent *sent = &model->sent[i];
		bool in = sent->id != id || sent->gone || sent->reported;
		for (size_t j = 0; !in && j < whole->packet_count; j++)
			in = is_same(sent, &model->sent[whole->packets[j]]);
		if (!in)
			return false;
	}
	return true;
}

/* A right one: its fragments are gone, and if that was all, what came twice. */
static void take_right(struct model *model, const struct whole *whole, uint32_t id)
{
	bool all = is_all(model, whole, id);

	check_unused(model, whole, false);
	for (size_t j = 0; j < whole->packet_count; j++) {
		struct sent *used = &model->sent[whole->packets[j]];
		for (size_t i = 0; all && i < model->sent_count; i++)
			if (is_same(&model->sent[i], used) && !model->sent[i].gone)
				model->sent[i].gone = true;
		used->gone = true;
	}
}

/* A wrong one came out because nothing else waited; its fragments wait on. */
static void take_wrong(struct model *model, const struct whole *whole, uint32_t id)
{
	FUZZ_CHECK(is_all(model, whole, id));
	check_unused(model, whole, true);
	for (size_t j = 0; j < whole->packet_count; j++)
		for (size_t i = 0; i < model->sent_count; i++)
			if (!model->sent[i].gone &&
				is_same(&model->sent[i], &model->sent[whole->packets[j]]))
				model->sent[i].reported = true;
}

static bool is_right(const struct model *model, const struct whole *whole)
{
	size_t length = (size_t)whole->data[4] << 8 | whole->data[5];

	return whole->length >= 8 && length >= 8 && length <= whole->length &&
	       sum_of(model, whole->data, length) == 0xffff;
}

/* Rule 7 of fragment_reassembly.c. */
static void lose_old(struct model *model, uint32_t id)
{
	int64_t wait = (model->six ? 60 : 30) * SECOND;

	for (size_t i = 0; i < model->sent_count; i++) {
		struct sent *sent = &model->sent[i];
		if (sent->id == id && !sent->gone && model->now - sent->time > wait)
			sent->gone = sent->late = true;
	}
}

/* Sends a fragment, and checks what comes of it. False when that is more than the model knows. */
static bool send_sample(struct model *model, struct reader *reader)
{
	size_t number = reader_u8(reader), place = reader_u8(reader);
	struct whole *whole;

	if (model->sample_count == 0 || reader->failed)
		return true;
	number %= model->sample_count;
	const struct sample *sample = &model->samples[number];
	place %= (sample->length + sample->cut - 1) / sample->cut;
	struct sent *sent = &model->sent[model->sent_count++];
	*sent = (struct sent){
		.sample = number,
		.offset = place * sample->cut,
		.time = model->now,
		.data = sample->data + place * sample->cut,
		.id = sample->id,
	};
	bool more = sent->offset + sample->cut < sample->length;
	sent->length = more ? sample->cut : sample->length - sent->offset;
	lose_old(model, sent->id);
	if (is_too_much(model, sent->id))
		return false;
	struct packet packet = fragment_of(model, sent, more);
	FUZZ_CHECK(fragment_table_add(
		&model->table, &packet, (uint32_t)(model->sent_count - 1), model->now, &whole));
	if (whole == NULL) {
		FUZZ_CHECK(!is_complete(model, number));
		return true;
	}
	check_bytes(model, whole, sent->id);
	if (is_right(model, whole)) {
		take_right(model, whole, sent->id);
	} else {
		FUZZ_CHECK(!is_complete(model, number));
		take_wrong(model, whole, sent->id);
	}
	whole_free(whole);
	return true;
}

/* Every fragment is counted. */
static void check_leftover(const struct model *model)
{
	size_t left = 0;

	for (size_t i = 0; i < model->sent_count; i++) {
		const struct sent *sent = &model->sent[i];
		left += !sent->reported && (!sent->gone || sent->late);
	}
	FUZZ_CHECK(fragment_table_leftover(&model->table) == left);
}

static void run_model(struct model *model, struct reader *reader)
{
	bool known = true;

	while (known && !reader->failed && reader->rest.length > 0 &&
		model->sent_count < SENT_MAXIMUM) {
		uint8_t what = reader_u8(reader);
		if (what < 40)
			make_sample(model, reader);
		else if (what < 50)
			model->now += (what - 39) * 4 * SECOND;
		else
			known = send_sample(model, reader);
	}
	if (known)
		check_leftover(model);
}

/* Any fragments: what comes out is what went in, and what is left is not more than was sent. */
static void run_anyhow(struct model *model, struct reader *reader)
{
	while (!reader->failed && model->sent_count < SENT_MAXIMUM) {
		uint8_t what = reader_u8(reader);
		struct sent *sent = &model->sent[model->sent_count];
		struct whole *whole;
		*sent = (struct sent){.sample = model->sent_count, .id = what >> 6};
		sent->offset = reader_u8(reader) % 32 * 8u;
		sent->length = 1 + reader_u8(reader) % 24;
		bool more = (what & 1) != 0;
		if (more)
			sent->length = (sent->length + 7) & ~(size_t)7;
		sent->data = reader_take(reader, sent->length).data;
		if (reader->failed)
			break;
		model->now += (what >> 1 & 0x1f) * SECOND - 8 * SECOND;
		struct packet packet = fragment_of(model, sent, more);
		FUZZ_CHECK(fragment_table_add(
			&model->table, &packet, (uint32_t)model->sent_count++, model->now, &whole));
		if (whole != NULL)
			check_bytes(model, whole, sent->id);
		whole_free(whole);
	}
	FUZZ_CHECK(fragment_table_leftover(&model->table) <= model->sent_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct model model;
	struct reader reader = {.rest = {data, size}};
	uint8_t first = reader_u8(&reader);

	model = (struct model){.six = (first & 2) != 0};
	if ((first & 1) != 0)
		run_anyhow(&model, &reader);
	else
		run_model(&model, &reader);
	fragment_table_free(&model.table);
	for (size_t i = 0; i < model.sample_count; i++)
		free(model.samples[i].data);
	return 0;
}
