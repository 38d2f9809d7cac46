/* Tables of sockets in /proc/net that are lines of text. */
#include "verbs/net_table.h"

#include "worker/context.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

size_t net_table_count(
	const char *path, bool (*is)(const char *line, const void *argument), const void *argument)
{
	char line[512];
	size_t count = 0;
	FILE *table = fopen(path, "re");

	if (table == NULL)
		case_over(BROKEN, "open %s: %s", path, strerror(errno));
	while (fgets(line, sizeof line, table) != NULL)
		count += is(line, argument);
	bool failed = ferror(table) != 0;
	fclose(table);
	if (failed)
		case_over(BROKEN, "read %s: it failed", path);
	return count;
}
