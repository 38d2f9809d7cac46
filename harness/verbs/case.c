/* The register of cases: what the case files that are linked in have declared. */
#include "verbs/case.h"

#include "base/array.h"
#include "verbs/case_register.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Filled by constructors, before main. */
static const struct case_info **declared;
static size_t declared_count, declared_capacity;
static bool out_of_memory;

/* The part of a case file's path after the last cases/ folder: tcp/hello.c. */
static const char *path_in_cases(const char *file)
{
	static const char folder[] = "cases/";
	const char *path = file;

	for (const char *found = strstr(file, folder); found != NULL;
		found = strstr(found + 1, folder))
		if (found == file || found[-1] == '/') /* and not edge_cases/ */
			path = found + strlen(folder);
	return path;
}

/* cases/tcp/hello.c has the case tcp/hello, or tcp/NAME where the case has a name of its own. */
static char *full_name(const char *file, const char *own)
{
	const char *path = path_in_cases(file), *slash = strrchr(path, '/');
	size_t folder = slash != NULL ? (size_t)(slash + 1 - path) : 0;
	size_t length = strlen(path);
	char *name = NULL;

	if (own != NULL)
		return asprintf(&name, "%.*s%s", (int)folder, path, own) < 0 ? NULL : name;
	if (length > 2 && strcmp(path + length - 2, ".c") == 0)
		length -= 2;
	return strndup(path, length);
}

void case_declare(const struct case_info *info)
{
	const struct case_info **larger =
		array_grow(declared, &declared_capacity, declared_count, sizeof *declared);
	struct case_info *copy = malloc(sizeof *copy);
	char *name = full_name(info->file, info->name);

	if (larger != NULL)
		declared = larger;
	if (larger == NULL || copy == NULL || name == NULL) {
		out_of_memory = true;
		free(copy);
		free(name);
		return;
	}
	*copy = *info;
	copy->name = name;
	copy->proves = info->proves != NULL ? info->proves : "";
	copy->clause = info->clause != NULL ? info->clause : "";
	declared[declared_count++] = copy;
}

#define OWN_OR_COMMON(field) .field = own->field != 0 ? own->field : common->field

void case_declare_row(const struct case_info *common, const struct case_info *own, const void *row)
{
	const struct case_info info = {
		OWN_OR_COMMON(name),
		OWN_OR_COMMON(proves),
		OWN_OR_COMMON(clause),
		OWN_OR_COMMON(needs_ipv6),
		OWN_OR_COMMON(needs_unprivileged),
		OWN_OR_COMMON(needs_family),
		OWN_OR_COMMON(needs_protocol),
		OWN_OR_COMMON(needs_tool),
		OWN_OR_COMMON(least_linux),
		OWN_OR_COMMON(patience),
		OWN_OR_COMMON(ring_mib),
		.file = common->file,
		.line = common->line,
		.body = common->body,
		.row = row,
	};

	case_declare(&info);
}

bool cases_declared(const struct case_info ***cases, size_t *count)
{
	*cases = declared;
	*count = declared_count;
	return !out_of_memory;
}
