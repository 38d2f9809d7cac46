/* The formats in which a run is reported, behind one interface: how one is begun and ended. */
#include "command/reporter.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FORMAT_ADDRESS(name) &name##_format,
const struct format *const file_formats[FILE_FORMAT_COUNT] = {FILE_FORMATS(FORMAT_ADDRESS)};

/*
 * Opens a file to write. To open a pipe waits until somebody reads it, and a signal that asks to
 * stop ends that: it is let in meanwhile.
 */
static FILE *open_named(const char *path)
{
	sigset_t none, blocked;

	sigemptyset(&none);
	if (sigprocmask(SIG_SETMASK, &none, &blocked) != 0)
		return NULL;
	FILE *file = fopen(path, "we");
	int cause = errno;
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	errno = cause;
	return file;
}

/* Standard output is duplicated, so that each reporter of a file closes one of its own. */
static FILE *open_file(const char *path)
{
	if (strcmp(path, "-") != 0)
		return open_named(path);
	int copy = dup(STDOUT_FILENO);
	FILE *file = copy < 0 ? NULL : fdopen(copy, "w");
	if (file == NULL && copy >= 0)
		close(copy);
	return file;
}

/* Gives back all that the reporter has. False when what was written did not arrive. */
static bool release(struct reporter *reporter)
{
	bool written = ferror(reporter->out) == 0;

	if (reporter->format->option != NULL)
		written = fclose(reporter->out) == 0 && written;
	free(reporter->state);
	*reporter = (struct reporter){0};
	return written;
}

static bool begin(struct reporter *reporter, struct error *error)
{
	const struct format *format = reporter->format;

	if (format->state_size > 0)
		reporter->state = calloc(1, format->state_size);
	bool opened = format->state_size == 0 || reporter->state != NULL ||
		      error_errno(error, "memory for %s", format->name);
	opened = opened && (format->open == NULL || format->open(reporter, error));
	if (!opened)
		(void)release(reporter); /* the error says what came first */
	return opened;
}

bool reporter_open(struct reporter *reporter, const struct format *format, const char *path,
	const struct plan *plan, struct error *error)
{
	*reporter = (struct reporter){.format = format, .plan = plan, .out = open_file(path)};
	if (reporter->out == NULL)
		return error_errno(error, "write %s to %s", format->name, path);
	return begin(reporter, error);
}

bool reporter_open_screen(struct reporter *reporter, const struct plan *plan, struct error *error)
{
	const struct format *format = isatty(STDOUT_FILENO) == 1 ? &terminal_format : &lines_format;

	*reporter = (struct reporter){.format = format, .plan = plan, .out = stdout};
	return begin(reporter, error);
}

bool reporter_close(struct reporter *reporter, struct error *error)
{
	const struct format *format = reporter->format;

	if (format->close != NULL)
		format->close(reporter);
	bool failed = reporter->failed;
	bool written = release(reporter) && !failed;
	return written || format->option == NULL ||
	       error_set(error, "the %s could not be written", format->name);
}

const char *reporter_run_suffix(unsigned run, char out[RUN_SUFFIX])
{
	out[0] = '\0';
	if (run > 1)
		snprintf(out, RUN_SUFFIX, " (run %u)", run);
	return out;
}
