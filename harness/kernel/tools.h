/* Where this machine has a tool: an executable that is not under test, curl for instance. */
#ifndef WIRECHECK_TOOLS_H
#define WIRECHECK_TOOLS_H

#include <limits.h>
#include <stdbool.h>

/* Where a tool was looked for, and what was found. */
struct tool {
	const char *name;
	char folder[PATH_MAX];   /* the name is relative to it */
	char unusable[PATH_MAX]; /* what has that name and cannot be executed; or empty */
	bool is_folder;          /* that is a folder */
};

/*
 * Looks for a tool as a shell does (POSIX XBD 8.3): a name with a slash is a path, and any other is
 * looked for in PATH. Relative paths begin at the folder `start`. False when there is none.
 */
bool tool_find(struct tool *tool, const char *name, const char *start);

#endif
