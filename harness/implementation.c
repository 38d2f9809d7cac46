/* An implementation is a folder of programs: where it is, what it lacks, whose side they are on. */
#include "implementation.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum side program_side(const char *name)
{
	static const char *const endings[] = {"_client", "_sender", "_writer"};
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t tail = strlen(endings[i]);
		if (length > tail && strcmp(name + length - tail, endings[i]) == 0)
			return CLIENT;
	}
	return SERVER;
}

/* A link that leads nowhere is there: it was meant to be a program. */
bool implementation_lacks(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return false;
	return lstat(path, &status) != 0 && errno == ENOENT;
}

bool implementation_find(const char *folder, char out[PATH_MAX], struct error *error)
{
	struct stat status;

	if (realpath(folder, out) == NULL || stat(out, &status) != 0)
		return error_errno(error, "%s", folder);
	return S_ISDIR(status.st_mode) || error_set(error, "%s: not a folder", folder);
}

bool implementation_built_in(char out[PATH_MAX], struct error *error)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (length < 0)
		return error_errno(error, "readlink /proc/self/exe");
	self[length] = '\0';
	if (snprintf(out, PATH_MAX, "%s/impl", dirname(self)) >= PATH_MAX)
		return error_set(error, "the path to the programs is too long");
	return true;
}
