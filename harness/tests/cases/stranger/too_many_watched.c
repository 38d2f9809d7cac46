/*
 * BROKEN: more ports than the kernel is asked to watch.
 * says "at most 128 ports can be disturbed at a time"
 */
#include "wirecheck.h"

CASE(.proves = "no disturbance is passed over", .clause = "none")
{
	for (unsigned i = 0; i < 130; i++)
		lose_datagram((uint16_t)(10000 + i), CLIENT, 1);
}
