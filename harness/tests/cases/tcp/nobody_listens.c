#include "wirecheck.h"

CASE(.proves = "the case connects to a port where nobody listens",
	.clause = "none: fails on purpose")
{
	connect_to(TCP, "127.0.0.1", 8898);
}
