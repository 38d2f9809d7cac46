#include "../plain.h"
#include "wirecheck.h"

static const char flaky[] = "test -e $COUNTER || { touch $COUNTER; exit 7; }";

CASE(.proves = "a program fails in the run whose capture drops packets, and not in the next",
	.clause = "none: fails on purpose")
{
	plain_server(SOCK_DGRAM, 9000);
	expect_exit(start("sh", "-c", flaky), 0);
	plain_flood(9000, 25);
	allow_other_traffic();
}
