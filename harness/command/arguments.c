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

static const char usage[] =
	"Usage: wirecheck [OPTIONS] [CASE...]\n"
	"Runs socket programs in pairs and checks what they do on the wire.\n"
	"CASE is a case's name or a glob, such as tcp/hello or 'restart/*'; default: all.\n"
	"\n"
	"  --list              print each case, what it proves and its clause; run nothing\n"
	"  --clauses           print each clause, the cases that stand on it and their last "
	"verdict\n"
	"  --captures DIR      write captures to DIR (default: captures)\n"
	"  --impl DIR          test the programs in DIR (default: the built-in ones)\n"
	"  --server-impl DIR, --client-impl DIR\n"
	"                      take the programs of one side from DIR; the client's are those "
	"whose\n"
	"                      name ends in _client, _sender or _writer\n"
	"  --matrix NAME=DIR,NAME=DIR,...\n"
	"                      run the cases with every client and every server, and print a "
	"table\n"
	"  --timeout SECONDS   limit of each wait (default: 5)\n"
	"  --case-timeout SECONDS\n"
	"                      limit of all waits of a case together (default: 30)\n"
	"  --repeat N          run each case N times\n"
	"  --shuffle [SEED]    run the cases in another order, which the seed gives again\n"
	"  --fail-fast         stop at the first case that fails or is broken\n"
	"  --fail-on-skip      a case that is skipped counts for the exit status as one that "
	"failed\n"
	"  -j, --jobs N        run N cases side by side, each in its own sandbox (default: 24 for\n"
	"                      each processor, at most 128)\n"
	"  --json FILE         write one JSON object a line for each verdict; - for standard "
	"output,\n"
	"                      which then has nothing else\n"
	"  --junit FILE        write JUnit XML; - as with --json\n"
	"  --no-sandbox        use the host's loopback, one case at a time\n"
	"  -v, --verbose       show every expectation\n"
	"  --help, --version\n"
	"\n"
	"Verdicts: PASS; FAIL, the program is wrong; BROKEN, the harness could not tell; SKIP, "
	"this\n"
	"machine or implementation lacks something.\n"
	"Exit status: 0 cases passed, and the others were skipped; 1 a case failed; 2 wrong usage, "
	"a\n"
	"case BROKEN, nothing tested, no right to capture, or a result could not be written;\n"
	"128 + signal interrupted.\n";

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
	JSON,
	JUNIT,
	NO_SANDBOX,
	HELP,
	VERSION,
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
	{"json", required_argument, NULL, JSON},
	{"junit", required_argument, NULL, JUNIT},
	{"no-sandbox", no_argument, NULL, NO_SANDBOX},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, HELP},
	{"version", no_argument, NULL, VERSION},
	{NULL, 0, NULL, 0},
};

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

/* Where an option's text goes as it is; NULL: it has none or is to be read first. */
static const char **place_of_text(struct arguments *arguments, int option)
{
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
	case JSON:
		return &arguments->json;
	case JUNIT:
		return &arguments->junit;
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

/* Takes one of the options that are numbers. False when it is wrong, or none at all. */
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

/* Takes one option. False when its argument is wrong. */
static bool take_option(struct arguments *arguments, int option)
{
	const char **text = place_of_text(arguments, option);
	bool *set = place_of_switch(arguments, option);

	if (text != NULL)
		*text = optarg;
	else if (set != NULL)
		*set = true;
	else
		return take_number(arguments, option);
	return true;
}

/* What cannot be had together. */
static bool agree(const struct arguments *arguments)
{
	bool told = arguments->impl != NULL || arguments->server_impl != NULL ||
		    arguments->client_impl != NULL;
	const char *problem = NULL;

	if (arguments->matrix != NULL && told)
		problem = "--matrix names all implementations: no --impl, --server-impl or "
			  "--client-impl beside it";
	if (arguments->json != NULL && arguments->junit != NULL &&
		strcmp(arguments->json, arguments->junit) == 0)
		problem = "--json and --junit go to the same file";
	if (problem != NULL)
		fprintf(stderr, "wirecheck: %s\n", problem);
	return problem == NULL;
}

/* The number behind --shuffle is its seed; a case has no such name. */
static bool take_seed(struct arguments *arguments, char *texts[])
{
	const char *next = texts[optind];

	if (next == NULL || *next == '\0' || next[strspn(next, "0123456789")] != '\0')
		return true;
	optind++;
	return parse_count("--shuffle", next, UINT32_MAX, &arguments->seed);
}

/*
 * A case computes for about 2 ms and waits for about 45, nearly all of it for the kernel to open
 * and close its capture: 24 at once keep a processor busy.
 */
static size_t default_jobs(void)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	long jobs = JOBS_PER_PROCESSOR * (processors > 0 ? processors : 1);

	return jobs < DEFAULT_JOBS_MAXIMUM ? (size_t)jobs : DEFAULT_JOBS_MAXIMUM;
}

int arguments_parse(struct arguments *arguments, int count, char *texts[])
{
	int option;

	*arguments = (struct arguments){.captures = "captures",
		.timeout = 5,
		.case_timeout = 30,
		.repeat = 1,
		.jobs = default_jobs()};
	while ((option = getopt_long(count, texts, "j:v", options, NULL)) != -1) {
		if (option == HELP || option == VERSION) {
			fputs(option == HELP ? usage : "wirecheck " WIRECHECK_VERSION "\n", stdout);
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
