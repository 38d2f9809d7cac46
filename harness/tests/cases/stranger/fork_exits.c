/* PASS: what a forked process leaves in its buffers is not written a second time. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wirecheck.h"

CASE(.proves = "exit(3) in a process of the case leaves the reports alone", .clause = "POSIX exit")
{
	pid_t child = fork();

	if (child == 0)
		exit(0);
	int status;
	expect(waitpid(child, &status, 0) == child && status == 0, "status %d", status);
}
