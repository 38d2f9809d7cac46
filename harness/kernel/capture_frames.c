/* The frames of a capture, live or of a file, in memory that does not move. For capture.h's own. */
#include "kernel/capture_frames.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/*
 * A chunk holds several frames; it never moves, so that views into it stay good. Each is twice as
 * large as the one before, up to a maximum: what a chunk does not need is never touched.
 */
#define CHUNK_FIRST   ((size_t)1 << 20)
#define CHUNK_MAXIMUM ((size_t)64 << 20)

/* x86-64 and others; elsewhere the advice is only worth less. */
#define HUGE_PAGE ((size_t)2 << 20)

/* The frames follow it. */
struct capture_chunk {
	struct capture_chunk *next;
	size_t used, size; /* bytes, with this head */
};

/* Half the time of a bulk transfer goes into faults of small pages. */
static struct capture_chunk *chunk_allocate(size_t size)
{
	if (size < HUGE_PAGE)
		return malloc(size);
	void *chunk = aligned_alloc(HUGE_PAGE, size);
	if (chunk != NULL)
		(void)madvise(chunk, size, MADV_HUGEPAGE); /* a kernel may have none */
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

/* Room for `length` bytes in the newest chunk or a new one; NULL at the capture's maximum. */
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
	size_t capacity = capture->capacity > 0 ? capture->capacity * 2 : 64;

	if (capture->count < capture->capacity)
		return true;
	if (capacity > UINT32_MAX)
		return false;
	struct frame *frames = realloc(capture->frames, capacity * sizeof *frames);
	if (frames == NULL)
		return false;
	capture->frames = frames;
	capture->capacity = capacity;
	return true;
}

/* The earliest second, by 32 bits with a sign, of a format whose seconds have none. */
#define SECONDS_WITHOUT_SIGN ((int64_t)1 << 32)

/*
 * A packet's time; tv_usec holds nanoseconds: the precision asked for. A file may have any time,
 * in pcapng one that libpcap's own arithmetic made negative.
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
