/* Folders in the scratch folder of the case, for files that a verb writes there. */
#include "verbs/scratch_folder.h"

#include "worker/context.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Whether a path names a file below the folder that it begins at, apart from symbolic links. */
static bool stays_inside(const char *path)
{
	size_t length = strlen(path);

	return *path != '/' && length > 0 && length < PATH_MAX && path[length - 1] != '/' &&
	       strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0 &&
	       strstr(path, "/../") == NULL &&
	       (length < 3 || strcmp(path + length - 3, "/..") != 0);
}

/* The last part of a path. */
static const char *name_in(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/*
 * Opens a folder that is there, below `root` whatever links are on the way; -1 and errno. `parent`
 * is the folder that it is in. A sandbox around the harness may forbid openat2(2) by EPERM.
 */
static int open_beneath(int root, int parent, const char *path)
{
	struct open_how how = {.flags = O_PATH | O_DIRECTORY | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
	int folder = (int)syscall(SYS_openat2, root, path, &how, sizeof how);

	if (folder < 0 && (errno == ENOSYS || errno == EPERM))
		folder = openat(
			parent, name_in(path), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	return folder;
}

static bool is_link(int parent, const char *name)
{
	struct stat status;

	return fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

/* Opens one folder of a path, and makes it when it is missing. `path` ends with its name. */
static int enter(int root, int parent, const char *path, const char *whole)
{
	const char *name = name_in(path);
	bool made = *name == '\0' || mkdirat(parent, name, 0777) == 0 || errno == EEXIST;
	int folder = made ? open_beneath(root, parent, *name == '\0' ? "." : path) : -1;

	if (folder >= 0)
		return folder;
	int error_number = errno;
	if (is_link(parent, name) && error_number == EXDEV)
		case_over(FAIL,
			"%s: expected a path in the scratch folder, found a symbolic link that "
			"leads out of it",
			whole);
	if (is_link(parent, name))
		case_over(FAIL,
			"%s: expected a path in the scratch folder, found a symbolic link that is "
			"not followed: it leads to no folder, or this kernel has no openat2(2)",
			whole);
	case_over(BROKEN, "make the folder %s: %s", path, strerror(error_number));
}

int scratch_folder_of(const char *path)
{
	char beginning[PATH_MAX];
	int root = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC), folder = dup(root);

	if (!stays_inside(path))
		case_over(BROKEN, "\"%s\" is not the path of a file in the scratch folder", path);
	if (root < 0 || folder < 0)
		case_over(BROKEN, "open the scratch folder: %s", strerror(errno));
	for (const char *slash = path; (slash = strchr(slash, '/')) != NULL; slash++) {
		size_t length = (size_t)(slash - path);
		memcpy(beginning, path, length);
		beginning[length] = '\0';
		int next = enter(root, folder, beginning, path);
		close(folder);
		folder = next;
	}
	close(root);
	return folder;
}
