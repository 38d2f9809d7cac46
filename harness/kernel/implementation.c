/* An implementation is a folder of programs: where it is, what it lacks, which side each is on. */
#include "kernel/implementation.h"

#include "base/edit_distance.h"

#include <dirent.h>
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How many names a message has, and how many letters of a misspelt name may be wrong. */
#define NEAREST_SHOWN    3
#define MISSPELT_LETTERS 2

enum side program_side(const char *name)
{
	static const char *const endings[] = {"_client", "_sender", "_writer"};
	size_t length = strlen(name);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t tail = strlen(endings[i]);
		if (length > tail && strcmp(name + length - tail, endings[i]) == 0)
			return CLIENT;
	}
	return SERVER;
}

/* A link that leads nowhere counts as there: it was meant to be a program. */
bool implementation_lacks(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
		return false;
	return lstat(path, &status) != 0 && errno == ENOENT;
}

static bool is_executable(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	return snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path &&
	       stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

/* Names of executables, with the nearest first. */
struct names {
	char list[NEAREST_SHOWN][NAME_MAX + 1];
	size_t count;
};

static bool is_nearer(const char *a, const char *b, const char *name)
{
	size_t to_a = edit_distance(name, a), to_b = edit_distance(name, b);

	return to_a != to_b ? to_a < to_b : strcmp(a, b) < 0;
}

static void keep_name(struct names *names, const char *name, const char *wanted)
{
	size_t at = names->count;

	while (at > 0 && is_nearer(name, names->list[at - 1], wanted))
		at--;
	if (at == NEAREST_SHOWN)
		return;
	names->count += names->count < NEAREST_SHOWN;
	for (size_t i = names->count - 1; i > at; i--)
		memcpy(names->list[i], names->list[i - 1], sizeof names->list[i]);
	snprintf(names->list[at], sizeof names->list[at], "%s", name);
}

/* Finds the executables of the folder that are nearest to the name. Returns how many it has. */
static size_t find_nearest(struct names *names, const char *folder, const char *wanted)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;
	size_t total = 0;

	*names = (struct names){0};
	while (entries != NULL && (entry = readdir(entries)) != NULL) {
		if (!is_executable(folder, entry->d_name))
			continue;
		total++;
		keep_name(names, entry->d_name, wanted);
	}
	if (entries != NULL)
		closedir(entries);
	return total;
}

void implementation_nearest(struct buffer *out, const char *folder, const char *name)
{
	struct names names;
	size_t total = find_nearest(&names, folder, name);

	if (total == 0)
		buffer_printf(out, ", which has no executable");
	for (size_t i = 0; i < names.count; i++)
		buffer_printf(out, "%s%s", i == 0 ? "; nearest: " : ", ", names.list[i]);
	if (total > names.count)
		buffer_printf(out, " and %zu more", total - names.count);
}

enum absence implementation_explain(
	struct buffer *why, const char *folder, const char *name, const char *built_in)
{
	struct names names;

	find_nearest(&names, folder, name);
	buffer_printf(why, "%s: no such program in %s", name, folder);
	if (implementation_lacks(built_in, name)) {
		if (strcmp(folder, built_in) != 0)
			buffer_printf(why, ", nor is it a built-in one");
		implementation_nearest(why, folder, name);
		return UNKNOWN;
	}
	for (size_t i = 0; i < names.count; i++)
		if (edit_distance(name, names.list[i]) <= MISSPELT_LETTERS &&
			implementation_lacks(built_in, names.list[i])) {
			buffer_printf(why,
				", which has %s, the name of no program: is it misspelt?",
				names.list[i]);
			return MISSPELT;
		}
	implementation_nearest(why, folder, name);
	return NOT_WRITTEN;
}

bool implementation_has_any(const char *folder)
{
	struct names names;

	return access(folder, R_OK | X_OK) != 0 || find_nearest(&names, folder, "") > 0;
}

bool implementation_find(const char *folder, char out[PATH_MAX], struct error *error)
{
	struct stat status;

	if (realpath(folder, out) == NULL || stat(out, &status) != 0)
		return error_errno(error, "%s", folder);
	return S_ISDIR(status.st_mode) || error_set(error, "%s: not a folder", folder);
}

bool implementation_built_in(char out[PATH_MAX], struct error *error)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (length < 0)
		return error_errno(error, "readlink /proc/self/exe");
	self[length] = '\0';
	if (snprintf(out, PATH_MAX, "%s/impl", dirname(self)) >= PATH_MAX)
		return error_set(error, "the path to the programs is too long");
	return true;
}
