/* fragment_table.c, fragment_reassembly.c, fragment_joining.c: very many fragments, very small
 * ones, and any cuts. */
#include "craft.h"
#include "unit.h"
#include "wire/fragment_table.h"

#include <netinet/in.h>
#include <string.h>

static struct packet part_of(struct bytes whole, uint32_t id, size_t offset, size_t length)
{
	return craft_part(whole, IPPROTO_UDP, id, offset, length);
}

static struct fragment_table table;

/* What the fragment completes, for whole_free. */
static struct whole *add(struct packet fragment, uint32_t index)
{
	struct whole *whole;

	CU_ASSERT_TRUE(fragment_table_add(&table, &fragment, index, 0, &whole));
	return whole;
}

static void assert_whole(const struct whole *whole, struct bytes expected)
{
	CU_ASSERT_PTR_NOT_NULL_FATAL(whole);
	CU_ASSERT_TRUE(bytes_equal((struct bytes){whole->data, whole->length}, expected));
}

/* 65535 bytes in fragments of 8, the first ones last. */
TEST(the_largest)
{
	struct bytes whole = craft_with(craft_pattern(65535), 4, 4, 0xffff0000);

	for (size_t offset = 65528; offset > 0; offset -= 8)
		CU_ASSERT_PTR_NULL(add(part_of(whole, 7, offset, 8), (uint32_t)offset));
	struct whole *found = add(part_of(whole, 7, 0, 8), 0);
	assert_whole(found, whole);
	ASSERT_NUMBER(found->packet_count, 8192);
	for (uint32_t i = 0; i < 8192; i++)
		CU_ASSERT_TRUE(found->packets[i] == i * 8 && found->offsets[i] == i * 8);
	ASSERT_NUMBER(table.count, 0);
	whole_free(found);
	fragment_table_free(&table);
	craft_free();
}

/* What the first fragment's header says counts, whichever came first. */
TEST(the_whole_is_decoded_by_the_fragment_at_offset_0)
{
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));
	struct packet first = part_of(udp, 7, 0, 8), second = part_of(udp, 7, 8, 5);

	for (unsigned six = 0; six < 2; six++) {
		first.hop_limit = 1;
		second.hop_limit = 2;
		CU_ASSERT_PTR_NULL(add(second, 0));
		struct whole *whole = add(first, 1);
		assert_whole(whole, udp);
		ASSERT_NUMBER(whole->packet.kind, PACKET_UDP);
		ASSERT_NUMBER(whole->packet.hop_limit, 1);
		ASSERT_NUMBER(whole->packet.to.port, 9000);
		whole_free(whole);
		/* In IPv6 the next headers may differ. */
		address_parse(&first.from, "::1", 0);
		address_parse(&first.to, "::2", 0);
		second.from = first.from;
		second.to = first.to;
		second.protocol = IPPROTO_TCP;
	}
	fragment_table_free(&table);
	craft_free();
}

TEST(what_does_not_belong_together)
{
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));
	struct packet first = part_of(udp, 7, 0, 8), second = part_of(udp, 7, 8, 5), other;

	add(first, 0);
	other = second;
	other.fragment.id = 8;
	CU_ASSERT_PTR_NULL(add(other, 1));
	other = second;
	other.protocol = IPPROTO_TCP;
	CU_ASSERT_PTR_NULL(add(other, 2));
	other = second;
	address_parse(&other.from, "127.0.0.3", 0);
	CU_ASSERT_PTR_NULL(add(other, 3));
	other = second;
	address_parse(&other.to, "127.0.0.3", 0);
	CU_ASSERT_PTR_NULL(add(other, 4));
	ASSERT_NUMBER(table.count, 5);
	uint32_t index = 0;
	for (struct reassembly *each = table.first; each != NULL; each = each->after, index++) {
		ASSERT_NUMBER(reassembly_leftover(each).count, 1);
		ASSERT_NUMBER(reassembly_leftover(each).packet, index);
	}
	whole_free(add(second, 5));
	ASSERT_NUMBER(table.count, 4);
	ASSERT_NUMBER(reassembly_leftover(table.first).packet, 1);
	fragment_table_free(&table);
	craft_free();
}

/* Random cuts of a random length, each part once and some twice, in random order. */
TEST(random_fragments_assemble)
{
	uint32_t state = 4;

	for (unsigned round = 0; round < 500; round++) {
		struct bytes whole = craft_pattern(1 + craft_random(&state) % 5000);
		uint32_t units = (uint32_t)(whole.length + 7) / 8;
		struct whole *found = NULL;

		/* Any unit, alone or with some that follow, until all came. */
		for (uint32_t steps = 0; found == NULL && steps < 100000; steps++) {
			uint32_t unit = craft_random(&state) % units;
			size_t length = (1 + craft_random(&state) % 40) * 8;
			struct packet part = part_of(whole, round, unit * 8, length);
			part.protocol = IPPROTO_SCTP; /* whatever its bytes are */
			found = add(part, steps);
		}
		/* What overlaps is a part of it, too. */
		assert_whole(found, whole);
		ASSERT_NUMBER(table.count, 0);
		whole_free(found);
		craft_free();
	}
	fragment_table_free(&table);
}

/* However many wait, each is found, and each is counted. */
TEST(a_hundred_thousand_wait)
{
	enum { MANY = 100000 };
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));

	for (uint32_t id = 0; id < MANY; id++)
		CU_ASSERT_PTR_NULL(add(part_of(udp, id, 0, 8), id));
	ASSERT_NUMBER(table.count, MANY);
	for (uint32_t id = 1; id < MANY; id += 2)
		whole_free(add(part_of(udp, id, 8, 5), MANY + id));
	ASSERT_NUMBER(table.count, MANY / 2);
	uint32_t id = 0;
	for (struct reassembly *each = table.first; each != NULL; each = each->after, id += 2)
		CU_ASSERT_TRUE(
			each->identity.fragment.id == id && reassembly_leftover(each).packet == id);
	ASSERT_NUMBER(id, MANY);
	fragment_table_free(&table);
	craft_free();
}

/* Very many small ones that never become whole: the older half makes room for new ones. */
TEST(more_than_a_datagram_can_have)
{
	enum { MANY = 4 * FRAGMENTS_MAXIMUM };
	struct bytes datagram = craft_pattern(65528);

	/* From offset 8 on, so that nothing gets whole. */
	for (uint32_t i = 0; i < MANY; i++) {
		CU_ASSERT_PTR_NULL(add(part_of(datagram, 7, 8 + i % 8100 * 8, 8), i));
		CU_ASSERT_TRUE(table.first->count <= FRAGMENTS_MAXIMUM);
	}
	ASSERT_NUMBER(reassembly_leftover(table.first).count, MANY);
	ASSERT_NUMBER(reassembly_leftover(table.first).packet, 0);
	CU_ASSERT_TRUE(table.first->count >= FRAGMENTS_MAXIMUM / 2);
	for (size_t i = 0; i < table.first->count; i++)
		CU_ASSERT_TRUE(table.first->fragments[i].packet >= MANY - FRAGMENTS_MAXIMUM);
	fragment_table_free(&table);
	craft_free();
}

/* One identification again and again, each time without its end: what makes room is reported. */
TEST(of_one_identification_all_are_reported)
{
	enum { MANY = 100000 };
	static unsigned char bytes[MANY][8];
	struct bytes datagram = craft_pattern(24);

	/* Heads of UDP, without a checksum, and what could follow; no two are the same. */
	for (uint32_t i = 0; i < MANY; i++) {
		struct packet part = part_of(datagram, 7, i % 2 * 8, 8);
		memcpy(bytes[i], &i, sizeof i);
		bytes[i][5] = 24;
		part.payload.data = bytes[i];
		CU_ASSERT_PTR_NULL(add(part, i));
	}
	ASSERT_NUMBER(table.count, 1);
	ASSERT_NUMBER(reassembly_leftover(table.first).count, MANY);
	ASSERT_NUMBER(reassembly_leftover(table.first).packet, 0);
	ASSERT_NUMBER(table.first->count, 2 * FRAGMENTS_AT_ONE_PLACE);
	/* And one that gets whole is found among them. */
	whole_free(add(part_of(datagram, 7, 16, 8), MANY));
	ASSERT_NUMBER(reassembly_leftover(table.first).count, MANY - 2);
	fragment_table_free(&table);
	craft_free();
}
