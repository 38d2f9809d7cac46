/* The folders on the way to a file. */
#ifndef WIRECHECK_PARENT_FOLDERS_H
#define WIRECHECK_PARENT_FOLDERS_H

#include "base/error.h"

#include <stdbool.h>

/*
 * Makes each folder on the way to `path`, from the open folder `folder` on (mkdirat(2)); the last
 * part of the path is the file and is not made. A folder that exists is no error.
 */
bool parent_folders_make(int folder, const char *path, struct error *error);

#endif
