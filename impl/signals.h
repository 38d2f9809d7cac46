/* How a signal ends a program: in good order, and without the file that it was making. */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "common.h"

/* From now on SIGINT and SIGTERM end the program with exit status 0. */
void end_on_signal(void);

/*
 * For a program that makes a file: hold_signals(), make it, remove_at_end(). The file is
 * then removed however the program ends, except by SIGKILL. No signal comes between the two.
 */
void hold_signals(void);
void remove_at_end(const struct address *file);

#endif
