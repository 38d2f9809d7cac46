/* The environment variables that programs inherit, whatever wirecheck itself was started with. */
#include "kernel/environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

extern char **environ;

/*
 * Variables that are set: texts are in UTF-8 and in English, and times are in UTC. A terminal can
 * only show lines, because cases expect text from it.
 */
static const char *const set[][2] = {{"LANG", "C.UTF-8"}, {"TZ", "UTC"}, {"TERM", "dumb"}};

/*
 * Variables that are removed. Some of them direct name look-ups, texts, times or files elsewhere.
 * Some describe another terminal. Some are what systemd says to a process that it started itself.
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

bool environment_prepare(struct error *error)
{
	char name[256];

	for (size_t i = 0; environ[i] != NULL;) {
		size_t length = strcspn(environ[i], "=");
		snprintf(name, sizeof name, "%.*s", (int)length, environ[i]);
		if (length == 0 || length >= sizeof name || !is_unset(name))
			i++;
		else if (unsetenv(name) != 0) /* the next ones move up */
			return error_errno(error, "unset %s", name);
	}
	for (size_t i = 0; i < sizeof set / sizeof *set; i++)
		if (setenv(set[i][0], set[i][1], 1) != 0)
			return error_errno(error, "set %s", set[i][0]);
	tzset();
	return true;
}
