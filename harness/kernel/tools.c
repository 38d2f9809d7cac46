/* Where this machine has a tool: an executable that is not under test, curl for instance. */
#include "kernel/tools.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Whether a folder, whose path has `length` bytes and may begin at `start`, has the tool. */
static bool has_tool(struct tool *tool, const char *folder, size_t length, const char *start)
{
	char path[PATH_MAX];
	struct stat status;
	bool absolute = length > 0 && folder[0] == '/';
	int written = snprintf(tool->folder, sizeof tool->folder, "%s%s%.*s", absolute ? "" : start,
		absolute || length == 0 ? "" : "/", (int)length, folder);

	if (written >= (int)sizeof tool->folder ||
		snprintf(path, sizeof path, "%s/%s", tool->folder, tool->name) >=
			(int)sizeof path ||
		stat(path, &status) != 0)
		return false;
	if (S_ISREG(status.st_mode) && access(path, X_OK) == 0)
		return true;
	/* A shell passes a folder in PATH over. */
	bool counts = S_ISREG(status.st_mode) || strchr(tool->name, '/') != NULL;
	if (counts && tool->unusable[0] == '\0') {
		memcpy(tool->unusable, path, sizeof path);
		tool->is_folder = S_ISDIR(status.st_mode);
	}
	return false;
}

bool tool_find(struct tool *tool, const char *name, const char *start)
{
	const char *path = getenv("PATH");

	*tool = (struct tool){.name = name};
	if (name[0] == '\0')
		return false;
	if (name[0] == '/')
		return has_tool(tool, "/", 1, start);
	if (strchr(name, '/') != NULL)
		return has_tool(tool, "", 0, start);
	while (path != NULL) {
		size_t length = strcspn(path, ":");
		if (has_tool(tool, path, length, start))
			return true;
		path = path[length] == ':' ? path + length + 1 : NULL;
	}
	return false;
}
