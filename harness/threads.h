/* What the threads of a program and of its children are at, by proc(5). */
#ifndef WIRECHECK_THREADS_H
#define WIRECHECK_THREADS_H

#include "program.h"

/*
 * The state of the first thread that is in none of `states`, letters of proc(5) such as "SZX"; 0:
 * there is none. A program leads its own process group, which has its children too: those of a
 * script for instance. Ends the case as BROKEN where /proc cannot be read.
 */
char threads_beyond(const struct program *program, const char *states);

#endif
