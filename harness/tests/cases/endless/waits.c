#include "../plain.h"
#include "wirecheck.h"

#include <fcntl.h>

/*
 * The case, its program and a daemon hold a pipe open that a test gave them. At the other end the
 * test sees when the last of them is gone. They ignore TERM, so that only the harness ends them.
 */
CASE(.proves = "a case, its program and a daemon that go on until they are ended",
	.clause = "none: goes on")
{
	const char *alive = getenv("WIRECHECK_ALIVE");
	plain_check(open(alive != NULL ? alive : "/dev/null", O_WRONLY | O_CLOEXEC));
	struct program *program = start("sh", "-c",
		"trap '' HUP INT TERM; exec 3>\"${WIRECHECK_ALIVE-/dev/null}\"; "
		"if [ \"${WIRECHECK_DAEMON-}\" ]; then setsid tail -f /dev/null >&3 & fi; "
		"echo started >&3; exec tail -f /dev/null >&3");
	expect_exit(program, 0);
}
