#include "../plain.h"
#include "wirecheck.h"

CASE(.proves = "no datagram is held back for longer than a wait lasts",
	.clause = "none: fails on purpose")
{
	delay_datagram(9000, CLIENT, 1, 60000);
}
