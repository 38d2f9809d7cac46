/* What the command line asks for. */
#include "command/arguments.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JOBS_MAXIMUM   1024
#define REPEAT_MAXIMUM 1000000

#define JOBS_PER_PROCESSOR   24
#define DEFAULT_JOBS_MAXIMUM 128

/* --help, up to the formats, which print_usage has from their table, and what comes after them. */
static const char usage_begin[] =
	"Usage: wirecheck [OPTIONS] [CASE...]\n"
	"Runs socket programs in pairs and checks what they do on the wire.\n"
	"CASE is the name of a case or a glob, such as tcp/hello or 'restart/*'. Without any,\n"
	"all cases are run.\n"
	"\n"
	"  --list              print each case, what it proves and its clause; run nothing. With\n"
	"                      --json FILE: one object a line, with the file that declares it\n"
	"  --clauses           print each clause, its cases and their last verdict; run nothing\n"
	"  --captures DIR      write captures to DIR (default: captures)\n"
	"  --impl DIR          test the programs in DIR (default: the built-in ones)\n"
	"  --server-impl DIR, --client-impl DIR\n"
	"                      take the programs of one side from DIR. The client's programs are\n"
	"                      those whose name ends in _client, _sender or _writer\n"
	"  --matrix NAME=DIR,NAME=DIR,...\n"
	"                      run the cases with every client and every server, and print a\n"
	"                      table\n"
	"  --timeout SECONDS   limit of each wait (default: 5)\n"
	"  --case-timeout SECONDS\n"
	"                      limit of all waits of a case together (default: 30)\n"
	"  --repeat N          run each case N times\n"
	"  --shuffle [SEED]    run the cases in another order; the same SEED gives the same order\n"
	"  --fail-fast         stop after the first case that fails or is broken\n"
	"  --fail-on-skip      for the exit status, a case that is skipped counts as failed\n"
	"  -j, --jobs N        run N cases side by side, each in its own sandbox (default: 24 for\n"
	"                      each processor, at most 128)\n"
	"  --no-sandbox        use the host's loopback, one case at a time\n"
	"  -v, --verbose       show every expectation, also those that held\n"
	"  --help, --version\n"
	"\n"
	"Reports for other tools. FILE may be -, which is standard output; then nothing else is\n"
	"printed there.\n";

static const char usage_end[] =
	"\n"
	"Verdicts: PASS; FAIL, the program is wrong; BROKEN, the harness could not tell; SKIP,\n"
	"this machine or implementation lacks something.\n"
	"Exit status: 0 no case failed, and at least one passed; 1 a case failed or, with\n"
	"--fail-on-skip, was skipped; 2 wrong usage, a case was BROKEN, nothing was tested,\n"
	"there is no right to capture, or a result could not be written; 128 + signal when\n"
	"interrupted. 2 goes before 1: when every case was skipped, it is 2.\n";

/* Long options without a letter. */
enum {
	LIST = 256,
	CLAUSES,
	CAPTURES,
	IMPL,
	SERVER_IMPL,
	CLIENT_IMPL,
	MATRIX,
	TIMEOUT,
	CASE_TIMEOUT,
	REPEAT,
	SHUFFLE,
	FAIL_FAST,
	FAIL_ON_SKIP,
	NO_SANDBOX,
	HELP,
	VERSION,
	FIRST_FORMAT, /* and so on, as file_formats has them */
};

static const struct option options[] = {
	{"list", no_argument, NULL, LIST},
	{"clauses", no_argument, NULL, CLAUSES},
	{"captures", required_argument, NULL, CAPTURES},
	{"impl", required_argument, NULL, IMPL},
	{"server-impl", required_argument, NULL, SERVER_IMPL},
	{"client-impl", required_argument, NULL, CLIENT_IMPL},
	{"matrix", required_argument, NULL, MATRIX},
	{"timeout", required_argument, NULL, TIMEOUT},
	{"case-timeout", required_argument, NULL, CASE_TIMEOUT},
	{"repeat", required_argument, NULL, REPEAT},
	{"shuffle", no_argument, NULL, SHUFFLE},
	{"fail-fast", no_argument, NULL, FAIL_FAST},
	{"fail-on-skip", no_argument, NULL, FAIL_ON_SKIP},
	{"jobs", required_argument, NULL, 'j'},
	{"no-sandbox", no_argument, NULL, NO_SANDBOX},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, HELP},
	{"version", no_argument, NULL, VERSION},
};

#define OPTION_COUNT (sizeof options / sizeof *options)

/* The options above, one for each format, and an empty one, as getopt_long(3) wants them. */
static void list_options(struct option list[OPTION_COUNT + FILE_FORMAT_COUNT + 1])
{
	memcpy(list, options, sizeof options);
	list += OPTION_COUNT;
	for (int i = 0; i < FILE_FORMAT_COUNT; i++)
		*list++ = (struct option){
			file_formats[i]->option, required_argument, NULL, FIRST_FORMAT + i};
	*list = (struct option){0};
}

static void print_usage(void)
{
	fputs(usage_begin, stdout);
	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++)
		printf("  --%s FILE%*s%s\n", file_formats[i]->option,
			(int)(13 - strlen(file_formats[i]->option)), "", file_formats[i]->help);
	fputs(usage_end, stdout);
}

static bool parse_count(
	const char *option, const char *text, unsigned long maximum, unsigned long *out)
{
	char *end;

	errno = 0;
	*out = strtoul(text, &end, 10);
	bool digits = *text >= '0' && *text <= '9' && *end == '\0';
	if (digits && errno == 0 && *out >= 1 && *out <= maximum)
		return true;
	fprintf(stderr, "wirecheck: %s %s: not a number from 1 to %lu\n", option, text, maximum);
	return false;
}

static bool parse_seconds(const char *option, const char *text, double *out)
{
	char *end;

	*out = strtod(text, &end);
	if (end != text && *end == '\0' && *out >= 0.001 && *out <= 86400)
		return true;
	fprintf(stderr, "wirecheck: %s %s: not a number of seconds from 0.001 to 86400\n", option,
		text);
	return false;
}

/* Where the text of an option is stored as it is; NULL: it has none, or is a number. */
static const char **place_of_text(struct arguments *arguments, int option)
{
	if (option >= FIRST_FORMAT && option < FIRST_FORMAT + FILE_FORMAT_COUNT)
		return &arguments->reports[option - FIRST_FORMAT];
	switch (option) {
	case CAPTURES:
		return &arguments->captures;
	case IMPL:
		return &arguments->impl;
	case SERVER_IMPL:
		return &arguments->server_impl;
	case CLIENT_IMPL:
		return &arguments->client_impl;
	case MATRIX:
		return &arguments->matrix;
	default:
		return NULL;
	}
}

static bool *place_of_switch(struct arguments *arguments, int option)
{
	switch (option) {
	case LIST:
		return &arguments->list;
	case CLAUSES:
		return &arguments->clauses;
	case NO_SANDBOX:
		return &arguments->no_sandbox;
	case SHUFFLE:
		return &arguments->shuffle;
	case FAIL_FAST:
		return &arguments->fail_fast;
	case FAIL_ON_SKIP:
		return &arguments->fail_on_skip;
	case 'v':
		return &arguments->verbose;
	default:
		return NULL;
	}
}

/* Takes an option that is a number. False when the number is wrong, or there is no such option. */
static bool take_number(struct arguments *arguments, int option)
{
	unsigned long number = 0;

	switch (option) {
	case TIMEOUT:
		return parse_seconds("--timeout", optarg, &arguments->timeout);
	case CASE_TIMEOUT:
		return parse_seconds("--case-timeout", optarg, &arguments->case_timeout);
	case REPEAT:
		if (!parse_count("--repeat", optarg, REPEAT_MAXIMUM, &number))
			return false;
		arguments->repeat = (unsigned)number;
		return true;
	case 'j':
		if (!parse_count("--jobs", optarg, JOBS_MAXIMUM, &number))
			return false;
		arguments->jobs = number;
		return true;
	default:
		fprintf(stderr, "See wirecheck --help.\n");
		return false;
	}
}

/* Takes one option. False when it is wrong; standard error then says how. */
static bool take_option(struct arguments *arguments, int option)
{
	const char **text = place_of_text(arguments, option);
	bool *set = place_of_switch(arguments, option);

	if (text != NULL && *text != NULL && option >= FIRST_FORMAT) {
		fprintf(stderr, "wirecheck: --%s is given twice\n",
			file_formats[option - FIRST_FORMAT]->option);
		return false;
	}
	if (text != NULL)
		*text = optarg;
	else if (set != NULL)
		*set = true;
	else
		return take_number(arguments, option);
	return true;
}

/* False when two formats go to the same file. */
static bool reports_are_apart(const struct arguments *arguments)
{
	const char *const *paths = arguments->reports;

	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++)
		for (size_t j = i + 1; j < FILE_FORMAT_COUNT; j++) {
			if (paths[i] == NULL || paths[j] == NULL || strcmp(paths[i], paths[j]) != 0)
				continue;
			fprintf(stderr, "wirecheck: --%s and --%s go to the same file\n",
				file_formats[i]->option, file_formats[j]->option);
			return false;
		}
	return true;
}

/* False when what only lists cases is to write a report, or both lists are wanted. */
static bool lists_agree(const struct arguments *arguments)
{
	const char *list = arguments->list ? "--list" : "--clauses";

	if (arguments->list && arguments->clauses) {
		fprintf(stderr, "wirecheck: --list and --clauses: one of them alone\n");
		return false;
	}
	for (size_t i = 0; (arguments->list || arguments->clauses) && i < FILE_FORMAT_COUNT; i++) {
		if (arguments->reports[i] == NULL || (arguments->list && i == FORMAT_NUMBER_json))
			continue;
		fprintf(stderr, "wirecheck: %s runs nothing, and --%s would report a run\n", list,
			file_formats[i]->option);
		return false;
	}
	return true;
}

/* False when there are options that cannot be used together. */
static bool agree(const struct arguments *arguments)
{
	bool given = arguments->impl != NULL || arguments->server_impl != NULL ||
		     arguments->client_impl != NULL;

	if (arguments->matrix == NULL || !given)
		return reports_are_apart(arguments) && lists_agree(arguments);
	fprintf(stderr, "wirecheck: --matrix names all implementations: no --impl, --server-impl "
			"or --client-impl beside it\n");
	return false;
}

/* A number after --shuffle is its seed: no case has such a name. */
static bool take_seed(struct arguments *arguments, char *texts[])
{
	const char *next = texts[optind];

	if (next == NULL || *next == '\0' || next[strspn(next, "0123456789")] != '\0')
		return true;
	optind++;
	return parse_count("--shuffle", next, UINT32_MAX, &arguments->seed);
}

/*
 * A case computes for about 2 ms and waits for about 45 ms. Nearly all of that it waits for the
 * kernel to open and close its capture. So 24 cases at once keep a processor busy.
 */
static size_t default_jobs(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long jobs = JOBS_PER_PROCESSOR * (processors > 0 ? processors : 1);

	return jobs < DEFAULT_JOBS_MAXIMUM ? (size_t)jobs : DEFAULT_JOBS_MAXIMUM;
}

int arguments_parse(struct arguments *arguments, int count, char *texts[])
{
	struct option list[OPTION_COUNT + FILE_FORMAT_COUNT + 1];
	int option;

	list_options(list);
	*arguments = (struct arguments){.captures = "captures",
		.timeout = 5,
		.case_timeout = 30,
		.repeat = 1,
		.jobs = default_jobs()};
	while ((option = getopt_long(count, texts, "j:v", list, NULL)) != -1) {
		if (option == HELP || option == VERSION) {
			if (option == HELP)
				print_usage();
			else
				puts("wirecheck " WIRECHECK_VERSION);
			return EXIT_PASSED;
		}
		if (!take_option(arguments, option) ||
			(option == SHUFFLE && !take_seed(arguments, texts)))
			return EXIT_BROKEN;
	}
	arguments->patterns = texts + optind;
	if (arguments->no_sandbox)
		arguments->jobs = 1;
	return agree(arguments) ? -1 : EXIT_BROKEN;
}
