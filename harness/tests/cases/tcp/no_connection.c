#include "wirecheck.h"

CASE(.proves = "the one expected connection is missing", .clause = "none: fails on purpose")
{
	only_connection(8898);
}
