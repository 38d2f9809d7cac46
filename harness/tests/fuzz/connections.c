/* connections.c and what is below it: two sides that talk, and an array of what each sent. */
#include "wire/connections.h"

#include "fuzz.h"

#include "wire/byte_reader.h"

#include <stdbool.h>
#include <string.h>

/* Bytes that a side sends at most, all of them different from their neighbours. */
#define SENT_MAXIMUM 600

/* Segments of one input; each keeps its bytes. */
#define SEGMENTS 64

enum { CLIENT_PORT = 40000, SERVER_PORT = 80 };

/* One side, by the simplest means. Offsets are the stream's, as in struct block. */
struct model {
	uint32_t initial;
	size_t sent; /* bytes that it handed out so far, captured or not */
	bool came[SENT_MAXIMUM];
	bool has_fin, fin_came;
	uint64_t acknowledged; /* numbers of it that its peer acknowledged */
	int64_t last;          /* when it sent its last segment, in nanoseconds */
};

struct talk {
	struct connections table;
	struct model models[2];
	int64_t time;
	uint32_t index;
};

static unsigned char byte_at(enum side side, size_t offset)
{
	return (unsigned char)(offset * 3 + offset / 85 + side * 128u);
}

/* What a side sends from an offset on. It is valid for ever. */
static const unsigned char *bytes_from(enum side side, size_t offset)
{
	static unsigned char bytes[2][SENT_MAXIMUM];

	if (bytes[SERVER][0] == 0)
		for (size_t i = 0; i < SENT_MAXIMUM; i++) {
			bytes[CLIENT][i] = byte_at(CLIENT, i);
			bytes[SERVER][i] = byte_at(SERVER, i);
		}
	return bytes[side] + offset;
}

/* Relative numbers; the payload lives as long as the talk. */
static void take(struct talk *talk, enum side from, uint8_t flags, uint64_t sequence,
	uint64_t acknowledgment, struct bytes payload)
{
	struct model *own = &talk->models[from];
	const struct model *peer = &talk->models[side_peer(from)];
	struct packet packet = {
		.kind = PACKET_TCP,
		.from = {.version = 4, .port = from == CLIENT ? CLIENT_PORT : SERVER_PORT},
		.to = {.version = 4, .port = from == CLIENT ? SERVER_PORT : CLIENT_PORT},
		.tcp = {.sequence = own->initial + (uint32_t)sequence,
			.acknowledgment = peer->initial + (uint32_t)acknowledgment,
			.flags = flags,
			.window = 65535},
		.payload = payload,
	};

	if (!(flags & TCP_ACK))
		packet.tcp.acknowledgment = 0;
	talk->time += 1000;
	own->last = talk->time;
	FUZZ_CHECK(connections_add(&talk->table, &packet, talk->index++, talk->time));
}

/* All that the model has of one side's numbers. */
static uint64_t model_next(const struct model *model)
{
	return model->sent + 1 + model->has_fin;
}

static uint64_t least_acknowledged(const struct talk *talk, enum side side)
{
	return talk->models[side].acknowledged > 0 ? talk->models[side].acknowledged : 1;
}

/* A run of bytes that was sent before or is new, in the capture. */
static void send_bytes(struct talk *talk, enum side side, size_t offset, size_t length)
{
	struct model *model = &talk->models[side];

	memset(model->came + offset, true, length);
	take(talk, side, TCP_ACK, offset + 1, least_acknowledged(talk, side_peer(side)),
		(struct bytes){bytes_from(side, offset), length});
}

static void send_new(struct talk *talk, enum side side, size_t length, bool captured)
{
	struct model *model = &talk->models[side];
	size_t offset = model->sent;

	if (model->has_fin || length > SENT_MAXIMUM - offset)
		return;
	model->sent += length;
	if (captured)
		send_bytes(talk, side, offset, length);
}

static void send_again(struct talk *talk, enum side side, size_t offset, size_t length)
{
	const struct model *model = &talk->models[side];

	if (model->sent == 0)
		return;
	offset %= model->sent;
	if (length > model->sent - offset)
		length = model->sent - offset;
	send_bytes(talk, side, offset, length);
}

static void send_fin(struct talk *talk, enum side side)
{
	struct model *model = &talk->models[side];

	model->has_fin = model->fin_came = true;
	take(talk, side, TCP_FIN | TCP_ACK, model->sent + 1,
		least_acknowledged(talk, side_peer(side)), (struct bytes){0});
}

/* An ACK of what the other side has sent, all of it or less; maybe not in the capture itself. */
static void acknowledge(struct talk *talk, enum side side, size_t less)
{
	struct model *peer = &talk->models[side_peer(side)];
	uint64_t next = model_next(peer);
	uint64_t number = less < next ? next - less : 1;

	if (number > peer->acknowledged)
		peer->acknowledged = number;
	take(talk, side, TCP_ACK, model_next(&talk->models[side]), number, (struct bytes){0});
}

/* One number before all that was sent: a probe if the other side acknowledged it all. */
static void ask(struct talk *talk, enum side side, bool after_a_while)
{
	const struct model *model = &talk->models[side];
	const struct connection *connection = talk->table.list[0];
	uint64_t next = model_next(model);

	talk->time += after_a_while ? 1000000000 : 0;
	bool later = talk->time - model->last > 500000000 || next < 2 ||
		     connection->paces[side].began + 1 != next;
	bool known = connection->streams[side].next == next &&
		     connection->streams[side].acknowledged == next;
	take(talk, side, TCP_ACK, next - 1, least_acknowledged(talk, side_peer(side)),
		(struct bytes){0});
	const struct segment *last = &connection->segments[connection->segment_count - 1];
	FUZZ_CHECK(last->probe == (known && later ? PROBE_KEEPALIVE : PROBE_NONE));
}

/* The handshake, in which numbers may wrap. */
static void begin(struct talk *talk, struct reader *reader)
{
	talk->models[CLIENT].initial = reader_u32(reader);
	talk->models[SERVER].initial = reader_u32(reader);
	take(talk, CLIENT, TCP_SYN, 0, 0, (struct bytes){0});
	take(talk, SERVER, TCP_SYN | TCP_ACK, 0, 1, (struct bytes){0});
	take(talk, CLIENT, TCP_ACK, 1, 1, (struct bytes){0});
	talk->models[CLIENT].acknowledged = talk->models[SERVER].acknowledged = 1;
}

static void step(struct talk *talk, struct reader *reader)
{
	uint8_t what = reader_u8(reader);
	enum side side = what & 1 ? SERVER : CLIENT;
	size_t first = reader_u8(reader), second = reader_u8(reader);

	switch (what >> 1 & 7) {
	case 0:
	case 1:
		send_new(talk, side, first + 1, true);
		break;
	case 2:
		send_new(talk, side, first + 1, false);
		break;
	case 3:
		send_again(talk, side, first * 3, second + 1);
		break;
	case 4:
		acknowledge(talk, side, 0);
		break;
	case 5:
		acknowledge(talk, side, first);
		break;
	case 6:
		ask(talk, side, first & 1);
		break;
	case 7:
		send_fin(talk, side);
		break;
	}
}

static void check_bytes(const struct stream *stream, enum side side, const struct model *model)
{
	unsigned char copy[SENT_MAXIMUM];
	size_t length = 0, came = 0;

	while (length < model->sent && model->came[length])
		length++;
	for (size_t i = 0; i < model->sent; i++)
		came += model->came[i];
	FUZZ_CHECK(!stream->has_conflict);
	FUZZ_CHECK(stream->length == length);
	FUZZ_CHECK(stream->buffered == came);
	FUZZ_CHECK(stream_copy(stream, 0, copy, sizeof copy) == length);
	FUZZ_CHECK(memcmp(copy, bytes_from(side, 0), length) == 0);
}

static void check_side(
	const struct connection *connection, enum side side, const struct model *model)
{
	const struct stream *stream = &connection->streams[side];
	uint64_t first, last, reached = stream->length + 1;

	check_bytes(stream, side, model);
	FUZZ_CHECK(stream->has_fin == model->fin_came);
	reached += model->fin_came && stream->length == model->sent;
	FUZZ_CHECK(stream_lacks(stream, &first, &last) == (model->acknowledged > reached));
}

static void check(const struct talk *talk)
{
	FUZZ_CHECK(talk->table.count == 1);
	const struct connection *connection = talk->table.list[0];
	bool closed = true;
	enum side sender;
	uint64_t first, last;

	for (enum side side = CLIENT; side <= SERVER; side++) {
		const struct model *model = &talk->models[side];
		check_side(connection, side, model);
		closed = closed && model->fin_came && model->acknowledged == model_next(model);
	}
	FUZZ_CHECK(connection->opening == OPENING_HANDSHAKE);
	FUZZ_CHECK(!connection->has_reset);
	FUZZ_CHECK(connection_closed_in_order(connection) == closed);
	FUZZ_CHECK(talk->table.lacking == connection_lacks(connection, &sender, &first, &last));
}

/* Segments with any numbers and flags: whatever comes of them, it is consistent. */
static void take_anything(struct reader *reader)
{
	static const unsigned char bytes[256];
	struct connections table = {0};
	size_t lacking = 0;

	for (uint32_t i = 0; i < SEGMENTS && reader->rest.length > 0; i++) {
		uint8_t ports = reader_u8(reader);
		struct packet packet = {
			.kind = PACKET_TCP,
			.from = {.version = 4, .port = ports & 3},
			.to = {.version = 4, .port = ports >> 2 & 3},
			.tcp = {.flags = reader_u8(reader), .window = ports},
			.payload = {bytes, ports & 0x80 ? reader_u8(reader) : 0},
		};
		packet.tcp.sequence = ports & 0x10 ? reader_u32(reader) : reader_u8(reader);
		packet.tcp.acknowledgment = ports & 0x20 ? reader_u32(reader) : reader_u8(reader);
		FUZZ_CHECK(connections_add(&table, &packet, i, (int64_t)i * ports * 1000000));
	}
	for (size_t i = 0; i < table.count; i++) {
		const struct connection *connection = table.list[i];
		enum side sender;
		uint64_t first, last;
		bool lacks = connection_lacks(connection, &sender, &first, &last);
		FUZZ_CHECK(!lacks || first <= last);
		FUZZ_CHECK(connection->segment_count > 0);
		FUZZ_CHECK(i == 0 ||
			   table.list[i - 1]->segments[0].packet < connection->segments[0].packet);
		lacking += lacks;
	}
	FUZZ_CHECK(table.lacking == lacking);
	connections_free(&table);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct talk talk;
	struct reader reader = {.rest = {data, size}};

	if (reader_u8(&reader) & 1) {
		take_anything(&reader);
		return 0;
	}
	talk = (struct talk){0};
	begin(&talk, &reader);
	while (reader.rest.length > 0 && talk.index < SEGMENTS)
		step(&talk, &reader);
	check(&talk);
	connections_free(&talk.table);
	return 0;
}
