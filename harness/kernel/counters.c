/* The kernel's counters of IP, TCP, UDP and ICMP: of RFC 1213, RFC 4022, RFC 4113, and Linux's. */
#include "kernel/counters.h"

#include "kernel/proc.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool read_text(const char *path, char *text, size_t size, struct error *error)
{
	if (!proc_read(AT_FDCWD, path, text, size))
		return error_errno(error, "read %s", path);
	return strlen(text) < size - 1 ||
	       error_set(error, "%s is longer than %zu bytes", path, size);
}

bool counters_read(struct counters *counters, struct error *error)
{
	return read_text("/proc/net/snmp", counters->snmp, sizeof counters->snmp, error) &&
	       read_text("/proc/net/netstat", counters->netstat, sizeof counters->netstat, error);
}

/* Moves to the next word of a line and returns its length; 0 at the end of the line. */
static size_t next_word(const char **at)
{
	*at += strspn(*at, " ");
	return strcspn(*at, " \n");
}

/* Goes through a line of names and a line of values at the same time. */
static bool find_value(const char *names, const char *values, const char *name, int64_t *value)
{
	size_t length, value_length;

	while ((length = next_word(&names)) > 0 && (value_length = next_word(&values)) > 0) {
		if (length == strlen(name) && strncmp(names, name, length) == 0)
			return sscanf(values, "%" SCNd64, value) == 1;
		names += length;
		values += value_length;
	}
	return false;
}

/* Each group has two lines that begin with its name and a colon: first names, then values. */
static bool find_counter(const char *text, const char *group, const char *name, int64_t *value)
{
	size_t length = strlen(group);
	const char *names = NULL;

	for (const char *line = text; *line != '\0';) {
		if (strncmp(line, group, length) == 0 && line[length] == ':') {
			const char *rest = line + length + 1;
			if (names != NULL)
				return find_value(names, rest, name, value);
			names = rest;
		}
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
	return false;
}

bool counters_get(
	const struct counters *counters, const char *group, const char *name, int64_t *value)
{
	return find_counter(counters->snmp, group, name, value) ||
	       find_counter(counters->netstat, group, name, value);
}
