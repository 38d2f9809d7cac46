/* An implementation is a folder of programs: where it is, what it lacks, which side each is on. */
#ifndef WIRECHECK_IMPLEMENTATION_H
#define WIRECHECK_IMPLEMENTATION_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/side.h"

#include <limits.h>
#include <stdbool.h>

/*
 * The side that a program is on, by its name: CLIENT when the name ends in _client, _sender or
 * _writer, otherwise SERVER.
 */
enum side program_side(const char *name);

/* Whether nothing in the folder has this name. */
bool implementation_lacks(const char *folder, const char *name);

/* Why a folder that the user named lacks a program. */
enum absence {
	NOT_WRITTEN, /* the implementation is only a part: it has no program like this one */
	MISSPELT,    /* the folder has a program of nearly this name, which no built-in one has */
	UNKNOWN,     /* there is no built-in program of this name either: the case is wrong */
};

/*
 * Finds out why the folder lacks a program, and appends that: the folder, and those of its
 * executables that have the nearest names. `built_in` is the folder of the built-in programs; it
 * need not exist.
 */
enum absence implementation_explain(
	struct buffer *why, const char *folder, const char *name, const char *built_in);

/* Appends the executables in the folder that have the nearest names: "; nearest: a, b". */
void implementation_nearest(struct buffer *out, const char *folder, const char *name);

/* Whether the folder has an executable file. True for a folder that cannot be read. */
bool implementation_has_any(const char *folder);

/* Stores the absolute path of a folder, without links. False when it is no folder. */
bool implementation_find(const char *folder, char out[PATH_MAX], struct error *error);

/* Stores the folder of the built-in programs: `impl` beside the command. It need not exist. */
bool implementation_built_in(char out[PATH_MAX], struct error *error);

#endif
