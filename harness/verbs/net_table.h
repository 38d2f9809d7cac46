/* Tables of sockets in /proc/net that are lines of text. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_NET_TABLE_H
#define WIRECHECK_NET_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Of how many lines of this table `is` says true, as it is now. Ends the case as BROKEN when it
 * cannot be read.
 */
size_t net_table_count(
	const char *path, bool (*is)(const char *line, const void *argument), const void *argument);

#endif
