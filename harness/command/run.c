/* Runs the selected cases, once or for each cell of a matrix, and tells how it went. */
#include "command/run.h"

#include "command/matrix.h"
#include "command/suite.h"
#include "kernel/environment.h"
#include "kernel/folders.h"
#include "kernel/implementation.h"
#include "kernel/resource_limits.h"
#include "kernel/scratch.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All that a run has open or made. */
struct run {
	const struct arguments *arguments;
	const struct case_info *const *cases;
	size_t count;
	struct settings settings;
	char programs[2][PATH_MAX]; /* by enum side; a matrix has its own */
	char built_in[PATH_MAX], started_in[PATH_MAX];
	char captures[PATH_MAX], cell_captures[PATH_MAX], scratch[PATH_MAX];
	struct matrix *matrix; /* NULL: a plain run */
	FILE *json;            /* NULL: none is wanted */
	struct junit junit;    /* without a file: none is wanted */
	int64_t began;
	bool asked[2], found[2]; /* by enum side: programs that cases asked for, those there */
	size_t unable;           /* skipped because this machine does not let wirecheck capture */
	bool failed;             /* the harness itself, which standard error has been told of */
};

static bool complain(struct run *run, const struct error *error)
{
	fprintf(stderr, "wirecheck: %s\n", error->text);
	run->failed = true;
	return false;
}

/* Makes the folder if it is not there and writes a file in it, for permissions alone do not tell.
 */
static bool writable_folder(const char *folder, char out[PATH_MAX], struct error *error)
{
	char probe[PATH_MAX + 16];

	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		return error_errno(error, "captures folder %s", folder);
	if (!implementation_find(folder, out, error))
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

	return scratch_make(parent == NULL || *parent == '\0' ? "/tmp" : parent, out, error);
}

/* Where variables of the environment say that programs, and what they load, are. */
static bool keep_environment(struct error *error)
{
	static const char *const names[] = {"PATH", "HOME", "LD_LIBRARY_PATH", "LD_PRELOAD",
		"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "NODE_PATH", "JAVA_HOME", "CLASSPATH",
		"PERL5LIB", "RUBYLIB", "GEM_HOME", "GEM_PATH", "GOROOT", "GOPATH", "DOTNET_ROOT",
		"TCLLIBPATH", "LUA_PATH", "ERL_LIBS"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!folders_keep_list(getenv(names[i]), error))
			return false;
	return true;
}

static bool keep_programs(const struct run *run, struct error *error)
{
	if (run->matrix == NULL)
		return folders_keep_programs(run->programs[SERVER], error) &&
		       folders_keep_programs(run->programs[CLIENT], error);
	for (size_t i = 0; i < run->matrix->count; i++)
		if (!folders_keep_programs(run->matrix->members[i].folder, error))
			return false;
	return true;
}

/* A project below /tmp, as many are, stays visible to its programs. */
static bool keep_visible(const struct run *run, struct error *error)
{
	char here[PATH_MAX], built_in[PATH_MAX];

	return keep_programs(run, error) && keep_environment(error) &&
	       implementation_built_in(built_in, error) && folders_keep(built_in, error) &&
	       folders_keep(run->captures, error) &&
	       (getcwd(here, sizeof here) == NULL || folders_keep(here, error));
}

static bool check_sandbox(const struct run *run, struct error *error)
{
	const struct settings *settings = &run->settings;
	struct error cause;

	if (!settings->isolated)
		return true;
	if (sandbox_prepare(settings->scratch, &cause))
		return keep_visible(run, error);
	return error_set(error,
		"no sandbox here: %s. Allow user namespaces (Ubuntu: sysctl "
		"kernel.apparmor_restrict_unprivileged_userns=0; a container: --security-opt "
		"seccomp=unconfined; elsewhere: sysctl user.max_user_namespaces), or use "
		"--no-sandbox",
		cause.text);
}

/* "-" is standard output, which is then for the tool alone. */
static FILE *open_for_tool(const char *path, const char *what, struct error *error)
{
	FILE *file = NULL;

	if (strcmp(path, "-") != 0) {
		file = fopen(path, "we");
	} else {
		int copy = dup(STDOUT_FILENO);
		file = copy < 0 ? NULL : fdopen(copy, "w");
		if (file != NULL && freopen("/dev/null", "w", stdout) == NULL)
			file = NULL;
	}
	if (file == NULL)
		error_errno(error, "write %s to %s", what, path);
	return file;
}

static bool open_reports(struct run *run, struct error *error)
{
	const struct arguments *arguments = run->arguments;
	FILE *file;

	if (arguments->json != NULL) {
		run->json = open_for_tool(arguments->json, "JSON", error);
		if (run->json == NULL)
			return false;
	}
	if (arguments->junit == NULL)
		return true;
	file = open_for_tool(arguments->junit, "JUnit XML", error);
	return file != NULL && junit_open(&run->junit, file, error);
}

/* Closes them, and tells when something of them could not be written. */
static void close_reports(struct run *run)
{
	struct error error;

	if (run->json != NULL) {
		bool failed = ferror(run->json) != 0;
		failed |= fclose(run->json) != 0;
		error_set(&error, "the JSON could not be written");
		if (failed)
			complain(run, &error);
	}
	if (run->junit.file != NULL && !junit_close(&run->junit)) {
		error_set(&error, "the JUnit XML could not be written");
		complain(run, &error);
	}
}

/* A folder in which there is nothing to test was not meant. */
static bool has_programs(const char *folder, struct error *error)
{
	return implementation_has_any(folder) ||
	       error_set(error, "%s: no executable in it", folder);
}

static bool find_programs(struct run *run, enum side side, const char *told, struct error *error)
{
	const char *folder = told != NULL ? told : run->arguments->impl;

	run->settings.programs[side] = folder != NULL ? run->programs[side] : run->built_in;
	run->settings.built_in[side] = folder == NULL;
	return folder == NULL || (implementation_find(folder, run->programs[side], error) &&
					 has_programs(run->programs[side], error));
}

static bool find_members(struct matrix *matrix, const char *text, struct error *error)
{
	if (!matrix_parse(matrix, text, error))
		return false;
	for (size_t i = 0; i < matrix->count; i++)
		if (!has_programs(matrix->members[i].folder, error))
			return false;
	return true;
}

static bool find_implementations(struct run *run, struct error *error)
{
	const struct arguments *arguments = run->arguments;

	if (getcwd(run->started_in, sizeof run->started_in) == NULL)
		return error_errno(error, "the folder that wirecheck was started in");
	if (!implementation_built_in(run->built_in, error))
		return false;
	if (arguments->matrix == NULL)
		return find_programs(run, SERVER, arguments->server_impl, error) &&
		       find_programs(run, CLIENT, arguments->client_impl, error);
	run->matrix = calloc(1, sizeof *run->matrix);
	if (run->matrix == NULL)
		return error_errno(error, "memory for a matrix");
	return find_members(run->matrix, arguments->matrix, error);
}

static bool make_ready(struct run *run, struct error *error)
{
	return schedule_catch_signals(error) && find_implementations(run, error) &&
	       writable_folder(run->arguments->captures, run->captures, error) &&
	       make_scratch(run->scratch, error) && check_sandbox(run, error) &&
	       open_reports(run, error) && environment_prepare(error) &&
	       resource_limits_prepare(error);
}

static double seconds_since(int64_t began)
{
	return (double)(monotonic_now() - began) / 1e9;
}

/* Runs all cases with the settings as they are, from the first to the last verdict. */
static void run_schedule(struct run *run, struct progress *progress)
{
	const struct arguments *arguments = run->arguments;
	struct schedule schedule = {.verdicts = {-1, -1}};
	struct error error;

	if (!schedule_open(&schedule, &run->settings, run->cases, run->count, arguments->repeat,
		    arguments->jobs, &error) ||
		!suite_run(&schedule, progress, arguments->fail_fast, &error))
		complain(run, &error);
	schedule_close(&schedule);
	run->unable += progress->unable;
	for (enum side side = CLIENT; side <= SERVER; side++) {
		run->asked[side] |= progress->asked[side];
		run->found[side] |= progress->found[side];
	}
}

/* Runs them once for the audience, of which `client` and `server` are set. */
static void run_once(struct run *run, struct audience *audience, struct progress *progress)
{
	struct verdicts verdicts = {0};
	struct junit *junit = run->junit.file != NULL ? &run->junit : NULL;
	char suite[2 * MATRIX_NAME + 32] = "wirecheck";
	struct error error;
	int64_t began = monotonic_now();

	audience->verbose = run->arguments->verbose;
	audience->json = run->json;
	audience->junit = junit;
	audience->verdicts = &verdicts;
	if (audience->client != NULL)
		snprintf(suite, sizeof suite, "client %s, server %s", audience->client,
			audience->server);
	progress_begin(progress, audience, run->count * run->arguments->repeat);
	if (junit != NULL)
		junit_suite_begin(junit);
	run_schedule(run, progress);
	if (junit != NULL)
		junit_suite_end(junit, suite, seconds_since(began));
	if (progress->forgot) {
		error_set(&error, "no memory for the last verdicts");
		complain(run, &error);
	}
	if (!verdicts_keep(&verdicts, run->settings.captures, &error))
		complain(run, &error);
	verdicts_free(&verdicts);
}

/* A run in which nothing was tested looks like one in which all is well. */
static bool is_vain(struct run *run, const size_t counts[SKIP + 1])
{
	struct error error;

	if (run->failed || counts[PASS] + counts[FAIL] + counts[BROKEN] > 0 || counts[SKIP] == 0)
		return false;
	error_set(&error, "nothing was tested: no case passed and none failed");
	complain(run, &error);
	return true;
}

static int exit_status(struct run *run, const size_t counts[SKIP + 1])
{
	if (schedule_signal() != 0)
		return 128 + schedule_signal();
	if (is_vain(run, counts) || run->failed || counts[BROKEN] > 0 || run->unable > 0)
		return EXIT_BROKEN;
	if (counts[FAIL] > 0 || (run->arguments->fail_on_skip && counts[SKIP] > 0))
		return EXIT_FAILED;
	return EXIT_PASSED;
}

static void complain_of_use(struct run *run, const char *folder)
{
	struct error error;

	error_set(&error, "%s: none of the programs that the cases asked for is in it", folder);
	complain(run, &error);
}

/* A folder that was named has something to test in it, on one side or the other. */
static void check_use(struct run *run)
{
	const struct settings *settings = &run->settings;
	bool same = !settings->built_in[CLIENT] && !settings->built_in[SERVER] &&
		    strcmp(settings->programs[CLIENT], settings->programs[SERVER]) == 0;

	for (enum side side = CLIENT; side <= SERVER; side++) {
		enum side other = same ? side_peer(side) : side;
		bool asked = run->asked[side] || run->asked[other];
		bool found = run->found[side] || run->found[other];
		if (settings->built_in[side] || !asked || found || schedule_signal() != 0)
			continue;
		complain_of_use(run, settings->programs[side]);
		if (same)
			return;
	}
}

static int run_plain(struct run *run)
{
	struct audience audience = {0};
	struct progress progress;

	run_once(run, &audience, &progress);
	progress_notes(&progress);
	progress_counts(progress.counts, seconds_since(run->began));
	if (progress.counts[BROKEN] == 0)
		check_use(run);
	return exit_status(run, progress.counts);
}

/* Its captures go to CAPTURES/matrix/CLIENT/SERVER. */
static bool make_folder_of_cell(
	struct run *run, const char *client, const char *server, struct error *error)
{
	const char *const names[] = {"matrix", client, server};
	size_t length = (size_t)snprintf(
		run->cell_captures, sizeof run->cell_captures, "%s", run->captures);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		length += (size_t)snprintf(run->cell_captures + length,
			sizeof run->cell_captures - length, "/%s", names[i]);
		if (length >= sizeof run->cell_captures)
			return error_set(error, "the captures folder's path is too long");
		if (mkdir(run->cell_captures, 0777) != 0 && errno != EEXIST)
			return error_errno(error, "captures folder %s", run->cell_captures);
	}
	return true;
}

static bool run_cell(struct run *run, size_t client, size_t server, struct error *error)
{
	const struct matrix_member *members = run->matrix->members;
	struct audience audience = {.client = members[client].name, .server = members[server].name};
	struct progress progress;
	int64_t began = monotonic_now();

	if (!make_folder_of_cell(run, audience.client, audience.server, error))
		return false;
	run->settings.captures = run->cell_captures;
	run->settings.programs[CLIENT] = members[client].folder;
	run->settings.programs[SERVER] = members[server].folder;
	printf("client %s, server %s\n", audience.client, audience.server);
	run_once(run, &audience, &progress);
	progress_counts(progress.counts, seconds_since(began));
	printf("\n");
	matrix_take(run->matrix, client, server, &progress);
	return true;
}

static bool is_over(const struct run *run)
{
	size_t bad = matrix_total(run->matrix, FAIL) + matrix_total(run->matrix, BROKEN);

	return run->failed || schedule_signal() != 0 || (run->arguments->fail_fast && bad > 0);
}

static void check_use_of_members(struct run *run)
{
	for (size_t i = 0; i < run->matrix->count; i++) {
		const struct matrix_member *member = &run->matrix->members[i];
		if (member->asked && !member->found && !is_over(run))
			complain_of_use(run, member->folder);
	}
}

static int run_matrix(struct run *run)
{
	const struct matrix *matrix = run->matrix;
	size_t totals[SKIP + 1] = {0};
	struct error error;

	for (size_t client = 0; client < matrix->count; client++)
		for (size_t server = 0; server < matrix->count; server++)
			if (!is_over(run) && !run_cell(run, client, server, &error))
				complain(run, &error);
	for (enum verdict verdict = PASS; verdict <= SKIP; verdict++)
		totals[verdict] = matrix_total(matrix, verdict);
	matrix_show(matrix);
	progress_counts(totals, seconds_since(run->began));
	if (totals[BROKEN] == 0)
		check_use_of_members(run);
	return exit_status(run, totals);
}

static void remove_scratch(struct run *run)
{
	struct error error;

	if (run->scratch[0] == '\0')
		return;
	if (!run->settings.isolated && !scratch_empty(run->scratch, &error))
		complain(run, &error);
	if (!scratch_remove(run->scratch, &error))
		complain(run, &error);
}

int run_cases(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count)
{
	struct run run = {
		.arguments = arguments,
		.cases = cases,
		.count = count,
		.settings = {.wait_limit = (int64_t)(arguments->timeout * 1e9),
			.case_limit = (int64_t)(arguments->case_timeout * 1e9),
			.isolated = !arguments->no_sandbox},
		.began = monotonic_now(),
	};
	struct error error;
	int status = EXIT_BROKEN;

	run.settings.captures = run.captures;
	run.settings.built_in_folder = run.built_in;
	run.settings.started_in = run.started_in;
	run.settings.scratch = run.scratch;
	if (!make_ready(&run, &error))
		complain(&run, &error);
	else
		status = run.matrix != NULL ? run_matrix(&run) : run_plain(&run);
	close_reports(&run);
	remove_scratch(&run);
	free(run.matrix);
	return run.failed && status < EXIT_BROKEN ? EXIT_BROKEN : status;
}
