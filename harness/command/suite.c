/* The suite: the cases that registered themselves. */
#include "command/suite.h"

#include "verbs/wirecheck.h"

#include <stdlib.h>
#include <string.h>

/* Filled before main, by the constructors of the cases. */
static const struct case_info **registered;
static size_t registered_count;
static bool out_of_memory;

/* cases/tcp/hello.c is the case tcp/hello. */
static char *name_of(const char *file)
{
	static const char folder[] = "cases/";
	const char *name = file;

	for (const char *found = strstr(file, folder); found != NULL;
		found = strstr(found + 1, folder))
		name = found + strlen(folder);
	size_t length = strlen(name);
	if (length > 2 && strcmp(name + length - 2, ".c") == 0)
		length -= 2;
	return strndup(name, length);
}

void suite_register(struct case_info *info)
{
	const struct case_info **larger =
		realloc(registered, (registered_count + 1) * sizeof *registered);

	info->name = name_of(info->file);
	if (larger == NULL || info->name == NULL) {
		out_of_memory = true;
		return;
	}
	registered = larger;
	registered[registered_count++] = info;
}

static int by_name(const void *a, const void *b)
{
	const struct case_info *const *left = a, *const *right = b;

	return strcmp((*left)->name, (*right)->name);
}

bool suite_cases(const struct case_info *const **cases, size_t *count, struct error *error)
{
	if (out_of_memory)
		return error_set(error, "no memory for the register of cases");
	if (registered_count > 0)
		qsort(registered, registered_count, sizeof *registered, by_name);
	for (size_t i = 1; i < registered_count; i++)
		if (strcmp(registered[i - 1]->name, registered[i]->name) == 0)
			return error_set(error, "two cases are named %s", registered[i]->name);
	*cases = registered;
	*count = registered_count;
	return true;
}
