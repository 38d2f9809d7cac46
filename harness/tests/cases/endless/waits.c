#include "../plain.h"
#include "wirecheck.h"

#include <fcntl.h>

/*
 * Case, program and daemon hold a pipe open, which a test gave them; at the other end it sees when
 * the last of them is gone. TERM is no end to them, so that nothing but the harness ends them.
 */
CASE(.proves = "a case, its program and a daemon that go on until somebody ends them",
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
