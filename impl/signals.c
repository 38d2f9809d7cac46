/* How a program ends by a signal: well, or with the file removed that it has made. */
#include "signals.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Blocks or lets through what ends a program by its user's hand. */
static void mask_signals(int how)
{
	sigset_t signals;

	if (sigemptyset(&signals) != 0 || sigaddset(&signals, SIGINT) != 0 ||
		sigaddset(&signals, SIGTERM) != 0 || sigprocmask(how, &signals, NULL) != 0)
		fail("sigprocmask");
}

/* Whatever the parent left: a shell, for one, has SIGINT ignored in what it starts with &. */
static void handle_signals(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	if (sigaction(SIGINT, &action, NULL) != 0 || sigaction(SIGTERM, &action, NULL) != 0)
		fail("sigaction");
	mask_signals(SIG_UNBLOCK);
}

/*
 * A handler that sets a flag for the main loop may come too late, when the loop has just looked at
 * it and goes to wait. This one ends the program where it stands, and the system closes what is
 * open. Not by exit(3): it writes out buffers, and a handler may interrupt just that.
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
