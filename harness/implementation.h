/* An implementation is a folder of programs: where it is, what it lacks, whose side they are on. */
#ifndef WIRECHECK_IMPLEMENTATION_H
#define WIRECHECK_IMPLEMENTATION_H

#include "connection.h"
#include "error.h"

#include <limits.h>
#include <stdbool.h>

/*
 * The side that a program is on, by its name: CLIENT when that ends in _client, _sender or _writer,
 * otherwise SERVER.
 */
enum side program_side(const char *name);

/* Whether nothing in the folder has this name. */
bool implementation_lacks(const char *folder, const char *name);

/* Makes a folder's path absolute; false when it is none. */
bool implementation_find(const char *folder, char out[PATH_MAX], struct error *error);

/* The built-in one: the folder `impl` beside the command. It may not be there. */
bool implementation_built_in(char out[PATH_MAX], struct error *error);

#endif
