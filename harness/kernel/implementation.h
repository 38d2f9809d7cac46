/* An implementation is a folder of programs: where it is, what it lacks, whose side they are on. */
#ifndef WIRECHECK_IMPLEMENTATION_H
#define WIRECHECK_IMPLEMENTATION_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/side.h"

#include <limits.h>
#include <stdbool.h>

/*
 * The side that a program is on, by its name: CLIENT when that ends in _client, _sender or _writer,
 * otherwise SERVER.
 */
enum side program_side(const char *name);

/* Whether nothing in the folder has this name. */
bool implementation_lacks(const char *folder, const char *name);

/* What it means that a folder which the user named lacks a program. */
enum absence {
	NOT_WRITTEN, /* a part of an implementation: what else is there has nothing to do with it */
	MISSPELT, /* in the folder, which has nearly this name, and no built-in program has that */
	UNKNOWN,  /* in the case: no built-in program has the name either */
};

/*
 * Tells which it is of a program that the folder lacks, and appends why: the folder, and of the
 * executables that it has those with the nearest names. `built_in` is the folder of the built-in
 * programs, which may not be there.
 */
enum absence implementation_explain(
	struct buffer *why, const char *folder, const char *name, const char *built_in);

/* Appends the executables in the folder with names near to this one: "; nearest: a, b". */
void implementation_nearest(struct buffer *out, const char *folder, const char *name);

/* Whether the folder has an executable file; of one that cannot be read it is not known. */
bool implementation_has_any(const char *folder);

/* Makes a folder's path absolute; false when it is none. */
bool implementation_find(const char *folder, char out[PATH_MAX], struct error *error);

/* The built-in one: the folder `impl` beside the command. It may not be there. */
bool implementation_built_in(char out[PATH_MAX], struct error *error);

#endif
