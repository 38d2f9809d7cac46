/* How a signal ends a program: in good order, and without the file that it was making. */
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Blocks or allows the signals by which a user ends a program. */
static void mask_signals(int how)
{
	sigset_t signals;

	if (sigemptyset(&signals) != 0 || sigaddset(&signals, SIGINT) != 0 ||
		sigaddset(&signals, SIGTERM) != 0 || sigprocmask(how, &signals, NULL) != 0)
		fail("sigprocmask");
}

/* The parent may have changed them: a shell ignores SIGINT in a program that it starts with &. */
static void handle_signals(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0)
		fail("sigaction");
	mask_signals(SIG_UNBLOCK);
}

/*
 * A handler could set a flag for the main loop. But that may be too late, when the loop has just
 * looked at the flag and begins to wait. So this one ends the program at once, and the system
 * closes what is open. It does not call exit(3): that writes buffers, and a handler may interrupt a
 * write.
 */
static void end_program(int number)
{
	(void)number;
	_exit(0);
}

void end_on_signal(void)
{
	handle_signals(end_program);
}

static struct address made_file;

static void remove_file(void)
{
	if (unlink(made_file.file.sun_path) != 0) {
		fprintf(stderr, "%s: unlink: %s\n", program, strerror(errno));
		_exit(1);
	}
}

static void remove_file_and_die(int number)
{
	(void)unlink(made_file.file.sun_path);
	(void)signal(number, SIG_DFL);
	(void)raise(number);
}

void hold_signals(void)
{
	mask_signals(SIG_BLOCK);
}

void remove_at_end(const struct address *file)
{
	made_file = *file;
	if (atexit(remove_file) != 0) {
		remove_file();
		fail("atexit");
	}
	handle_signals(remove_file_and_die);
}
