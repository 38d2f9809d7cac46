/* Starts an executable with its three standard streams, as a terminal or as pipes. */
#ifndef WIRECHECK_LAUNCH_H
#define WIRECHECK_LAUNCH_H

#include "base/error.h"
#include "kernel/launch_options.h"

#include <stdbool.h>
#include <sys/types.h>

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
