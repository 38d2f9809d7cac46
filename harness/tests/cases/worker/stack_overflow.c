#include "wirecheck.h"

static unsigned deeper(unsigned depth)
{
	volatile unsigned char frame[4096];

	frame[depth % sizeof frame] = (unsigned char)depth;
	return depth == UINT32_MAX ? 0 : deeper(depth + 1) + frame[depth % sizeof frame];
}

CASE(.proves = "a case whose calls never end", .clause = "none: fails on purpose")
{
	expect(deeper(0) == 0, "never reached");
}
