/*
 * FAIL: one wait for a program that hangs runs out, not four. After a signal the case waits again.
 * says "sleep: expected to end, still running after 5 s"
 * lacks "the case has used up its limit"
 * lacks "expect_killed"
 */
#include "wirecheck.h"

CASE(.proves = "what follows from a wait in vain is not waited for", .clause = "signal(7)")
{
	struct program *program = start_tool("sleep", "1000");

	for (int i = 0; i < 20; i++)
		expect_exit(program, 0);
	send_signal(program, SIGTERM);
	expect_killed(program, SIGTERM);
	expect_no_packets();
}
