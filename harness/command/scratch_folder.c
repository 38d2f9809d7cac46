/* The life of the scratch folder: made before the first case, and removed after the last one. */
#include "command/scratch_folder.h"

#include "kernel/implementation.h"
#include "kernel/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool scratch_folder_make(char out[PATH_MAX], struct error *error)
{
	const char *parent = getenv("TMPDIR");
	char folder[PATH_MAX];

	if (parent == NULL || *parent == '\0')
		parent = "/tmp";
	if (implementation_find(parent, folder, error) &&
		snprintf(out, PATH_MAX, "%s/wirecheck.XXXXXX", folder) < PATH_MAX &&
		mkdtemp(out) != NULL)
		return true;
	error_errno(error, "make a scratch folder in %s", parent);
	out[0] = '\0';
	return false;
}

bool scratch_folder_remove(const char *path, bool isolated, struct error *error)
{
	if (path[0] == '\0')
		return true;
	if (!isolated && !sandbox_empty_scratch(path, error))
		return false;
	return rmdir(path) == 0 || error_errno(error, "remove %s", path);
}
