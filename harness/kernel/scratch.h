/* The scratch folder: the working folder of programs, and how it is made, emptied and removed. */
#ifndef WIRECHECK_SCRATCH_H
#define WIRECHECK_SCRATCH_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>

/*
 * Makes a new empty folder wirecheck.XXXXXX in the folder `parent`, and stores its absolute path
 * without links in `out`. On failure `out` is "".
 */
bool scratch_make(const char *parent, char out[PATH_MAX], struct error *error);

/* Without a sandbox: empties the folder, and makes it the working folder of this process. */
bool scratch_enter(const char *scratch, struct error *error);

/* Removes what is in the folder, and not the folder itself. */
bool scratch_empty(const char *scratch, struct error *error);

/* Removes the folder, which is empty: sandboxes write into a file system of their own. */
bool scratch_remove(const char *scratch, struct error *error);

#endif
