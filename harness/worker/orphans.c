/* The orphans of runs without a sandbox: who ends the programs of a worker that dies. */
#include "worker/orphans.h"

#include "kernel/sandbox.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

bool orphans_adopt(const struct settings *settings, struct error *error)
{
	return settings->isolated || sandbox_adopt_orphans(error);
}

void orphans_end(const struct settings *settings)
{
	struct error error;

	if (!settings->isolated && !sandbox_kill_all(false, &error))
		fprintf(stderr, "wirecheck: %s\n", error.text);
}

static void end_with_programs(int number)
{
	(void)sandbox_kill_children(); /* nobody is left to hear of a failure */
	_exit(128 + number);
}

bool orphans_prevent(const struct settings *settings, struct error *error)
{
	struct sigaction action = {.sa_handler = end_with_programs};
	sigset_t terminate;

	if (settings->isolated)
		return true;
	sigemptyset(&terminate);
	sigaddset(&terminate, SIGTERM);
	if (sigaction(SIGTERM, &action, NULL) != 0)
		return error_errno(error, "sigaction");
	return sigprocmask(SIG_UNBLOCK, &terminate, NULL) == 0 || error_errno(error, "sigprocmask");
}
