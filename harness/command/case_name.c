/* Which names a case can have: captures, reports and globs are made of them. */
#include "command/case_name.h"

#include <stdbool.h>
#include <string.h>

/* With its folders; a capture's name has more: the number of a run, and how the file's name ends.
 */
#define NAME_MAXIMUM 200

static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+./";

/* "hello.2" would have the capture of the second run of "hello". */
static bool ends_like_a_run(const char *name)
{
	const char *point = strrchr(name, '.');

	return point != NULL && point[1] != '\0' &&
	       strspn(point + 1, "0123456789") == strlen(point + 1);
}

/* Whether a part between slashes is empty or begins with a point: both lead elsewhere. */
static bool has_bad_part(const char *name)
{
	for (;;) {
		size_t length = strcspn(name, "/");
		if (length == 0 || *name == '.')
			return true;
		if (name[length] == '\0')
			return false;
		name += length + 1;
	}
}

const char *case_name_problem(const char *name)
{
	if (strlen(name) > NAME_MAXIMUM)
		return "it is longer than 200 bytes";
	if (name[strspn(name, allowed)] != '\0')
		return "it has a byte that is no letter or digit of ASCII and none of _ - + . /";
	if (has_bad_part(name))
		return "a part of it is empty or begins with a point";
	if (ends_like_a_run(name))
		return "it ends like the capture of a run: in a point and a number";
	return NULL;
}
