/* stream.c: bytes in any order, twice, overlapping or contradicting, and what stream they make. */
#include "wire/stream.h"

#include "craft.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct stream stream;
static uint32_t packets; /* how many went in */

static void begin(void)
{
	stream = (struct stream){0};
	packets = 0;
	stream_start(&stream, 1000);
}

/* Adds a segment at an offset of the stream. The index of its packet counts from 0. */
static void put_flags(int64_t offset, uint8_t flags, const char *text)
{
	struct packet packet = craft_segment((struct craft_tcp){.flags = flags}, text);

	CU_ASSERT(stream_absorb(&stream, offset + 1, &packet, packets++));
}

static void put(int64_t offset, const char *text)
{
	put_flags(offset, TCP_ACK, text);
}

static void assert_blocks(const char *expected)
{
	char text[256] = "";
	size_t used = 0;

	const struct block *block = blocks_first(&stream.blocks);
	for (; block != NULL; block = blocks_after(&stream.blocks, block))
		used += (size_t)snprintf(text + used, sizeof text - used, "%llu:%.*s ",
			(unsigned long long)block->offset, (int)block->bytes.length,
			(const char *)block->bytes.data);
	ASSERT_TEXT(text, expected);
}

static void assert_stream(const char *expected)
{
	uint64_t difference;

	CU_ASSERT(stream_equal(&stream, bytes_of(expected), &difference));
	ASSERT_NUMBER(stream.length, strlen(expected));
}

TEST(in_order)
{
	begin();
	put(0, "hel");
	put(3, "lo");
	assert_blocks("0:hel 3:lo ");
	assert_stream("hello");
	ASSERT_NUMBER(stream.buffered, 5);
	ASSERT_NUMBER(blocks_last(&stream.blocks)->packet, 1);
	ASSERT_NUMBER(stream.next, 6);
	ASSERT_NUMBER(stream_gap(&stream), 0);
	CU_ASSERT_FALSE(stream.has_conflict);
	stream_free(&stream);
}

TEST(a_gap_is_kept_until_it_is_filled)
{
	begin();
	put(0, "ab");
	put(6, "gh");
	put(4, "ef");
	assert_blocks("0:ab 4:ef 6:gh ");
	assert_stream("ab");
	ASSERT_NUMBER(stream.buffered, 6);
	ASSERT_NUMBER(stream_gap(&stream), 2);
	ASSERT_NUMBER(stream.next, 9);

	put(2, "cd");
	assert_blocks("0:ab 2:cd 4:ef 6:gh ");
	assert_stream("abcdefgh");
	ASSERT_NUMBER(stream_gap(&stream), 0);
	ASSERT_NUMBER(stream.next, 9);
	stream_free(&stream);
}

TEST(the_first_bytes_come_last)
{
	begin();
	put(3, "de");
	ASSERT_NUMBER(stream.length, 0);
	ASSERT_NUMBER(stream_gap(&stream), 3);
	put(0, "abc");
	assert_stream("abcde");
	stream_free(&stream);
}

TEST(retransmissions_add_nothing)
{
	begin();
	put(0, "abc");
	put(3, "def");
	uint64_t content = stream_content(&stream);
	put(0, "abc");
	put(0, "abcdef");
	put(1, "bcd");
	put(0, "abcde");
	ASSERT_NUMBER(stream.next, 7);
	ASSERT_NUMBER(stream_content(&stream), content);
	assert_blocks("0:abc 3:def ");
	CU_ASSERT_FALSE(stream.has_conflict);
	stream_free(&stream);
}

TEST(overlaps_add_what_is_new)
{
	begin();
	put(2, "cd");
	put(6, "gh");
	put(0, "abc");
	assert_blocks("0:ab 2:cd 6:gh ");
	put(3, "def");
	assert_blocks("0:ab 2:cd 4:ef 6:gh ");
	put(7, "hij");
	assert_blocks("0:ab 2:cd 4:ef 6:gh 8:ij ");
	assert_stream("abcdefghij");
	CU_ASSERT_FALSE(stream.has_conflict);
	stream_free(&stream);
}

TEST(one_segment_over_several_gaps)
{
	begin();
	put(1, "b");
	put(3, "d");
	put(5, "f");
	put(0, "abcdefg");
	assert_blocks("0:a 1:b 2:c 3:d 4:e 5:f 6:g ");
	assert_stream("abcdefg");
	ASSERT_NUMBER(stream.buffered, 7);
	stream_free(&stream);
}

TEST(a_conflict_is_flagged_and_the_first_bytes_stay)
{
	begin();
	put(0, "abc");
	put(3, "def");
	put(0, "abcdXfgh");
	CU_ASSERT(stream.has_conflict);
	ASSERT_NUMBER(stream.conflict_offset, 4);
	ASSERT_NUMBER(stream.conflict_packet, 2);
	assert_stream("abcdefgh");

	put(0, "X");
	ASSERT_NUMBER(stream.conflict_offset, 4);
	ASSERT_NUMBER(stream.conflict_packet, 2);
	stream_free(&stream);
}

TEST(a_conflict_inside_a_block)
{
	begin();
	put(0, "abcdef");
	put(2, "cdX");
	CU_ASSERT(stream.has_conflict);
	ASSERT_NUMBER(stream.conflict_offset, 4);
	stream_free(&stream);
}

TEST(fin_alone_and_with_data)
{
	begin();
	put(0, "abc");
	put_flags(3, TCP_FIN, "");
	CU_ASSERT(stream.has_fin);
	ASSERT_NUMBER(stream.fin_offset, 3);
	ASSERT_NUMBER(stream.fin_packet, 1);
	ASSERT_NUMBER(stream.next, 5);
	stream_free(&stream);

	begin();
	put_flags(0, TCP_FIN, "abc");
	assert_stream("abc");
	ASSERT_NUMBER(stream.fin_offset, 3);
	ASSERT_NUMBER(stream.next, 5);
	put_flags(0, TCP_FIN, "abc");
	put_flags(1, TCP_FIN, "bc");
	put_flags(3, TCP_FIN, "");
	ASSERT_NUMBER(stream.fin_packet, 0);
	ASSERT_NUMBER(stream_content(&stream), 4);
	CU_ASSERT_FALSE(stream.has_conflict);
	stream_free(&stream);
}

TEST(bytes_missing_before_the_fin_are_a_gap)
{
	begin();
	put(0, "abc");
	put_flags(10, TCP_FIN, "");
	ASSERT_NUMBER(stream_gap(&stream), 7);
	put(3, "defghij");
	ASSERT_NUMBER(stream_gap(&stream), 0);
	CU_ASSERT_FALSE(stream.has_conflict);
	stream_free(&stream);
}

TEST(a_second_fin_elsewhere_is_a_conflict)
{
	begin();
	put_flags(5, TCP_FIN, "");
	put_flags(3, TCP_FIN, "");
	CU_ASSERT(stream.has_conflict);
	ASSERT_NUMBER(stream.conflict_offset, 3);
	ASSERT_NUMBER(stream.conflict_packet, 1);
	ASSERT_NUMBER(stream.fin_offset, 5);
	stream_free(&stream);

	begin();
	put_flags(5, TCP_FIN, "");
	put_flags(7, TCP_FIN, "");
	ASSERT_NUMBER(stream.conflict_offset, 5);
	stream_free(&stream);
}

TEST(bytes_after_the_fin_are_a_conflict)
{
	begin();
	put_flags(0, TCP_FIN, "abc");
	put(3, "d");
	CU_ASSERT(stream.has_conflict);
	ASSERT_NUMBER(stream.conflict_offset, 3);
	ASSERT_NUMBER(stream.conflict_packet, 1);
	ASSERT_NUMBER(stream_gap(&stream), 0);
	stream_free(&stream);

	begin();
	put(0, "abcd");
	put_flags(3, TCP_FIN, "");
	CU_ASSERT(stream.has_conflict);
	ASSERT_NUMBER(stream.conflict_offset, 3);
	stream_free(&stream);
}

TEST(data_on_the_syn)
{
	struct packet syn = craft_segment((struct craft_tcp){.flags = TCP_SYN}, "early");

	begin();
	CU_ASSERT(stream_absorb(&stream, 0, &syn, 0));
	CU_ASSERT(stream.has_syn);
	assert_stream("early");
	ASSERT_NUMBER(stream.next, 6);
	ASSERT_NUMBER(stream_content(&stream), 6);
	put(5, " data");
	assert_stream("early data");
	stream_free(&stream);
}

TEST(what_comes_before_the_start_is_left_out)
{
	begin();
	put(-3, "xyzab");
	assert_blocks("0:ab ");
	put_flags(-5, TCP_FIN, "xy");
	put(-3, "xyz");
	CU_ASSERT_FALSE(stream.has_fin);
	assert_blocks("0:ab ");
	ASSERT_NUMBER(stream.next, 3);
	ASSERT_NUMBER(stream.length, 2);
	stream_free(&stream);
}

TEST(relative_numbers_go_on_where_32_bits_wrap)
{
	begin();
	stream = (struct stream){0};
	stream_start(&stream, 0xfffffff0);
	stream_start(&stream, 7);
	ASSERT_NUMBER(stream_relative(&stream, 0xfffffff0), 0);
	ASSERT_NUMBER(stream_relative(&stream, 0xfffffff1), 1);
	ASSERT_NUMBER(stream_relative(&stream, 0xffffffef), -1);
	ASSERT_NUMBER(stream_relative(&stream, 0x10), 0x20);

	stream.next = 0x300000000;
	ASSERT_NUMBER(stream_relative(&stream, 0xfffffff0), 0x300000000);
	ASSERT_NUMBER(stream_relative(&stream, 0xfffffff5), 0x300000005);
	ASSERT_NUMBER(stream_relative(&stream, 0xffffffef), 0x2ffffffff);
	ASSERT_NUMBER(stream_relative(&stream, 0x7fffffef), 0x37fffffff);
	ASSERT_NUMBER(stream_relative(&stream, 0x7ffffff1), 0x280000001);
}

TEST(acknowledgments_only_grow_and_never_beyond_what_was_sent)
{
	begin();
	put(0, "abcdef");
	stream_acknowledge(&stream, 4);
	ASSERT_NUMBER(stream.acknowledged, 4);
	stream_acknowledge(&stream, 3);
	stream_acknowledge(&stream, 8);
	stream_acknowledge(&stream, -1);
	ASSERT_NUMBER(stream.acknowledged, 4);
	stream_acknowledge(&stream, 7);
	ASSERT_NUMBER(stream.acknowledged, 7);
	stream_free(&stream);
}

TEST(an_acknowledgment_counts_once_what_it_acknowledges_is_there)
{
	begin();
	stream_acknowledge(&stream, 7);
	ASSERT_NUMBER(stream.acknowledged, 0);
	put(0, "abc");
	ASSERT_NUMBER(stream.acknowledged, 0);
	ASSERT_NUMBER(stream.promised, 7);
	put(3, "def");
	ASSERT_NUMBER(stream.acknowledged, 7);
	ASSERT_NUMBER(stream.promised, 0);
	stream_free(&stream);
}

static void assert_lacks(uint64_t expected_first, uint64_t expected_last)
{
	uint64_t first = 0, last = 0;

	CU_ASSERT_TRUE(stream_lacks(&stream, &first, &last));
	ASSERT_NUMBER(first, expected_first);
	ASSERT_NUMBER(last, expected_last);
}

TEST(what_was_acknowledged_and_is_not_there_is_lacking)
{
	uint64_t first, last;

	begin();
	put(0, "abc");
	put(6, "gh");
	CU_ASSERT_FALSE(stream_lacks(&stream, &first, &last));
	stream_acknowledge(&stream, 4);
	CU_ASSERT_FALSE(stream_lacks(&stream, &first, &last));
	stream_acknowledge(&stream, 5);
	assert_lacks(3, 3);
	stream_acknowledge(&stream, 9);
	assert_lacks(3, 5);
	put(3, "def");
	CU_ASSERT_FALSE(stream_lacks(&stream, &first, &last));
	stream_acknowledge(&stream, 11);
	assert_lacks(8, 9);
	put_flags(8, TCP_FIN, "i");
	CU_ASSERT_FALSE(stream_lacks(&stream, &first, &last));
	stream_free(&stream);
}

/* Offsets of many bytes, each in a block of its own, in an order that `next` gives. */
static void put_many(size_t count, size_t (*next)(size_t i, size_t count))
{
	struct packet packet = craft_segment((struct craft_tcp){.flags = TCP_ACK}, "");
	unsigned char *bytes = malloc(count), *copy = malloc(count);

	CU_ASSERT_FATAL(bytes != NULL && copy != NULL);
	begin();
	for (size_t i = 0; i < count; i++) {
		size_t offset = next(i, count);
		bytes[offset] = (unsigned char)(offset * 7 + offset / 256);
		packet.payload = (struct bytes){&bytes[offset], 1};
		CU_ASSERT_FATAL(stream_absorb(&stream, (int64_t)offset + 1, &packet, 0));
		ASSERT_NUMBER(stream.buffered, i + 1);
	}
	ASSERT_NUMBER(stream.blocks.count, count);
	ASSERT_NUMBER(stream.length, count);
	ASSERT_NUMBER(stream_copy(&stream, 0, copy, count), count);
	CU_ASSERT_TRUE(memcmp(copy, bytes, count) == 0);
	stream_free(&stream);
	free(bytes);
	free(copy);
}

static size_t in_order(size_t i, size_t count)
{
	(void)count;
	return i;
}

static size_t in_reverse(size_t i, size_t count)
{
	return count - 1 - i;
}

/* The count is a power of two, and the factor is odd: each comes once. */
static size_t scattered(size_t i, size_t count)
{
	return i * 40503 % count;
}

TEST(many_blocks_in_any_order)
{
	put_many(1 << 13, in_order);
	put_many(1 << 13, in_reverse);
	put_many(1 << 13, scattered);
}

static void assert_difference(const char *expected, uint64_t offset)
{
	uint64_t difference = 99;

	CU_ASSERT_FALSE(stream_equal(&stream, bytes_of(expected), &difference));
	ASSERT_NUMBER(difference, offset);
}

TEST(the_first_difference)
{
	begin();
	assert_stream("");
	assert_difference("a", 0);
	put(0, "abc");
	put(3, "def");
	put(7, "h");
	assert_stream("abcdef");
	assert_difference("", 0);
	assert_difference("Xbcdef", 0);
	assert_difference("abcdXf", 4);
	assert_difference("abc", 3);
	assert_difference("abcd", 4);
	assert_difference("abcdefg", 6);
	stream_free(&stream);
}

static void assert_copy(uint64_t offset, size_t length, const char *expected)
{
	char out[32] = "";

	ASSERT_NUMBER(stream_copy(&stream, offset, out, length), strlen(expected));
	ASSERT_TEXT(out, expected);
}

TEST(copies_up_to_a_gap)
{
	begin();
	assert_copy(0, 5, "");
	put(0, "abc");
	put(3, "def");
	put(7, "hi");
	assert_copy(0, 2, "ab");
	assert_copy(0, 20, "abcdef");
	assert_copy(2, 2, "cd");
	assert_copy(3, 3, "def");
	assert_copy(4, 20, "ef");
	assert_copy(6, 20, "");
	assert_copy(7, 20, "hi");
	assert_copy(8, 1, "i");
	assert_copy(9, 20, "");
	assert_copy(0, 0, "");
	stream_free(&stream);
}

/* The same by the simplest means: a byte each, and whether it came. */
#define MODEL 600
struct model {
	unsigned char sent[MODEL], come[MODEL], value[MODEL];
	bool conflict;
	size_t length, buffered;
};

static void model_add(struct model *model, size_t offset, struct bytes bytes)
{
	for (size_t i = 0; i < bytes.length; i++) {
		if (model->come[offset + i])
			model->conflict |= model->value[offset + i] != bytes.data[i];
		else
			model->value[offset + i] = bytes.data[i];
		model->buffered += !model->come[offset + i];
		model->come[offset + i] = 1;
	}
	while (model->length < MODEL && model->come[model->length])
		model->length++;
}

static bool blocks_are_apart(void)
{
	const struct block *block = blocks_first(&stream.blocks), *next;

	for (; block != NULL; block = next) {
		next = blocks_after(&stream.blocks, block);
		if (next != NULL && block_end(block) > next->offset)
			return false;
	}
	return true;
}

static void assert_like(const struct model *model)
{
	unsigned char out[MODEL];
	uint64_t difference;

	ASSERT_NUMBER(stream.length, model->length);
	ASSERT_NUMBER(stream.buffered, model->buffered);
	ASSERT_NUMBER(stream.has_conflict, model->conflict);
	CU_ASSERT(blocks_are_apart());
	CU_ASSERT(stream_equal(&stream, (struct bytes){model->value, model->length}, &difference));
	ASSERT_NUMBER(stream_copy(&stream, 0, out, MODEL), model->length);
	CU_ASSERT(memcmp(out, model->value, model->length) == 0);
}

/* A random part of the stream, now and then with a byte changed. */
static void random_segment(struct model *model, uint32_t first, uint32_t errors, uint32_t *state)
{
	size_t offset = craft_random(state) % MODEL;
	size_t length = craft_random(state) % 60;
	struct packet packet = craft_segment((struct craft_tcp){.flags = TCP_ACK}, "");

	if (length > MODEL - offset)
		length = MODEL - offset;
	packet.payload = craft_cut((struct bytes){model->sent + offset, length}, length);
	if (length > 0 && errors > 0 && craft_random(state) % errors == 0)
		packet.payload = craft_with(packet.payload, craft_random(state) % length, 1, 0);
	uint32_t sequence = first + (uint32_t)offset;
	CU_ASSERT(stream_absorb(&stream, stream_relative(&stream, sequence), &packet, 0));
	model_add(model, offset, packet.payload);
}

/* Segments of any place and length, near where sequence numbers wrap, against the model. */
TEST(random_segments_assemble_as_the_model_does)
{
	uint32_t state = 2;
	size_t whole = 0;

	for (unsigned round = 0; round < 300; round++) {
		struct model model = {.length = 0};
		uint32_t initial = 0u - craft_random(&state) % MODEL;
		for (size_t i = 0; i < MODEL; i++)
			model.sent[i] = (unsigned char)(1 + craft_random(&state) % 255);
		stream = (struct stream){0};
		stream_start(&stream, initial);
		for (unsigned i = 0; i < 80; i++) {
			random_segment(&model, initial + 1, round % 3 * 20, &state);
			assert_like(&model);
		}
		whole += model.length == MODEL;
		stream_free(&stream);
		craft_free();
	}
	CU_ASSERT(whole > 0 && whole < 300);
}

/* Cuts `whole` into segments and returns how many. */
static size_t chop(struct bytes whole, struct bytes *parts, uint32_t *state)
{
	size_t count = 0;

	for (size_t at = 0; at < whole.length; count++) {
		size_t length = 1 + craft_random(state) % 50;
		if (length > whole.length - at)
			length = whole.length - at;
		parts[count] = (struct bytes){whole.data + at, length};
		at += length;
	}
	return count;
}

static void shuffle(struct bytes *parts, size_t count, uint32_t *state)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = craft_random(state) % i;
		struct bytes kept = parts[i - 1];
		parts[i - 1] = parts[other];
		parts[other] = kept;
	}
}

/* Every byte is sent twice, in two different cuts, all of it shuffled. */
TEST(a_stream_chopped_twice_and_shuffled_is_whole)
{
	uint32_t state = 3;
	struct bytes whole = craft_pattern(3000);
	static struct bytes parts[6000];

	for (unsigned round = 0; round < 300; round++) {
		uint32_t initial = 0u - craft_random(&state) % 4000;
		size_t count = chop(whole, parts, &state);
		count += chop(whole, parts + count, &state);
		shuffle(parts, count, &state);
		stream = (struct stream){0};
		stream_start(&stream, initial);
		for (size_t i = 0; i < count; i++) {
			struct packet packet = craft_segment((struct craft_tcp){0}, "");
			packet.payload = parts[i];
			uint32_t sequence = initial + 1 + (uint32_t)(parts[i].data - whole.data);
			int64_t relative = stream_relative(&stream, sequence);
			CU_ASSERT(stream_absorb(&stream, relative, &packet, (uint32_t)i));
		}
		uint64_t difference;
		CU_ASSERT(stream_equal(&stream, whole, &difference));
		CU_ASSERT(!stream.has_conflict && blocks_are_apart());
		ASSERT_NUMBER(stream.next, 3001);
		ASSERT_NUMBER(stream_gap(&stream), 0);
		stream_free(&stream);
	}
	craft_free();
}
