/* Verbs by which a case itself judges, and what it says about its own course. */
#include "verbs/judging.h"

#include "base/cut.h"
#include "worker/context.h"

#include <stdarg.h>

/* Bytes of a text that a case gives; a longer one is cut. */
#define TEXT_MAXIMUM 4096

/* Ends the case with a verdict and the text of a verb's arguments. */
_Noreturn static void end(const struct place *place, enum verdict verdict, const char *text)
{
	context_at(place);
	case_over(verdict, "%s", text);
}

void case_skip(const struct place *place, const char *form, ...)
{
	char text[TEXT_MAXIMUM];
	va_list arguments;

	va_start(arguments, form);
	cut_vprint(text, sizeof text, form, arguments);
	va_end(arguments);
	end(place, SKIP, text);
}

void case_broken(const struct place *place, const char *form, ...)
{
	char text[TEXT_MAXIMUM];
	va_list arguments;

	va_start(arguments, form);
	cut_vprint(text, sizeof text, form, arguments);
	va_end(arguments);
	end(place, BROKEN, text);
}

void case_step(const struct place *place, const char *form, ...)
{
	va_list arguments;

	context_at(place);
	va_start(arguments, form);
	cut_vprint(context.step, sizeof context.step, form, arguments);
	va_end(arguments);
}
