/* How cases are run, as the command line says. */
#ifndef WIRECHECK_SETTINGS_H
#define WIRECHECK_SETTINGS_H

#include <stdbool.h>
#include <stdint.h>

/* Paths are absolute; they belong to who made the settings. */
struct settings {
	int64_t wait_limit, case_limit; /* nanoseconds */
	const char *program_folders[2]; /* by enum side: the folder with its programs */
	bool built_in[2];               /* by enum side: it is the folder with the built-in ones */
	const char *built_in_folder;    /* where the built-in programs are, if they are there */
	const char *started_in;         /* the folder that wirecheck was started in */
	const char *captures;           /* the folder that captures go to */
	const char *scratch;            /* the folder that programs work in */
	bool isolated;                  /* each case has a sandbox; otherwise the host's loopback */
};

#endif
