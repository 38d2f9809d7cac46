/*
 * The capture's ring: how large it is, and whether it was too small. The ring is the memory in
 * which the kernel keeps packets until they are read; when it is full, packets are lost.
 */
#ifndef WIRECHECK_RING_H
#define WIRECHECK_RING_H

#include "kernel/capture.h"
#include "worker/settings.h"

/* The largest ring that a run is done again with, in MiB. */
#define RING_MIB_MAXIMUM 256u

/*
 * The size of the ring in MiB: what the case asks for (CASE's .ring_mib; 0: nothing) or what an
 * earlier worker asked for (`larger`; 0: none has), but at least what the settings need.
 */
unsigned ring_choose(const struct settings *settings, unsigned wanted, unsigned larger);

/*
 * Whether a ring of `mib` MiB was too small for what the capture saw: then the size of a larger one
 * in MiB. Otherwise, or when there is no larger one, 0.
 */
unsigned ring_larger(struct capture *capture, unsigned mib);

#endif
