/* The signals that ask wirecheck to stop, so that it can end everything that it started. */
#include "command/stop_signals.h"

#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <time.h>

static volatile sig_atomic_t caught;

static void on_stop(int number)
{
	caught = number;
}

int stop_signal(void)
{
	return caught;
}

bool stop_signals_catch(struct error *error)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
	struct sigaction action = {.sa_handler = on_stop};
	sigset_t blocked;

	/* A parent may have it ignored. Then the kernel would reap workers, and waitpid(2) fail. */
	if (signal(SIGCHLD, SIG_DFL) == SIG_ERR)
		return error_errno(error, "signal");

	sigemptyset(&blocked);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct sigaction before;
		if (sigaction(numbers[i], NULL, &before) != 0)
			return error_errno(error, "sigaction");
		if (before.sa_handler == SIG_IGN) /* nohup(1) */
			continue;
		sigaddset(&blocked, numbers[i]);
		if (sigaction(numbers[i], &action, NULL) != 0)
			return error_errno(error, "sigaction");
	}
	return sigprocmask(SIG_BLOCK, &blocked, NULL) == 0 || error_errno(error, "sigprocmask");
}

void stop_signals_let_in(void)
{
	const struct timespec at_once = {0};
	sigset_t none;

	sigemptyset(&none);
	ppoll(NULL, 0, &at_once, &none);
}
