#include "wirecheck.h"

/* Fails when more of these scripts run at once than there are processors. */
static const char script[] = "mine=$(mktemp ${COUNTER:=counter}.XXXXXX); set -- $COUNTER.*; "
			     "sleep 0.1; rm $mine; [ $# -le $(getconf _NPROCESSORS_ONLN) ]";

CASE(.proves = "cases that compute for seconds leave each other a processor",
	.clause = "none: passes", .patience = 2)
{
	expect_exit(start("sh", "-c", script), 0);
}
