/*
 * All that the command has open or made while it runs cases, and what came of them.
 * Tested by test_command.c.
 */
#ifndef WIRECHECK_SESSION_H
#define WIRECHECK_SESSION_H

#include "command/arguments.h"
#include "command/matrix.h"
#include "command/reporters.h"
#include "worker/settings.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Paths are absolute. Set up by session_open. It must not be moved: its settings point to it. */
struct session {
	const struct arguments *arguments;
	const struct case_info *const *cases;
	size_t case_count;
	struct settings settings;
	char program_folders[2][PATH_MAX]; /* by enum side: those that were named */
	char built_in[PATH_MAX], started_in[PATH_MAX];
	char captures[PATH_MAX], cell_captures[PATH_MAX];
	char scratch[PATH_MAX]; /* empty: it was not made */
	struct matrix *matrix;  /* NULL: --matrix was not given */
	struct reporters reporters;
	int64_t began;              /* on the monotonic clock */
	size_t counts[SKIP + 1];    /* runs in all rounds so far, by enum verdict */
	bool asked[2], found[2];    /* by enum side: cases asked for programs; one was there */
	size_t no_right_to_capture; /* runs that were skipped for that */
	bool failed;                /* the harness itself failed, and standard error says how */
};

/*
 * Makes everything ready that the command line asks for: signals, the programs' folders, folders
 * for captures and scratch, the sandbox, the reports. Arguments and cases must outlive the session.
 * False when it cannot; standard error says why. Either way it is to be closed.
 */
bool session_open(struct session *session, const struct arguments *arguments,
	const struct case_info *const cases[], size_t count);

/* Ends the reports, removes the scratch folder and frees all. */
void session_close(struct session *session);

/* Prints the error, and from now on the session has failed. Returns false. */
bool session_complain(struct session *session, const struct error *error);

/*
 * Whether --fail-fast ends the run here: it was given, and a case failed or was BROKEN. Nothing
 * more is then started, and what runs is not waited for.
 */
bool session_fails_fast(const struct session *session);

/* Whether nothing more is to be run: for --fail-fast, after a signal or after a failure of ours. */
bool session_is_over(const struct session *session);

#endif
