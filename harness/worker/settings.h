/* How cases are run, as the command line has it. Tested by test_slow.c. */
#ifndef WIRECHECK_SETTINGS_H
#define WIRECHECK_SETTINGS_H

#include "base/case_info.h"

#include <stdbool.h>
#include <stdint.h>

/* How cases are run, as the command line has it. Paths are absolute. */
struct settings {
	int64_t wait_limit, case_limit; /* nanoseconds */
	const char *programs[2];        /* by enum side: the folder of its programs */
	bool built_in[2];               /* that is the built-in one, which lacks none */
	const char *built_in_folder;    /* where those are, or would be */
	const char *started_in;         /* the folder that wirecheck was started in */
	const char *captures;           /* the folder that captures go to */
	const char *scratch;            /* the folder that a sandbox is mounted over */
	bool isolated;                  /* in a sandbox; otherwise on the host's loopback */
};

/* The settings with the limits that this case asks for. */
struct settings settings_for(const struct settings *settings, const struct case_info *info);

#endif
