/* Runs what the command line asks for. */
#include "arguments.h"
#include "select.h"
#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool complain(const struct error *error)
{
	fprintf(stderr, "wirecheck: %s\n", error->text);
	return false;
}

/*
 * Where a standard stream is closed, the first file that is opened would get its number, and what
 * is printed would go there. What stands in for it cannot be written to, as before.
 */
static bool fill_standard_streams(struct error *error)
{
	for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != stream)
			return error_errno(error, "open /dev/null");
	return true;
}

/* A verdict that nobody could read is none. */
static int status_when_written(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "wirecheck: standard output could not be written\n");
	return status > EXIT_BROKEN ? status : EXIT_BROKEN;
}

static int list_cases(const struct case_info *const cases[], size_t count)
{
	int width = 0;

	for (size_t i = 0; i < count; i++)
		if ((int)strlen(cases[i]->name) > width)
			width = (int)strlen(cases[i]->name);
	for (size_t i = 0; i < count; i++)
		printf("%-*s  %s\n%-*s  [%s]\n", width, cases[i]->name, cases[i]->proves, width, "",
			cases[i]->clause);
	return EXIT_PASSED;
}

/* The demos are built into a folder beside the command. */
static bool default_programs(char out[PATH_MAX], struct error *error)
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

static bool absolute_folder(const char *folder, char out[PATH_MAX], struct error *error)
{
	struct stat status;

	if (realpath(folder, out) == NULL || stat(out, &status) != 0)
		return error_errno(error, "%s", folder);
	return S_ISDIR(status.st_mode) || error_set(error, "%s: not a folder", folder);
}

/* Makes the folder if it is not there and writes a file in it, for permissions alone do not tell.
 */
static bool writable_folder(const char *folder, char out[PATH_MAX], struct error *error)
{
	char probe[PATH_MAX + 16];

	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		return error_errno(error, "captures folder %s", folder);
	if (!absolute_folder(folder, out, error))
		return false;
	snprintf(probe, sizeof probe, "%s/.probe.XXXXXX", out);
	int file = mkstemp(probe);
	if (file < 0)
		return error_errno(error, "captures folder %s cannot be written", folder);
	close(file);
	unlink(probe);
	return true;
}

static bool make_scratch(char out[PATH_MAX], struct error *error)
{
	const char *parent = getenv("TMPDIR");

	if (parent == NULL || *parent == '\0')
		parent = "/tmp";
	snprintf(out, PATH_MAX, "%s/wirecheck.XXXXXX", parent);
	if (mkdtemp(out) != NULL)
		return true;
	error_errno(error, "make a scratch folder in %s", parent);
	out[0] = '\0';
	return false;
}

static bool check_sandbox(const struct settings *settings, struct error *error)
{
	struct error cause;

	if (!settings->isolated || sandbox_prepare(settings->scratch, &cause))
		return true;
	return error_set(error,
		"no sandbox here: %s. Allow user namespaces (Ubuntu: sysctl "
		"kernel.apparmor_restrict_unprivileged_userns=0; a container: --security-opt "
		"seccomp=unconfined; elsewhere: sysctl user.max_user_namespaces), or use "
		"--no-sandbox",
		cause.text);
}

static FILE *open_json(const char *path, struct error *error)
{
	FILE *json = NULL;

	if (strcmp(path, "-") != 0) {
		json = fopen(path, "we");
	} else {
		/* Standard output is for the tool alone. */
		int copy = dup(STDOUT_FILENO);
		json = copy < 0 ? NULL : fdopen(copy, "w");
		if (json != NULL && freopen("/dev/null", "w", stdout) == NULL)
			json = NULL;
	}
	if (json == NULL)
		error_errno(error, "write JSON to %s", path);
	return json;
}

static int exit_status(const struct progress *progress)
{
	if (schedule_signal() != 0)
		return 128 + schedule_signal();
	if (progress->counts[BROKEN] > 0 || progress->unable > 0)
		return EXIT_BROKEN;
	return progress->counts[FAIL] > 0 ? EXIT_FAILED : EXIT_PASSED;
}

/* Runs the cases and returns the exit status. */
static int run_cases(const struct arguments *arguments, const struct settings *settings,
	const struct case_info *const cases[], size_t count, FILE *json)
{
	struct schedule schedule = {.verdicts = {-1, -1}};
	struct progress progress;
	struct error error;
	int64_t began = monotonic_now();

	progress_begin(&progress, json, arguments->verbose, count * arguments->repeat);
	bool ran = schedule_open(&schedule, settings, cases, count, arguments->repeat,
			   arguments->jobs, &error) &&
		   suite_run(&schedule, &progress, &error);
	schedule_close(&schedule);
	progress_end(&progress, (double)(monotonic_now() - began) / 1e9);
	if (!ran) {
		complain(&error);
		return EXIT_BROKEN;
	}
	return exit_status(&progress);
}

/* Closes it, and tells when something of it could not be written. */
static int close_json(FILE *json, int status)
{
	bool failed = ferror(json) != 0;

	if (fclose(json) == 0 && !failed)
		return status;
	fprintf(stderr, "wirecheck: the JSON could not be written\n");
	return status > EXIT_BROKEN ? status : EXIT_BROKEN;
}

static void remove_scratch(const struct settings *settings)
{
	struct error error;

	if (settings->scratch[0] == '\0')
		return;
	if (!settings->isolated && !sandbox_empty_scratch(settings->scratch, &error))
		complain(&error);
	if (rmdir(settings->scratch) != 0)
		perror(settings->scratch);
}

static int run_selected(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count)
{
	char programs[PATH_MAX], captures[PATH_MAX], scratch[PATH_MAX] = "";
	struct settings settings = {
		.wait_limit = (int64_t)(arguments->timeout * 1e9),
		.case_limit = (int64_t)(arguments->case_timeout * 1e9),
		.programs = programs,
		.captures = captures,
		.scratch = scratch,
		.isolated = !arguments->no_sandbox,
	};
	struct error error;
	FILE *json = NULL;
	int status = EXIT_BROKEN;

	bool ready =
		schedule_catch_signals(&error) &&
		(arguments->programs != NULL
				? absolute_folder(arguments->programs, programs, &error)
				: default_programs(programs, &error)) &&
		writable_folder(arguments->captures, captures, &error) &&
		make_scratch(scratch, &error) && check_sandbox(&settings, &error) &&
		(arguments->json == NULL || (json = open_json(arguments->json, &error)) != NULL);
	if (ready)
		status = run_cases(arguments, &settings, cases, count, json);
	else
		complain(&error);
	if (json != NULL)
		status = close_json(json, status);
	remove_scratch(&settings);
	return status;
}

/* Does what the command line asks for and returns the exit status. */
static int obey(const struct arguments *arguments)
{
	const struct case_info *const *cases;
	const struct case_info **picked;
	size_t case_count;
	struct buffer complaint;
	struct error error;
	int status = EXIT_BROKEN;

	if (!suite_cases(&cases, &case_count, &error)) {
		complain(&error);
		return EXIT_BROKEN;
	}
	picked = calloc(case_count + 1, sizeof *picked);
	if (picked == NULL) {
		perror("wirecheck");
		return EXIT_BROKEN;
	}
	buffer_init(&complaint, 4096);
	long selected = select_cases(cases, case_count, arguments->patterns, picked, &complaint);
	if (selected < 0)
		fprintf(stderr, "wirecheck: %s\n", buffer_text(&complaint));
	else if (arguments->list)
		status = list_cases(picked, (size_t)selected);
	else
		status = run_selected(arguments, picked, (size_t)selected);
	buffer_free(&complaint);
	free(picked);
	return status;
}

int main(int count, char *texts[])
{
	struct arguments arguments;
	struct error error;

	if (!fill_standard_streams(&error)) {
		complain(&error);
		return EXIT_BROKEN;
	}
	int status = arguments_parse(&arguments, count, texts);
	if (status < 0)
		status = obey(&arguments);
	return status_when_written(status);
}
