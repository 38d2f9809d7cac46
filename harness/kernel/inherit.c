/* What programs inherit, whatever wirecheck itself was started with. */
#include "kernel/inherit.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/resource.h>
#include <time.h>

extern char **environ;

/*
 * Set: texts are in UTF-8 and English, times in UTC, and a terminal has no more than lines, since
 * what is expected of one is text.
 */
static const char *const set[][2] = {{"LANG", "C.UTF-8"}, {"TZ", "UTC"}, {"TERM", "dumb"}};

/*
 * Unset: what directs look-ups, texts, times and the places of files elsewhere, what describes
 * another terminal, and what systemd says to the process that it started itself.
 */
static const char *const unset[] = {"LANGUAGE", "LOCPATH", "NLSPATH", "OUTPUT_CHARSET", "TZDIR",
	"TMPDIR", "TMP", "TEMP", "TEMPDIR", "XDG_RUNTIME_DIR", "HOSTALIASES", "LOCALDOMAIN",
	"RES_OPTIONS", "RESOLV_HOST_CONF", "RESOLV_MULTI", "RESOLV_REORDER",
	"RESOLV_ADD_TRIM_DOMAINS", "RESOLV_OVERRIDE_TRIM_DOMAINS", "GETCONF_DIR", "POSIXLY_CORRECT",
	"COLUMNS", "LINES", "COLORTERM", "FORCE_COLOR", "CLICOLOR_FORCE", "NOTIFY_SOCKET",
	"LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "WATCHDOG_PID", "WATCHDOG_USEC",
	"JOURNAL_STREAM"};

static bool is_unset(const char *name)
{
	size_t length = strlen(name);

	if (strncmp(name, "LC_", 3) == 0)
		return true;
	if (length > 6 && strcasecmp(name + length - 6, "_proxy") == 0)
		return true;
	for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
		if (strcmp(name, unset[i]) == 0)
			return true;
	return false;
}

static bool prepare_environment(struct error *error)
{
	char name[256];

	for (size_t i = 0; environ[i] != NULL;) {
		size_t length = strcspn(environ[i], "=");
		snprintf(name, sizeof name, "%.*s", (int)length, environ[i]);
		if (length == 0 || length >= sizeof name || !is_unset(name))
			i++;
		else if (unsetenv(name) != 0) /* what follows moves up */
			return error_errno(error, "unset %s", name);
	}
	for (size_t i = 0; i < sizeof set / sizeof *set; i++)
		if (setenv(set[i][0], set[i][1], 1) != 0)
			return error_errno(error, "set %s", set[i][0]);
	tzset();
	return true;
}

/* Of a resource: what programs have, and the most that they may ask for. */
struct limit {
	__rlimit_resource_t resource;
	rlim_t usual, most;
};

#define DESCRIPTORS 1024

static const struct limit limits[] = {
	{RLIMIT_NOFILE, DESCRIPTORS, 1048576},
	{RLIMIT_CORE, 0, RLIM_INFINITY},
	{RLIMIT_STACK, 8 << 20, RLIM_INFINITY},
	{RLIMIT_FSIZE, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_DATA, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_AS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_CPU, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_RSS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_LOCKS, RLIM_INFINITY, RLIM_INFINITY},
	{RLIMIT_MSGQUEUE, 819200, 819200},
	{RLIMIT_MEMLOCK, 8 << 20, 8 << 20},
};

static rlim_t at_most(rlim_t value, rlim_t bound)
{
	return value < bound ? value : bound; /* RLIM_INFINITY is the largest */
}

/* A limit that is lower than these, and that this process may not raise, stays. */
static bool prepare_limits(struct error *error)
{
	for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
		const struct limit *limit = &limits[i];
		struct rlimit own;
		if (getrlimit(limit->resource, &own) != 0)
			return error_errno(error, "getrlimit");
		own.rlim_max = at_most(limit->most, own.rlim_max);
		own.rlim_cur = at_most(limit->usual, own.rlim_max);
		if (setrlimit(limit->resource, &own) != 0)
			return error_errno(error, "setrlimit");
	}
	return true;
}

static bool set_descriptors(rlim_t count, struct error *error)
{
	struct rlimit own;

	if (getrlimit(RLIMIT_NOFILE, &own) != 0)
		return error_errno(error, "getrlimit");
	own.rlim_cur = at_most(count, own.rlim_max);
	return setrlimit(RLIMIT_NOFILE, &own) == 0 || error_errno(error, "setrlimit");
}

bool inherit_many_descriptors(struct error *error)
{
	return set_descriptors(16 * DESCRIPTORS, error);
}

bool inherit_usual_descriptors(struct error *error)
{
	return set_descriptors(DESCRIPTORS, error);
}

bool inherit_prepare(struct error *error)
{
	return prepare_environment(error) && prepare_limits(error) &&
	       inherit_many_descriptors(error);
}
