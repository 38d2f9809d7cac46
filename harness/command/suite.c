/* The suite: all cases that were declared, by name. */
#include "command/suite.h"

#include "command/case_name.h"
#include "verbs/case_register.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
	const struct case_info *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error)
{
	const struct case_info **declared;

	if (!cases_declared(&declared, count))
		return error_set(error, "no memory for the list of cases");
	if (*count > 0)
		qsort(declared, *count, sizeof *declared, by_name);
	for (size_t i = 0; i < *count; i++) {
		const struct case_info *info = declared[i];
		const char *problem = case_name_problem(info->name);
		if (problem != NULL)
			return error_set(error, "%s:%d: \"%s\" cannot be the name of a case: %s",
				info->file, info->line, info->name, problem);
	}
	for (size_t i = 1; i < *count; i++)
		if (strcmp(declared[i - 1]->name, declared[i]->name) == 0)
			return error_set(error,
				"two cases are named %s: %s:%d and %s:%d; give one a .name",
				declared[i]->name, declared[i - 1]->file, declared[i - 1]->line,
				declared[i]->file, declared[i]->line);
	*cases = declared;
	return true;
}
