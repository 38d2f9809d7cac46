/* Runs of bytes at offsets, sorted and never overlapping: what a stream is put together from. */
#ifndef WIRECHECK_STREAM_BLOCKS_H
#define WIRECHECK_STREAM_BLOCKS_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A run of bytes of a stream, as one segment brought it. */
struct block {
	uint64_t offset;    /* of its first byte in the stream; the first data byte is 0 */
	struct bytes bytes; /* lives as long as the frame it points into */
	uint32_t packet;    /* index of that frame in the capture */
};

/* So many blocks are moved at most to make room for one, however many there are. */
#define BLOCKS_PER_PAGE 256

/* Some of the blocks that follow each other. */
struct block_page {
	struct block *blocks;
	size_t count, capacity;
};

/* All blocks. Zeroed, it is empty. */
struct blocks {
	struct block_page *pages; /* in order; none is empty */
	size_t page_count, page_capacity;
	size_t count; /* blocks in all pages */
};

/* Behind its last byte. */
uint64_t block_end(const struct block *block);

/* The first block that ends behind `offset`, or NULL. Good until the next one is inserted. */
const struct block *blocks_at(const struct blocks *blocks, uint64_t offset);

/* The first block, and the one behind another; NULL when there is none. */
const struct block *blocks_first(const struct blocks *blocks);
const struct block *blocks_after(const struct blocks *blocks, const struct block *block);

/* The last block, or NULL. */
const struct block *blocks_last(const struct blocks *blocks);

/* Inserts a block that is not empty and overlaps none. False when memory ran out. */
bool blocks_insert(struct blocks *blocks, struct block block);

/* Frees what it owns and leaves it empty. */
void blocks_free(struct blocks *blocks);

#endif
