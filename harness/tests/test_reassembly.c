/* reassembly.c: fragments in any order, twice, overlapping and contradicting each other. */
#include "reassembly.h"

#include "craft.h"
#include "unit.h"

#include <netinet/in.h>
#include <string.h>

static struct packet fragment(uint32_t offset, bool more, struct bytes payload)
{
	struct packet packet = {
		.kind = PACKET_FRAGMENT,
		.protocol = IPPROTO_UDP,
		.fragment = {.id = 7, .offset = offset, .more = more},
		.payload = payload,
	};

	address_parse(&packet.from, "127.0.0.1", 0);
	address_parse(&packet.to, "127.0.0.2", 0);
	return packet;
}

static enum reassembly_step add(
	struct reassembly *reassembly, uint32_t offset, bool more, const char *text)
{
	struct packet packet = fragment(offset, more, bytes_of(text));

	return reassembly_add(reassembly, &packet, offset / 8);
}

static void assert_whole(const struct reassembly *reassembly, const char *expected)
{
	CU_ASSERT(
		bytes_equal((struct bytes){reassembly->data, reassembly->end}, bytes_of(expected)));
}

TEST(in_order)
{
	struct reassembly *reassembly = reassembly_new();

	ASSERT_NUMBER(add(reassembly, 0, true, "01234567"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 8, true, "89abcdefghijklmn"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 24, false, "end"), REASSEMBLY_WHOLE);
	assert_whole(reassembly, "0123456789abcdefghijklmnend");
	ASSERT_NUMBER(reassembly->packet_count, 3);
	CU_ASSERT_PTR_NULL(reassembly->come);
	reassembly_free(reassembly);
}

TEST(backwards)
{
	struct reassembly *reassembly = reassembly_new();
	const uint32_t offsets[] = {0, 8, 24};

	ASSERT_NUMBER(add(reassembly, 24, false, "end"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 8, true, "89abcdefghijklmn"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 0, true, "01234567"), REASSEMBLY_WHOLE);
	assert_whole(reassembly, "0123456789abcdefghijklmnend");
	for (size_t i = 0; i < 3; i++) {
		ASSERT_NUMBER(reassembly->offsets[i], offsets[i]);
		ASSERT_NUMBER(reassembly->packets[i], offsets[i] / 8);
	}
	reassembly_free(reassembly);
}

TEST(duplicates_and_overlaps_that_agree)
{
	struct reassembly *reassembly = reassembly_new();

	ASSERT_NUMBER(add(reassembly, 8, true, "89abcdef"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 8, true, "89abcdef"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(reassembly->packet_count, 1);
	ASSERT_NUMBER(add(reassembly, 16, false, "end"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(add(reassembly, 8, false, "89abcdefend"), REASSEMBLY_WAITS);
	ASSERT_NUMBER(reassembly->packet_count, 2);
	ASSERT_NUMBER(add(reassembly, 0, true, "0123456789abcdef"), REASSEMBLY_WHOLE);
	ASSERT_NUMBER(reassembly->packet_count, 3);
	assert_whole(reassembly, "0123456789abcdefend");
	reassembly_free(reassembly);
}

/* The bytes, or the end, of one fragment are not those of another. */
TEST(contradictions)
{
	const struct {
		uint32_t offset;
		bool more;
		const char *text;
	} wrong[] = {
		{8, true, "89abXdef"},         /* other bytes */
		{0, true, "01234567X9abcdef"}, /* other bytes at the front of an overlap */
		{16, false, "enD"},            /* other bytes in the last unit */
		{16, false, "en"},             /* ends sooner */
		{16, false, "ends"},           /* ends later */
		{8, false, "89abcdef"},        /* ends where another goes on */
		{16, true, "end....."},        /* goes on behind the end */
		{24, true, "........"},        /* begins behind the end */
	};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct reassembly *reassembly = reassembly_new();
		add(reassembly, 8, true, "89abcdef");
		add(reassembly, 16, false, "end");
		ASSERT_NUMBER(add(reassembly, wrong[i].offset, wrong[i].more, wrong[i].text),
			REASSEMBLY_CONTRADICTS);
		CU_ASSERT(reassembly->contradicted);
		ASSERT_NUMBER(reassembly->packet_count, 2);
		/* Never whole again. */
		ASSERT_NUMBER(add(reassembly, 0, true, "01234567"), REASSEMBLY_WAITS);
		ASSERT_NUMBER(reassembly->packet_count, 2);
		reassembly_free(reassembly);
	}
}

TEST(a_last_fragment_before_others)
{
	struct reassembly *reassembly = reassembly_new();

	add(reassembly, 8, true, "89abcdef");
	ASSERT_NUMBER(add(reassembly, 0, false, "01234567"), REASSEMBLY_CONTRADICTS);
	reassembly_free(reassembly);

	reassembly = reassembly_new();
	add(reassembly, 0, true, "01234567");
	ASSERT_NUMBER(add(reassembly, 0, false, "01234567"), REASSEMBLY_CONTRADICTS);
	reassembly_free(reassembly);

	reassembly = reassembly_new();
	add(reassembly, 0, false, "0123456789abcdef");
	ASSERT_NUMBER(add(reassembly, 8, true, "89abcdef"), REASSEMBLY_CONTRADICTS);
	reassembly_free(reassembly);
}

TEST(the_largest)
{
	struct reassembly *reassembly = reassembly_new();
	struct bytes whole = craft_pattern(65535);

	for (uint32_t offset = 65528; offset > 0; offset -= 8) {
		struct packet part = fragment(offset, offset < 65528,
			(struct bytes){whole.data + offset, offset < 65528 ? 8 : 7});
		CU_ASSERT_EQUAL(reassembly_add(reassembly, &part, offset), REASSEMBLY_WAITS);
	}
	struct packet first = fragment(0, true, craft_cut(whole, 8));
	ASSERT_NUMBER(reassembly_add(reassembly, &first, 0), REASSEMBLY_WHOLE);
	CU_ASSERT(bytes_equal((struct bytes){reassembly->data, reassembly->end}, whole));
	ASSERT_NUMBER(reassembly->packet_count, 8192);
	reassembly_free(reassembly);
	craft_free();
}

/* What the first fragment's header says counts, whichever came first. */
TEST(the_whole_is_decoded_by_the_fragment_at_offset_0)
{
	struct reassembly *reassembly = reassembly_new();
	struct bytes udp = craft_udp(5000, 9000, bytes_of("hello"));
	struct packet first = fragment(0, true, craft_cut(udp, 8));
	struct packet second = fragment(8, false, (struct bytes){udp.data + 8, 5});
	struct packet whole;

	first.hop_limit = 1;
	second.hop_limit = 2;
	second.protocol = IPPROTO_TCP;
	ASSERT_NUMBER(reassembly_add(reassembly, &second, 0), REASSEMBLY_WAITS);
	ASSERT_NUMBER(reassembly_add(reassembly, &first, 1), REASSEMBLY_WHOLE);
	reassembly_decode(reassembly, &whole);
	ASSERT_NUMBER(whole.kind, PACKET_UDP);
	ASSERT_NUMBER(whole.hop_limit, 1);
	ASSERT_NUMBER(whole.to.port, 9000);
	CU_ASSERT(bytes_equal(whole.payload, bytes_of("hello")));
	reassembly_free(reassembly);
	craft_free();
}

TEST(what_belongs_together)
{
	struct reassembly *reassembly = reassembly_new();
	struct packet one = fragment(8, true, bytes_of("89abcdef")), other = one;

	CU_ASSERT_FALSE(reassembly_takes(reassembly, &one));
	reassembly_add(reassembly, &one, 0);
	CU_ASSERT(reassembly_takes(reassembly, &other));
	other.fragment.offset = 64;
	CU_ASSERT(reassembly_takes(reassembly, &other));
	other.fragment.id = 8;
	CU_ASSERT_FALSE(reassembly_takes(reassembly, &other));
	other = one;
	other.protocol = IPPROTO_TCP;
	CU_ASSERT_FALSE(reassembly_takes(reassembly, &other));
	other = one;
	address_parse(&other.from, "127.0.0.3", 0);
	CU_ASSERT_FALSE(reassembly_takes(reassembly, &other));
	other = one;
	address_parse(&other.to, "127.0.0.3", 0);
	CU_ASSERT_FALSE(reassembly_takes(reassembly, &other));
	reassembly_free(reassembly);
}

/* RFC 8200 4.5: source, destination and identification, not the next header. */
TEST(in_ipv6_the_protocol_does_not_tell_apart)
{
	struct reassembly *reassembly = reassembly_new();
	struct packet one = fragment(8, true, bytes_of("89abcdef"));

	address_parse(&one.from, "::1", 0);
	address_parse(&one.to, "::2", 0);
	reassembly_add(reassembly, &one, 0);
	one.protocol = IPPROTO_TCP;
	CU_ASSERT(reassembly_takes(reassembly, &one));
	reassembly_free(reassembly);
}

/* Random cuts of a random length, each part once and some twice, in random order. */
TEST(random_fragments_assemble)
{
	uint32_t state = 4;

	for (unsigned round = 0; round < 500; round++) {
		struct reassembly *reassembly = reassembly_new();
		struct bytes whole = craft_pattern(1 + craft_random(&state) % 5000);
		uint32_t units = (uint32_t)(whole.length + 7) / 8;
		bool come = false;

		/* Any unit, alone or with some that follow, until all came. */
		for (unsigned steps = 0; !come && steps < 100000; steps++) {
			uint32_t unit = craft_random(&state) % units;
			uint32_t end = (unit + 1 + craft_random(&state) % 40) * 8;
			bool last = end >= whole.length;
			size_t length = (last ? whole.length : end) - unit * 8;
			struct packet part = fragment(
				unit * 8, !last, (struct bytes){whole.data + unit * 8, length});
			come = reassembly_add(reassembly, &part, steps) == REASSEMBLY_WHOLE;
		}
		CU_ASSERT(come && !reassembly->contradicted);
		CU_ASSERT(bytes_equal((struct bytes){reassembly->data, reassembly->end}, whole));
		reassembly_free(reassembly);
		craft_free();
	}
}
