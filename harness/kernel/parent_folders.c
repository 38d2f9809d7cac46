/* The folders on the way to a file. */
#include "kernel/parent_folders.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool parent_folders_make(int folder, const char *path, struct error *error)
{
	char part[PATH_MAX];

	for (const char *end = strchr(path, '/'); end != NULL; end = strchr(end + 1, '/')) {
		int length = snprintf(part, sizeof part, "%.*s", (int)(end - path), path);
		if (length >= (int)sizeof part)
			return error_set(error, "too long to make its folders: %s", path);
		if (length > 0 && mkdirat(folder, part, 0777) != 0 && errno != EEXIST)
			return error_errno(error, "mkdir %s", part);
	}
	return true;
}
