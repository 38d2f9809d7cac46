/* What is at a path. */
#include "kernel/file_kind.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

const char *file_kind(const char *path)
{
	struct stat status;

	if (lstat(path, &status) != 0)
		return errno == ENOENT ? "nothing" : strerror(errno);
	return S_ISSOCK(status.st_mode)  ? "a socket"
	       : S_ISREG(status.st_mode) ? "a regular file"
	       : S_ISDIR(status.st_mode) ? "a folder"
					 : "something else";
}
