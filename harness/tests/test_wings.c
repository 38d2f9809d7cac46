/* The wings of the harness: files include their own wing and those below, and all have a test. */
#include "command.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* From the bottom up; the README of harness/ says what each is about. */
static const char *const wings[] = {"base", "wire", "kernel", "worker", "verbs", "command"};

#define WINGS (sizeof wings / sizeof *wings)

/* The number of the wing that a path begins with; WINGS: none of them. */
static size_t wing_of(const char *path)
{
	size_t i = 0;

	while (i < WINGS &&
		(strncmp(path, wings[i], strlen(wings[i])) != 0 || path[strlen(wings[i])] != '/'))
		i++;
	return i;
}

/* Fails, with the offender's name, unless a line of a file includes what the file may know. */
static void check_line(const char *file, size_t wing, const char *line)
{
	char included[256], offence[2048];

	if (sscanf(line, "#include \"%255[^\"]\"", included) != 1)
		return;
	snprintf(offence, sizeof offence, "%s includes %s", file, included);
	if (wing_of(included) > wing)
		ASSERT_TEXT(offence, "only its own wing and those below");
}

/* Returns how many lines the file has. */
static size_t check_file(const char *file, size_t wing)
{
	char path[8192], line[1024];
	size_t lines = 0;

	snprintf(path, sizeof path, "%s/harness/%s", source_folder(), file);
	FILE *stream = fopen(path, "re");
	CU_ASSERT_FATAL(stream != NULL);
	for (; fgets(line, sizeof line, stream) != NULL; lines++)
		check_line(file, wing, line);
	fclose(stream);
	return lines;
}

TEST(includes_go_down)
{
	for (size_t wing = 0; wing < WINGS; wing++) {
		char path[8192], file[1024];
		const struct dirent *entry;
		size_t lines = 0;

		snprintf(path, sizeof path, "%s/harness/%s", source_folder(), wings[wing]);
		DIR *folder = opendir(path);
		CU_ASSERT_FATAL(folder != NULL);
		while ((entry = readdir(folder)) != NULL) {
			snprintf(file, sizeof file, "%s/%s", wings[wing], entry->d_name);
			if (entry->d_name[0] != '.')
				lines += check_file(file, wing);
		}
		closedir(folder);
		CU_ASSERT(lines > 100);
	}
}

/* A file beside the wings would be in none of them. */
TEST(every_file_is_in_a_wing)
{
	char path[8192];
	const struct dirent *entry;

	snprintf(path, sizeof path, "%s/harness", source_folder());
	DIR *folder = opendir(path);
	CU_ASSERT_FATAL(folder != NULL);
	while ((entry = readdir(folder)) != NULL) {
		const char *end = strrchr(entry->d_name, '.');
		if (end != NULL && (strcmp(end, ".c") == 0 || strcmp(end, ".h") == 0))
			ASSERT_TEXT(entry->d_name, "in a wing");
	}
	closedir(folder);
}

/* The file with a module's contract: its header. A format of reports has none of its own. */
static FILE *open_contract(const char *wing, const char *module)
{
	char path[8192];

	snprintf(path, sizeof path, "%s/harness/%s/%s.h", source_folder(), wing, module);
	if (access(path, F_OK) != 0)
		snprintf(path, sizeof path, "%s/harness/%s/%s.c", source_folder(), wing, module);
	return fopen(path, "re");
}

/* Whether the header of a module says by "Tested by test_NAME.c" which test covers it. */
static bool names_its_test(const char *wing, const char *module)
{
	char path[8192], line[1024], test[256] = "";
	FILE *stream = open_contract(wing, module);

	while (stream != NULL && test[0] == '\0' && fgets(line, sizeof line, stream) != NULL) {
		const char *says = strstr(line, "Tested by test_");
		if (says != NULL && sscanf(says, "Tested by %255[a-z0-9_.]", test) != 1)
			break;
	}
	if (stream != NULL)
		fclose(stream);
	test[strcspn(test, ".")] = '\0';
	snprintf(path, sizeof path, "%s/harness/tests/%s.c", source_folder(), test);
	return test[0] != '\0' && access(path, F_OK) == 0;
}

/* A module is a file of C. Fails, with its name, when nothing tests it. */
static void check_module(const char *wing, const char *file)
{
	char path[8192], module[256];
	size_t length = strlen(file);

	if (length < 3 || length > sizeof module || strcmp(file + length - 2, ".c") != 0)
		return;
	snprintf(module, sizeof module, "%.*s", (int)length - 2, file);
	if (strcmp(module, "main") == 0) /* each run of the command is a test of it */
		return;
	snprintf(path, sizeof path, "%s/harness/tests/test_%s.c", source_folder(), module);
	if (access(path, F_OK) != 0 && !names_its_test(wing, module))
		ASSERT_TEXT(module, "has a test of its name, or a header that names its test");
}

TEST(each_module_has_a_test)
{
	for (size_t wing = 0; wing < WINGS; wing++) {
		char path[8192];
		const struct dirent *entry;

		snprintf(path, sizeof path, "%s/harness/%s", source_folder(), wings[wing]);
		DIR *folder = opendir(path);
		CU_ASSERT_FATAL(folder != NULL);
		while ((entry = readdir(folder)) != NULL)
			check_module(wings[wing], entry->d_name);
		closedir(folder);
	}
}
