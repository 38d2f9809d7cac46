/*
 * Starts an executable. Its three standard streams are a terminal or pipes.
 *
 * Tested by test_program.c.
 */
#ifndef WIRECHECK_LAUNCH_H
#define WIRECHECK_LAUNCH_H

#include "base/error.h"
#include "kernel/launch_options.h"

#include <stdbool.h>
#include <sys/types.h>

/* The harness's ends of the streams; the caller closes them. Outputs do not block. -1: not open. */
struct launched {
	pid_t pid;                       /* 0: not started */
	int input, output, error_output; /* of a terminal, the first two are its master */
	bool refused;                    /* not started: the kernel does not execute such a file */
};

/*
 * Starts `folder`/`arguments[0]` with the arguments up to NULL. Its signals are at their defaults,
 * and it has a process group of its own. When the program is missing or may not be executed, the
 * error names the folder. The caller closes the descriptors in `launched` after a failure too.
 */
bool launch(struct launched *launched, const char *folder, const char *const arguments[],
	const struct launch *how, struct error *error);

#endif
