/* An error with its cause, handed up to the caller that can act on it. */
#include "base/error.h"

#include "base/cut.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool error_set(struct error *error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	cut_vprint(error->text, sizeof error->text, format, arguments);
	va_end(arguments);
	return false;
}

bool error_errno(struct error *error, const char *format, ...)
{
	const char *cause = strerror(errno);
	size_t room = sizeof error->text - strlen(": ") - strlen(cause);
	va_list arguments;

	va_start(arguments, format);
	cut_vprint(error->text, room, format, arguments);
	va_end(arguments);

	size_t used = strlen(error->text);
	snprintf(error->text + used, sizeof error->text - used, ": %s", cause);
	return false;
}
