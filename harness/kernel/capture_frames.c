/* The memory of a capture's frames, which does not move. For capture.c and capture_input.c only. */
#include "kernel/capture_frames.h"

#include "base/array.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * A chunk holds several frames. It never moves, so views into it stay valid. Each chunk is twice as
 * large as the one before, up to a maximum. Memory that a chunk does not need is never touched.
 */
#define CHUNK_FIRST   ((size_t)1 << 20)
#define CHUNK_MAXIMUM ((size_t)64 << 20)

/* The size on x86-64 and others. With another size the advice below only helps less. */
#define HUGE_PAGE ((size_t)2 << 20)

/* The head of a chunk. The frames follow it. */
struct capture_chunk {
	struct capture_chunk *next;
	size_t used, size; /* bytes, including this head */
};

/* With small pages, half the time of a bulk transfer goes into page faults. */
static struct capture_chunk *chunk_allocate(size_t size)
{
	if (size < HUGE_PAGE)
		return malloc(size);
	void *chunk = aligned_alloc(HUGE_PAGE, size);
	if (chunk != NULL)
		(void)madvise(chunk, size, MADV_HUGEPAGE); /* a kernel may lack it */
	return chunk;
}

static struct capture_chunk *chunk_add(struct capture *capture)
{
	struct capture_chunk *before = capture->chunks;
	size_t size = before == NULL ? CHUNK_FIRST : 2 * before->size;

	if (size > CHUNK_MAXIMUM)
		size = CHUNK_MAXIMUM;
	struct capture_chunk *chunk = chunk_allocate(size);
	if (chunk == NULL)
		return NULL;
	*chunk = (struct capture_chunk){.next = before, .used = sizeof *chunk, .size = size};
	capture->chunks = chunk;
	return chunk;
}

/* Room for `length` bytes, in the newest chunk or a new one. NULL at the capture's maximum. */
static unsigned char *capture_room(struct capture *capture, size_t length)
{
	struct capture_chunk *chunk = capture->chunks;

	if (capture->kept + length > CAPTURE_MAXIMUM)
		return NULL;
	if (chunk == NULL || chunk->size - chunk->used < length)
		chunk = chunk_add(capture);
	if (chunk == NULL || chunk->size - chunk->used < length)
		return NULL;
	unsigned char *room = (unsigned char *)chunk + chunk->used;
	chunk->used += length;
	capture->kept += length;
	return room;
}

static bool capture_grow(struct capture *capture)
{
	struct frame *frames = NULL;

	if (capture->count < UINT32_MAX)
		frames = array_grow(
			capture->frames, &capture->capacity, capture->count, sizeof *frames);
	if (frames == NULL)
		return false;
	capture->frames = frames;
	return true;
}

/* What a second that was read as a number of 32 bits with a sign lacks, when it has no sign. */
#define SECONDS_WITHOUT_SIGN ((int64_t)1 << 32)

/*
 * A packet's time. tv_usec holds nanoseconds: that precision was asked for. A file may have any
 * time. In pcapng, libpcap's own arithmetic may have made it negative.
 */
static int64_t time_of(struct capture *capture, const struct timeval *time)
{
	int64_t seconds = time->tv_sec, nanoseconds;

	if (capture->has_unsigned_times && seconds < 0)
		seconds += SECONDS_WITHOUT_SIGN;
	bool beyond = __builtin_mul_overflow(seconds, (int64_t)1000000000, &nanoseconds) ||
		      __builtin_add_overflow(nanoseconds, (int64_t)time->tv_usec, &nanoseconds);
	if (!beyond && nanoseconds >= 0)
		return nanoseconds;
	capture->odd_times++;
	return beyond && seconds > 0 ? INT64_MAX : 0;
}

void capture_keep(
	unsigned char *argument, const struct pcap_pkthdr *header, const unsigned char *data)
{
	struct capture *capture = (struct capture *)argument;
	unsigned char *copy = capture_grow(capture) ? capture_room(capture, header->caplen) : NULL;
	if (copy == NULL) {
		capture->out_of_space = true;
		return;
	}
	memcpy(copy, data, header->caplen);
	if (header->caplen < header->len)
		capture->cut++;
	capture->frames[capture->count++] = (struct frame){
		.bytes = {copy, header->caplen},
		.wire_length = header->len > header->caplen ? header->len : header->caplen,
		.time = time_of(capture, &header->ts),
	};
}

void capture_free(struct capture *capture)
{
	while (capture->chunks != NULL) {
		struct capture_chunk *next = capture->chunks->next;
		free(capture->chunks);
		capture->chunks = next;
	}
	free(capture->frames);
}
