#include "wirecheck.h"

CASE(.proves = "a case names more ports than it can", .clause = "none: fails on purpose")
{
	for (int i = 0; i <= 1024; i++)
		allow_traffic_on((uint16_t)(9000 + i));
}
