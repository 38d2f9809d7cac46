#include "wirecheck.h"

CASE(.proves = "no datagram comes within the limit of a wait", .clause = "none: fails on purpose")
{
	receive_datagram(bind_to(UDP, "127.0.0.1", 9000));
}
