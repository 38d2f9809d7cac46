/*
 * Blocks of bytes at offsets, sorted and without overlaps. A stream is put together from them.
 *
 * Tested by test_stream.c.
 */
#ifndef WIRECHECK_STREAM_BLOCKS_H
#define WIRECHECK_STREAM_BLOCKS_H

#include "base/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a stream that one segment brought. */
struct block {
	uint64_t offset;    /* of its first byte in the stream; the first data byte has 0 */
	struct bytes bytes; /* valid as long as the frame that they are in */
	uint32_t packet;    /* index of that frame in the capture */
};

/* To insert one block, at most this many others are moved. */
#define BLOCKS_PER_PAGE 256

/* Some blocks, one after the other. */
struct block_page {
	struct block *blocks;
	size_t count, capacity;
};

/* All blocks. A zeroed structure is empty. */
struct blocks {
	struct block_page *pages; /* in order; none is empty */
	size_t page_count, page_capacity;
	size_t count; /* blocks in all pages */
};

/* The offset after its last byte. */
uint64_t block_end(const struct block *block);

/* The first block that ends after `offset`, or NULL. Valid until the next one is inserted. */
const struct block *blocks_at(const struct blocks *blocks, uint64_t offset);

/* The first block, and the one after another; NULL when there is none. */
const struct block *blocks_first(const struct blocks *blocks);
const struct block *blocks_after(const struct blocks *blocks, const struct block *block);

/* The last block, or NULL. */
const struct block *blocks_last(const struct blocks *blocks);

/* Inserts a block, which is not empty and does not overlap another. False when memory ran out. */
bool blocks_insert(struct blocks *blocks, struct block block);

/* Frees all blocks and leaves none. */
void blocks_free(struct blocks *blocks);

#endif
