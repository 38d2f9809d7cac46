/* Runs `selftest`, the command with the cases that fail on purpose, in a folder of its own. */
#ifndef WIRECHECK_SELFTEST_H
#define WIRECHECK_SELFTEST_H

#include "command.h"

#include <stdbool.h>

/*
 * Makes the folder that one test works in, and in it: `programs`, with the demos, a shell as `sh`,
 * and programs that cannot be started; `captures` and `scratch`, empty. Everything that is started
 * from now on has `scratch` as TMPDIR. Gone after ground_remove.
 */
bool ground_make(void);
void ground_remove(void);

/* A path in that folder; valid until the eighth next call. */
const char *ground_path(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

/* Whether sandboxes can be made here; if not, `why` has the reason, for SKIP_TEST. */
bool sandboxes_possible(char why[512]);

/* SKIPs the test where none can be made. */
#define NEEDS_SANDBOXES()                     \
	do {                                  \
		char why[512];                \
		if (!sandboxes_possible(why)) \
			SKIP_TEST("%s", why); \
	} while (0)

/*
 * Starts or runs build/harness/tests/selftest with --impl, --captures, a limit of 0.2 s for a wait
 * and these further arguments, at most 16 of them up to NULL.
 */
bool selftest_start(
	struct command *command, const char *const arguments[], const char *const environment[]);
bool selftest_run(struct command *command, const char *const arguments[]);

/* How many entries a folder has; -1: it cannot be read. */
int folder_count(const char *path);

#endif
