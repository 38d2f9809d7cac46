/* The scratch folder: the working folder of programs, and how it is made, emptied and removed. */
#include "kernel/scratch.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool scratch_make(const char *parent, char out[PATH_MAX], struct error *error)
{
	char folder[PATH_MAX];
	bool made = false;

	if (realpath(parent, folder) != NULL) {
		int length = snprintf(out, PATH_MAX, "%s/wirecheck.XXXXXX", folder);
		errno = ENAMETOOLONG;
		made = length < PATH_MAX && mkdtemp(out) != NULL;
	}
	if (made)
		return true;
	out[0] = '\0';
	return error_errno(error, "make a scratch folder in %s", parent);
}

bool scratch_enter(const char *scratch, struct error *error)
{
	if (chdir(scratch) != 0)
		return error_errno(error, "chdir %s", scratch);
	return scratch_empty(scratch, error);
}

/* Removes one entry. nftw(3) visits what is in a folder before the folder. */
static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk)
{
	(void)status;
	(void)type;
	return walk->level > 0 ? remove(path) : 0;
}

bool scratch_empty(const char *scratch, struct error *error)
{
	if (nftw(scratch, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		return error_errno(error, "empty %s", scratch);
	return true;
}

bool scratch_remove(const char *scratch, struct error *error)
{
	return rmdir(scratch) == 0 || error_errno(error, "remove %s", scratch);
}
