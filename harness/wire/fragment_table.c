/* All fragments of a capture that wait for others, by their identification. */
#include "wire/fragment_table.h"

#include <stdlib.h>

#define BUCKETS_AT_FIRST 64

static struct reassembly **bucket_of(struct fragment_table *table, const struct packet *packet)
{
	uint32_t hash = address_hash(packet->fragment.id, &packet->from);

	return &table->buckets[address_hash(hash, &packet->to) % table->bucket_count];
}

/* Rule 1 of fragment_reassembly.c. */
static bool is_same(const struct packet *a, const struct packet *b)
{
	return a->fragment.id == b->fragment.id && address_equal(&a->from, &b->from) &&
	       address_equal(&a->to, &b->to) &&
	       (a->from.version == 6 || a->protocol == b->protocol);
}

/* Doubles the buckets when there is one entry for each on average. */
static bool buckets_grow(struct fragment_table *table)
{
	size_t count = table->bucket_count > 0 ? table->bucket_count * 2 : BUCKETS_AT_FIRST;

	if (table->count < table->bucket_count)
		return true;
	struct reassembly **buckets = calloc(count, sizeof(struct reassembly *));
	if (buckets == NULL)
		return false;
	free(table->buckets);
	table->buckets = buckets;
	table->bucket_count = count;
	for (struct reassembly *each = table->first; each != NULL; each = each->after) {
		struct reassembly **bucket = bucket_of(table, &each->identity);
		each->chain = *bucket;
		*bucket = each;
	}
	return true;
}

static struct reassembly *table_enter(struct fragment_table *table, const struct packet *fragment)
{
	struct reassembly *made = calloc(1, sizeof *made);

	if (made == NULL || !buckets_grow(table)) {
		free(made);
		return NULL;
	}
	struct reassembly **bucket = bucket_of(table, fragment);
	made->identity = *fragment;
	made->chain = *bucket;
	*bucket = made;
	made->before = table->last;
	if (table->last != NULL)
		table->last->after = made;
	else
		table->first = made;
	table->last = made;
	table->count++;
	return made;
}

static void table_remove(struct fragment_table *table, struct reassembly *reassembly)
{
	struct reassembly **link = bucket_of(table, &reassembly->identity);
	struct reassembly *before = reassembly->before, *after = reassembly->after;

	while (*link != reassembly)
		link = &(*link)->chain;
	*link = reassembly->chain;
	*(before != NULL ? &before->after : &table->first) = after;
	*(after != NULL ? &after->before : &table->last) = before;
	table->count--;
	reassembly_free(reassembly);
	free(reassembly);
}

bool fragment_table_add(struct fragment_table *table, const struct packet *fragment, uint32_t index,
	int64_t time, struct whole **whole)
{
	struct reassembly *found = NULL;

	*whole = NULL;
	if (table->bucket_count > 0)
		found = *bucket_of(table, fragment);
	while (found != NULL && !is_same(&found->identity, fragment))
		found = found->chain;
	if (found == NULL)
		found = table_enter(table, fragment);
	if (found == NULL)
		return false;
	bool added = reassembly_add(found, fragment, index, time, whole);
	if (found->count == 0 && found->lost.count == 0)
		table_remove(table, found);
	return added;
}

size_t fragment_table_leftover(const struct fragment_table *table)
{
	size_t count = 0;

	for (const struct reassembly *each = table->first; each != NULL; each = each->after)
		count += reassembly_leftover(each).count;
	return count;
}

void fragment_table_free(struct fragment_table *table)
{
	for (struct reassembly *each = table->first, *after; each != NULL; each = after) {
		after = each->after;
		reassembly_free(each);
		free(each);
	}
	free(table->buckets);
	*table = (struct fragment_table){0};
}
