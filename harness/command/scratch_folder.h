/*
 * The life of the scratch folder: it is made before the first case and removed after the last one.
 * In a sandbox an empty folder of the case's own is mounted over it (kernel/folders.h). Without a
 * sandbox each case works in it, and finds it empty (kernel/sandbox.h).
 */
#ifndef WIRECHECK_SCRATCH_FOLDER_H
#define WIRECHECK_SCRATCH_FOLDER_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>

/* Makes it in TMPDIR, or in /tmp. False with an error; then `out`, its absolute path, is "". */
bool scratch_folder_make(char out[PATH_MAX], struct error *error);

/*
 * Removes it, and without sandboxes first what cases left in it. A path that is "" is none. False
 * with an error when something of it stays.
 */
bool scratch_folder_remove(const char *path, bool isolated, struct error *error);

#endif
