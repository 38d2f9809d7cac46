/* PASS: after a signal the case waits for the program again. */
#include "wirecheck.h"

CASE(.proves = "a wait in vain is repeated once the case has acted", .clause = "signal(7)")
{
	struct program *program = start_tool("sh", "-c",
		"trap 'sleep 0.2; exit 0' TERM; echo ready >&2; while :; do sleep 0.05; done");

	expect_error(program, "ready");
	send_signal(program, SIGTERM);
	expect_exit(program, 0);
	expect_no_packets();
}
