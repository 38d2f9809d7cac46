/* The folder that captures go to, and in a matrix the folder of each cell in it. */
#ifndef WIRECHECK_CAPTURES_FOLDER_H
#define WIRECHECK_CAPTURES_FOLDER_H

#include "base/error.h"

#include <limits.h>
#include <stdbool.h>

/*
 * Makes the folder if it is not there, and sees that it can be written to. `out` is its absolute
 * path.
 */
bool captures_folder_open(const char *folder, char out[PATH_MAX], struct error *error);

/* Makes FOLDER/matrix/CLIENT/SERVER. `out` is its path. */
bool captures_folder_open_cell(const char *folder, const char *client, const char *server,
	char out[PATH_MAX], struct error *error);

#endif
