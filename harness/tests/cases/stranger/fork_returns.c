/*
 * BROKEN: a process that the body forks comes back from the body as the case does.
 * says "a process that the case forked came to the end of the case's body"
 */
#include <sys/wait.h>
#include <unistd.h>

#include "wirecheck.h"

CASE(.proves = "a fork that returns is no second case", .clause = "POSIX fork")
{
	pid_t child = fork();

	expect(child >= 0, "fork");
	if (child == 0)
		return;
	int status;
	waitpid(child, &status, 0);
	expect(1 == 2, "the parent fails");
}
