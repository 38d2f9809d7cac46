/* The last verdict of each case, kept between runs in a file of the captures folder. */
#include "command/verdicts.h"

#include "base/array.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* More lines than there are cases; what a file has beyond them is left out. */
#define LINES_MAXIMUM 65536

static struct verdict_line *find(const struct verdicts *verdicts, const char *name)
{
	for (size_t i = 0; i < verdicts->count; i++)
		if (strcmp(verdicts->list[i].name, name) == 0)
			return &verdicts->list[i];
	return NULL;
}

static struct verdict_line *add(struct verdicts *verdicts, const char *name)
{
	struct verdict_line *larger =
		array_grow(verdicts->list, &verdicts->capacity, verdicts->count, sizeof *larger);

	if (larger == NULL)
		return NULL;
	verdicts->list = larger;
	struct verdict_line *line = &verdicts->list[verdicts->count];
	line->name = strdup(name);
	if (line->name == NULL)
		return NULL;
	verdicts->count++;
	return line;
}

bool verdicts_set(struct verdicts *verdicts, const char *name, enum verdict verdict)
{
	struct verdict_line *line = find(verdicts, name);

	if (line == NULL)
		line = add(verdicts, name);
	if (line != NULL)
		line->verdict = verdict;
	return line != NULL;
}

enum verdict verdicts_find(const struct verdicts *verdicts, const char *name)
{
	const struct verdict_line *line = find(verdicts, name);

	return line != NULL ? line->verdict : PENDING;
}

static bool take_line(struct verdicts *verdicts, char *text)
{
	char *tab = strchr(text, '\t');

	if (tab == NULL || verdicts->count == LINES_MAXIMUM)
		return true;
	*tab = '\0';
	tab[1 + strcspn(tab + 1, "\n")] = '\0';
	for (enum verdict verdict = PASS; verdict <= SKIP; verdict++)
		if (strcmp(tab + 1, verdict_name(verdict)) == 0)
			return verdicts_set(verdicts, text, verdict);
	return true;
}

bool verdicts_read(struct verdicts *verdicts, const char *folder, struct error *error)
{
	char path[PATH_MAX], text[PATH_MAX];
	bool taken = true;

	snprintf(path, sizeof path, "%s/" VERDICTS_FILE, folder);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		return errno == ENOENT || error_errno(error, "%s", path);
	while (taken && fgets(text, sizeof text, file) != NULL)
		taken = take_line(verdicts, text);
	bool whole = taken && ferror(file) == 0;
	if (!whole)
		error_errno(error, "read %s", path);
	fclose(file);
	return whole;
}

static int by_name(const void *a, const void *b)
{
	const struct verdict_line *left = a, *right = b;

	return strcmp(left->name, right->name);
}

static bool write_file(const struct verdicts *verdicts, const char *path, struct error *error)
{
	FILE *file = fopen(path, "we");

	if (file == NULL)
		return error_errno(error, "%s", path);
	for (size_t i = 0; i < verdicts->count; i++)
		fprintf(file, "%s\t%s\n", verdicts->list[i].name,
			verdict_name(verdicts->list[i].verdict));
	bool failed = ferror(file) != 0;
	failed |= fclose(file) != 0;
	return !failed || error_errno(error, "write %s", path);
}

/* The caller has locked the folder: nobody else writes between the reading and the writing. */
static bool merge(const struct verdicts *verdicts, const char *folder, struct error *error)
{
	char path[PATH_MAX + 32], part[PATH_MAX + 32];
	struct verdicts all = {0};

	snprintf(path, sizeof path, "%s/" VERDICTS_FILE, folder);
	snprintf(part, sizeof part, "%s/" VERDICTS_FILE ".part", folder);
	bool merged = verdicts_read(&all, folder, error);
	for (size_t i = 0; merged && i < verdicts->count; i++)
		merged = verdicts_set(&all, verdicts->list[i].name, verdicts->list[i].verdict) ||
			 error_errno(error, "memory for verdicts");
	if (merged && all.count > 0)
		qsort(all.list, all.count, sizeof *all.list, by_name);
	merged = merged && write_file(&all, part, error);
	if (merged && rename(part, path) != 0)
		merged = error_errno(error, "rename %s", part);
	if (!merged)
		unlink(part);
	verdicts_free(&all);
	return merged;
}

bool verdicts_keep(const struct verdicts *verdicts, const char *folder, struct error *error)
{
	if (verdicts->count == 0)
		return true;
	int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock < 0)
		return error_errno(error, "%s", folder);
	bool kept = flock(lock, LOCK_EX) == 0 ? merge(verdicts, folder, error)
					      : error_errno(error, "lock %s", folder);
	close(lock);
	return kept;
}

void verdicts_free(struct verdicts *verdicts)
{
	for (size_t i = 0; i < verdicts->count; i++)
		free(verdicts->list[i].name);
	free(verdicts->list);
	*verdicts = (struct verdicts){0};
}
