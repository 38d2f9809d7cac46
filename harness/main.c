/* The command line. */
#include "select.h"
#include "suite.h"

#include <errno.h>
#include <getopt.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXIT_PASSED 0
#define EXIT_FAILED 1
#define EXIT_BROKEN 2

#define JOBS_MAXIMUM 1024

static const char usage[] =
	"Usage: wirecheck [OPTIONS] [CASE...]\n"
	"Runs socket programs in pairs and checks what they do on the wire.\n"
	"CASE is a case's name or a glob, such as tcp/hello or 'restart/*'; default: all.\n"
	"\n"
	"  --list              print each case, what it proves and its clause; run nothing\n"
	"  --captures DIR      write captures to DIR (default: captures)\n"
	"  --impl DIR          test the programs in DIR (default: the built-in ones)\n"
	"  --timeout SECONDS   limit of each wait (default: 5)\n"
	"  --case-timeout SECONDS\n"
	"                      limit of each case (default: 30)\n"
	"  --repeat N          run each case N times\n"
	"  -j, --jobs N        run N cases side by side, each in its own sandbox\n"
	"  --json FILE         write one JSON object a line for each verdict; - for standard output,\n"
	"                      which then has nothing else\n"
	"  --no-sandbox        use the host's loopback, one case at a time\n"
	"  -v, --verbose       show every expectation\n"
	"  --help, --version\n"
	"\n"
	"Verdicts: PASS; FAIL, the program is wrong; BROKEN, the harness could not tell; SKIP, this\n"
	"machine or implementation lacks something.\n"
	"Exit status: 0 all passed or skipped, 1 a case failed, 2 wrong usage, a case BROKEN, or no\n"
	"right to capture.\n";

struct command_line {
	bool list, verbose, no_sandbox;
	const char *captures, *programs, *json;
	double timeout, case_timeout;
	unsigned repeat;
	size_t jobs;
	char *const *patterns;
};

/* Long options without a letter. */
enum { LIST = 256, CAPTURES, IMPL, TIMEOUT, CASE_TIMEOUT, REPEAT, JSON, NO_SANDBOX, HELP, VERSION };

static const struct option options[] = {
	{"list", no_argument, NULL, LIST},
	{"captures", required_argument, NULL, CAPTURES},
	{"impl", required_argument, NULL, IMPL},
	{"timeout", required_argument, NULL, TIMEOUT},
	{"case-timeout", required_argument, NULL, CASE_TIMEOUT},
	{"repeat", required_argument, NULL, REPEAT},
	{"jobs", required_argument, NULL, 'j'},
	{"json", required_argument, NULL, JSON},
	{"no-sandbox", no_argument, NULL, NO_SANDBOX},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, HELP},
	{"version", no_argument, NULL, VERSION},
	{NULL, 0, NULL, 0},
};

static bool complain(const struct error *error)
{
	fprintf(stderr, "wirecheck: %s\n", error->text);
	return false;
}

static bool parse_count(const char *text, unsigned long maximum, unsigned long *out)
{
	char *end;

	errno = 0;
	*out = strtoul(text, &end, 10);
	bool digits = *text >= '0' && *text <= '9' && *end == '\0';
	if (digits && errno == 0 && *out >= 1 && *out <= maximum)
		return true;
	fprintf(stderr, "wirecheck: %s is not a number from 1 to %lu\n", text, maximum);
	return false;
}

static bool parse_seconds(const char *text, double *out)
{
	char *end;

	*out = strtod(text, &end);
	if (end != text && *end == '\0' && *out >= 0.001 && *out <= 86400)
		return true;
	fprintf(stderr, "wirecheck: %s is not a number of seconds from 0.001 to 86400\n", text);
	return false;
}

/* Takes one option. False when its argument is wrong. */
static bool take_option(struct command_line *line, int option)
{
	unsigned long number = 0;

	switch (option) {
	case LIST:
		line->list = true;
		return true;
	case CAPTURES:
		line->captures = optarg;
		return true;
	case IMPL:
		line->programs = optarg;
		return true;
	case TIMEOUT:
		return parse_seconds(optarg, &line->timeout);
	case CASE_TIMEOUT:
		return parse_seconds(optarg, &line->case_timeout);
	case REPEAT:
		if (!parse_count(optarg, 1000000, &number))
			return false;
		line->repeat = (unsigned)number;
		return true;
	case 'j':
		if (!parse_count(optarg, JOBS_MAXIMUM, &number))
			return false;
		line->jobs = number;
		return true;
	case JSON:
		line->json = optarg;
		return true;
	case NO_SANDBOX:
		line->no_sandbox = true;
		return true;
	case 'v':
		line->verbose = true;
		return true;
	default:
		fprintf(stderr, "See wirecheck --help.\n");
		return false;
	}
}

/* Returns an exit status, or -1: go on. */
static int parse_command_line(struct command_line *line, int count, char *arguments[])
{
	int option;

	*line = (struct command_line){
		.captures = "captures", .timeout = 5, .case_timeout = 30, .repeat = 1, .jobs = 8};
	while ((option = getopt_long(count, arguments, "j:v", options, NULL)) != -1) {
		if (option == HELP || option == VERSION) {
			fputs(option == HELP ? usage : "wirecheck " WIRECHECK_VERSION "\n", stdout);
			return fflush(stdout) == 0 ? EXIT_PASSED : EXIT_BROKEN;
		}
		if (!take_option(line, option))
			return EXIT_BROKEN;
	}
	line->patterns = arguments + optind;
	if (line->no_sandbox)
		line->jobs = 1;
	return -1;
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
	return fflush(stdout) == 0 ? EXIT_PASSED : EXIT_BROKEN;
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

/* Makes the folder if it is not there and writes a file in it, for permissions alone do not tell. */
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
		"no sandbox here: %s. Allow user namespaces (sysctl "
		"kernel.apparmor_restrict_unprivileged_userns=0 on Ubuntu, --security-opt "
		"seccomp=unconfined in a container), or use --no-sandbox",
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
static int run_cases(const struct command_line *line, const struct settings *settings,
	const struct case_info *const cases[], size_t count, FILE *json)
{
	struct schedule schedule = {.verdicts = {-1, -1}};
	struct progress progress;
	struct error error;
	int64_t began = monotonic_now();

	progress_begin(&progress, json, line->verbose, count * line->repeat);
	bool ran = schedule_open(&schedule, settings, cases, count, line->repeat, line->jobs,
			   &error) &&
		   suite_run(&schedule, &progress, &error);
	schedule_close(&schedule);
	progress_end(&progress, (double)(monotonic_now() - began) / 1e9);
	if (!ran) {
		complain(&error);
		return EXIT_BROKEN;
	}
	return exit_status(&progress);
}

static int run_selected(const struct command_line *line, const struct case_info *const cases[],
	size_t count)
{
	char programs[PATH_MAX], captures[PATH_MAX], scratch[PATH_MAX] = "";
	struct settings settings = {
		.wait_limit = (int64_t)(line->timeout * 1e9),
		.case_limit = (int64_t)(line->case_timeout * 1e9),
		.programs = programs,
		.captures = captures,
		.scratch = scratch,
		.isolated = !line->no_sandbox,
	};
	struct error error;
	FILE *json = NULL;
	int status = EXIT_BROKEN;

	bool ready = (line->programs != NULL ? absolute_folder(line->programs, programs, &error)
					     : default_programs(programs, &error)) &&
		     writable_folder(line->captures, captures, &error) &&
		     make_scratch(scratch, &error) && check_sandbox(&settings, &error) &&
		     (line->json == NULL || (json = open_json(line->json, &error)) != NULL);
	if (ready)
		status = run_cases(line, &settings, cases, count, json);
	else
		complain(&error);
	if (json != NULL && fclose(json) != 0)
		status = EXIT_BROKEN;
	if (scratch[0] != '\0' &&
		(!settings.isolated ? !sandbox_empty_scratch(scratch, &error) : false))
		complain(&error);
	if (scratch[0] != '\0' && rmdir(scratch) != 0)
		perror(scratch);
	return status;
}

int main(int count, char *arguments[])
{
	const struct case_info *const *cases;
	const struct case_info **picked;
	size_t case_count;
	struct command_line line;
	struct buffer complaint;
	struct error error;

	int status = parse_command_line(&line, count, arguments);
	if (status >= 0)
		return status;
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
	long selected = select_cases(cases, case_count, line.patterns, picked, &complaint);
	if (selected < 0) {
		fprintf(stderr, "wirecheck: %s\n", buffer_text(&complaint));
		return EXIT_BROKEN;
	}
	if (line.list)
		return list_cases(picked, (size_t)selected);
	return run_selected(&line, picked, (size_t)selected);
}
