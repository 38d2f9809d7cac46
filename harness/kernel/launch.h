/* Starts an executable with its three standard streams, as a terminal or as pipes. */
#ifndef WIRECHECK_LAUNCH_H
#define WIRECHECK_LAUNCH_H

#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

/* How a program is started, beyond its name and arguments. All zero: as by a script. */
struct launch {
	bool terminal; /* its three standard streams are a terminal, without echo */
	const char *const
		*environment; /* NAME=VALUE, NULL at the end: in place of those inherited */
	const char *folder;   /* working folder; NULL: the scratch folder */
	int descriptor;       /* inherited by the program as descriptor 3; 0: none */
	bool no_output;       /* standard output is /dev/full: whatever is printed fails */
	bool as_root; /* root, with the machine's other users, whom it may become or give files to
		       */
};

/* Our ends of what was started; the caller closes them. Non-blocking; -1 where not opened. */
struct launched {
	pid_t pid;                       /* 0: not started */
	int input, output, error_output; /* a terminal's master is input and output; no third */
	bool refused; /* not started, for the kernel does not execute such a file */
};

/*
 * Starts `folder`/`arguments[0]` with the arguments up to NULL, signals at their defaults, in a
 * process group of its own. The error names the folder when the program is missing or may not be
 * executed. What was opened before a failure is in `launched` and is to be closed too.
 */
bool launch(struct launched *launched, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error);

#endif
