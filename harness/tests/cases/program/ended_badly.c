#include "kernel/program.h"
#include "wirecheck.h"
#include "worker/wait.h"

struct two {
	const struct program *bad, *killed;
};

static bool have_ended(void *argument)
{
	const struct two *two = argument;

	return two->bad->ended && two->killed->ended;
}

CASE(.proves = "two programs end badly, and no expectation asks how",
	.clause = "none: fails on purpose")
{
	struct two two = {
		.bad = start("sh", "-c", "echo 'out of luck' >&2; exit 7"),
		.killed = start("sh", "-c", "kill -s KILL $$"),
	};
	struct wait wait = {.met = have_ended, .argument = &two, .descriptor = -1};
	expect(wait_for(&wait), "the programs did not end");
}
