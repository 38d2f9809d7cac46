/* The folder that captures go to, and in a matrix the folder of each cell in it. */
#include "command/captures_folder.h"

#include "kernel/implementation.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool make(const char *folder, struct error *error)
{
	return mkdir(folder, 0777) == 0 || errno == EEXIST ||
	       error_errno(error, "captures folder %s", folder);
}

/* Permissions alone do not say whether it can be written to, so a file is made in it. */
bool captures_folder_open(const char *folder, char out[PATH_MAX], struct error *error)
{
	char probe[PATH_MAX + 16];

	if (!make(folder, error) || !implementation_find(folder, out, error))
		return false;
	snprintf(probe, sizeof probe, "%s/.probe.XXXXXX", out);
	int file = mkstemp(probe);
	if (file < 0)
		return error_errno(error, "captures folder %s cannot be written", folder);
	close(file);
	unlink(probe);
	return true;
}

bool captures_folder_open_cell(const char *folder, const char *client, const char *server,
	char out[PATH_MAX], struct error *error)
{
	const char *const names[] = {"matrix", client, server};
	size_t length = (size_t)snprintf(out, PATH_MAX, "%s", folder);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		length += (size_t)snprintf(out + length, PATH_MAX - length, "/%s", names[i]);
		if (length >= PATH_MAX)
			return error_set(error, "the captures folder's path is too long");
		if (!make(out, error))
			return false;
	}
	return true;
}
