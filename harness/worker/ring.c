/* The capture's ring: how large it is, and whether it was too small. */
#include "worker/ring.h"

/*
 * Holds all that most cases put on the wire. Its pages are zeroed for each case: with 8 MiB a case
 * takes half as long again.
 */
#define RING_MIB 1u

/*
 * On the host others talk all the time. However little they say, a block of 256 KiB is handed over
 * every 8 ms. So this ring lasts for two seconds in which the machine does not let the worker run.
 */
#define RING_MIB_OF_HOST 64u

/* Bytes before each frame in the ring: its header, its address, and room to align them. */
#define FRAME_OVERHEAD 128

unsigned ring_choose(const struct settings *settings, unsigned wanted, unsigned larger)
{
	unsigned mib = wanted > 0 ? wanted : RING_MIB;

	if (!settings->isolated && mib < RING_MIB_OF_HOST)
		mib = RING_MIB_OF_HOST;
	return mib > larger ? mib : larger;
}

/*
 * Twice what was carried: a block is handed over before it is full. The ring may also have been
 * full of blocks with next to nothing in them, so it is twice as large in any case.
 */
unsigned ring_larger(struct capture *capture, unsigned mib)
{
	uint64_t received = 0, dropped = 0;
	struct carried carried;
	struct error error;

	if (capture->pcap == NULL || mib >= RING_MIB_MAXIMUM ||
		!capture_statistics(capture, &received, &dropped, &error) || dropped == 0 ||
		!capture_carried(capture, &carried, &error))
		return 0;
	uint64_t larger = (2 * (carried.bytes + carried.frames * FRAME_OVERHEAD) >> 20) + 16;
	if (larger < 2 * mib)
		larger = 2 * mib;
	return larger < RING_MIB_MAXIMUM ? (unsigned)larger : RING_MIB_MAXIMUM;
}
