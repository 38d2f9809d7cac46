/* What the command line asks for. */
#include "arguments.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#define JOBS_MAXIMUM   1024
#define REPEAT_MAXIMUM 1000000

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
	"  --json FILE         write one JSON object a line for each verdict; - for standard "
	"output,\n"
	"                      which then has nothing else\n"
	"  --no-sandbox        use the host's loopback, one case at a time\n"
	"  -v, --verbose       show every expectation\n"
	"  --help, --version\n"
	"\n"
	"Verdicts: PASS; FAIL, the program is wrong; BROKEN, the harness could not tell; SKIP, "
	"this\n"
	"machine or implementation lacks something.\n"
	"Exit status: 0 all passed or skipped; 1 a case failed; 2 wrong usage, a case BROKEN, no "
	"right\n"
	"to capture, or standard output or the JSON could not be written; 128 + signal "
	"interrupted.\n";

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

/* Takes one option. False when its argument is wrong. */
static bool take_option(struct arguments *arguments, int option)
{
	unsigned long number = 0;

	switch (option) {
	case LIST:
		arguments->list = true;
		return true;
	case CAPTURES:
		arguments->captures = optarg;
		return true;
	case IMPL:
		arguments->programs = optarg;
		return true;
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
	case JSON:
		arguments->json = optarg;
		return true;
	case NO_SANDBOX:
		arguments->no_sandbox = true;
		return true;
	case 'v':
		arguments->verbose = true;
		return true;
	default:
		fprintf(stderr, "See wirecheck --help.\n");
		return false;
	}
}

int arguments_parse(struct arguments *arguments, int count, char *texts[])
{
	int option;

	*arguments = (struct arguments){
		.captures = "captures", .timeout = 5, .case_timeout = 30, .repeat = 1, .jobs = 8};
	while ((option = getopt_long(count, texts, "j:v", options, NULL)) != -1) {
		if (option == HELP || option == VERSION) {
			fputs(option == HELP ? usage : "wirecheck " WIRECHECK_VERSION "\n", stdout);
			return EXIT_PASSED;
		}
		if (!take_option(arguments, option))
			return EXIT_BROKEN;
	}
	arguments->patterns = texts + optind;
	if (arguments->no_sandbox)
		arguments->jobs = 1;
	return -1;
}
