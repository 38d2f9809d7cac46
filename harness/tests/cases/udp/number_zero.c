#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "datagrams are numbered from 1", .clause = "none: fails on purpose")
{
	lose_datagram(9000, CLIENT, 0);
}
