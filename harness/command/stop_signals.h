/*
 * The signals that ask wirecheck to stop, so that it can end everything that it started.
 * Tested by test_command.c.
 */
#ifndef WIRECHECK_STOP_SIGNALS_H
#define WIRECHECK_STOP_SIGNALS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Blocks SIGINT, SIGTERM, SIGHUP and SIGPIPE, except those that are ignored. From now on they only
 * come in where they are let in, and are remembered. SIGCHLD is set to its default.
 */
bool stop_signals_catch(struct error *error);

/* Lets in what came while they were blocked, without a wait. */
void stop_signals_let_in(void);

/* The signal that asked to stop; 0: none has. */
int stop_signal(void);

#endif
