/* Blocks of bytes at offsets, sorted and without overlaps. A stream is put together from them. */
#include "wire/stream_blocks.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>

uint64_t block_end(const struct block *block)
{
	return block->offset + block->bytes.length;
}

const struct block *blocks_last(const struct blocks *blocks)
{
	if (blocks->page_count == 0)
		return NULL;
	const struct block_page *page = &blocks->pages[blocks->page_count - 1];
	return &page->blocks[page->count - 1];
}

/* Index of the first page with a block that ends after `offset`; `page_count`: there is none. */
static size_t find_page(const struct blocks *blocks, uint64_t offset)
{
	const struct block *last = blocks_last(blocks);
	size_t low = 0, high = blocks->page_count;

	/* Nearly every segment continues the stream at its end. */
	if (last == NULL || block_end(last) <= offset)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct block_page *page = &blocks->pages[middle];
		if (block_end(&page->blocks[page->count - 1]) > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* Index of the first block in a page that ends after `offset`; `count`: there is none. */
static size_t find_block(const struct block_page *page, uint64_t offset)
{
	size_t low = 0, high = page->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (block_end(&page->blocks[middle]) > offset)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

const struct block *blocks_at(const struct blocks *blocks, uint64_t offset)
{
	size_t at = find_page(blocks, offset);

	if (at == blocks->page_count)
		return NULL;
	return &blocks->pages[at].blocks[find_block(&blocks->pages[at], offset)];
}

const struct block *blocks_first(const struct blocks *blocks)
{
	return blocks_at(blocks, 0);
}

const struct block *blocks_after(const struct blocks *blocks, const struct block *block)
{
	return blocks_at(blocks, block_end(block));
}

/* Makes an empty page at `at`. NULL when memory ran out. */
static struct block_page *page_insert(struct blocks *blocks, size_t at)
{
	struct block_page *pages = array_grow(
		blocks->pages, &blocks->page_capacity, blocks->page_count, sizeof *pages);

	if (pages == NULL)
		return NULL;
	blocks->pages = pages;
	memmove(pages + at + 1, pages + at, (blocks->page_count - at) * sizeof *pages);
	pages[at] = (struct block_page){0};
	blocks->page_count++;
	return &pages[at];
}

static void page_remove(struct blocks *blocks, size_t at)
{
	free(blocks->pages[at].blocks);
	blocks->page_count--;
	memmove(blocks->pages + at, blocks->pages + at + 1,
		(blocks->page_count - at) * sizeof *blocks->pages);
}

static bool page_put(struct block_page *page, size_t at, struct block block)
{
	struct block *list = array_grow(page->blocks, &page->capacity, page->count, sizeof *list);

	if (list == NULL)
		return false;
	page->blocks = list;
	memmove(list + at + 1, list + at, (page->count - at) * sizeof *list);
	list[at] = block;
	page->count++;
	return true;
}

/* Moves the second half of a full page to a new page after it. */
static bool page_split(struct blocks *blocks, size_t at)
{
	size_t half = blocks->pages[at].count / 2;
	struct block_page *second = page_insert(blocks, at + 1);

	if (second == NULL)
		return false;
	struct block_page *first = &blocks->pages[at];
	for (size_t i = half; i < first->count; i++)
		if (!page_put(second, i - half, first->blocks[i])) {
			page_remove(blocks, at + 1);
			return false;
		}
	first->count = half;
	return true;
}

/* Adds a block after all others. The last page is filled, not split. */
static bool blocks_append(struct blocks *blocks, struct block block)
{
	size_t last = blocks->page_count - 1;

	if (blocks->page_count > 0 && blocks->pages[last].count < BLOCKS_PER_PAGE)
		return page_put(&blocks->pages[last], blocks->pages[last].count, block);
	struct block_page *page = page_insert(blocks, blocks->page_count);
	if (page == NULL)
		return false;
	if (page_put(page, 0, block))
		return true;
	page_remove(blocks, blocks->page_count - 1);
	return false;
}

static bool blocks_put(struct blocks *blocks, struct block block)
{
	size_t at = find_page(blocks, block.offset);

	if (at == blocks->page_count)
		return blocks_append(blocks, block);
	if (blocks->pages[at].count == BLOCKS_PER_PAGE) {
		if (!page_split(blocks, at))
			return false;
		at = find_page(blocks, block.offset);
	}
	return page_put(&blocks->pages[at], find_block(&blocks->pages[at], block.offset), block);
}

bool blocks_insert(struct blocks *blocks, struct block block)
{
	if (!blocks_put(blocks, block))
		return false;
	blocks->count++;
	return true;
}

void blocks_free(struct blocks *blocks)
{
	for (size_t i = 0; i < blocks->page_count; i++)
		free(blocks->pages[i].blocks);
	free(blocks->pages);
	*blocks = (struct blocks){0};
}
