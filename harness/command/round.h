/*
 * One round: all cases, each as often as --repeat says, with the programs that the settings name.
 * Tested by test_command.c and test_matrix.c.
 */
#ifndef WIRECHECK_ROUND_H
#define WIRECHECK_ROUND_H

#include "command/session.h"

/*
 * Runs all cases of the session and reports them. The caller names the matrix's client and
 * server in `round`, if there is a matrix; all else in it is set here. `tally` is filled. An error
 * of the harness makes the session fail. The cases' last verdicts are kept in the captures folder.
 */
void round_run(struct session *session, struct round *round, struct tally *tally);

#endif
