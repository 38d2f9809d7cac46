/* How a program ends by a signal: well, or with the file removed that it has made. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "common.h"

/* From now on SIGINT and SIGTERM end the program with exit status 0. */
void end_on_signal(void);

/*
 * For a program that makes a file: hold_signals(), make it, remove_at_end(). However the program
 * ends then, short of SIGKILL, the file is removed; a signal cannot come in between.
 */
void hold_signals(void);
void remove_at_end(const struct address *file);

#endif
