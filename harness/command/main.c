/* Runs what the command line asks for. */
#include "base/clock.h"
#include "command/arguments.h"
#include "command/clauses.h"
#include "command/listing.h"
#include "command/run.h"
#include "command/select.h"
#include "command/suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool complain(const struct error *error)
{
	fprintf(stderr, "wirecheck: %s\n", error->text);
	return false;
}

/*
 * Opens /dev/null for each standard stream that is closed. Otherwise a file that is opened later
 * would get the number of the stream, and what is printed would go to that file. It is opened for
 * reading, so that writing still fails.
 */
static bool fill_standard_streams(struct error *error)
{
	for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
		if (fcntl(stream, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != stream)
			return error_errno(error, "open /dev/null");
	return true;
}

/* A run whose verdicts could not be printed does not count as passed. */
static int status_when_written(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	fprintf(stderr, "wirecheck: standard output could not be written\n");
	return status > EXIT_BROKEN ? status : EXIT_BROKEN;
}

static int list_cases(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count)
{
	const char *json = arguments->reports[FORMAT_NUMBER_json];
	struct error error;

	if (json == NULL)
		listing_print(cases, count);
	else if (!listing_write_json(json, cases, count, &error)) {
		complain(&error);
		return EXIT_BROKEN;
	}
	return EXIT_PASSED;
}

/* Prints the clauses with the verdicts that earlier runs left in the captures folder. */
static int list_clauses(const char *captures, const struct case_info *const cases[], size_t count)
{
	struct verdicts verdicts = {0};
	struct error error;

	bool listed = verdicts_read(&verdicts, captures, &error) &&
		      (clauses_print(stdout, cases, count, &verdicts) ||
			      error_errno(&error, "memory for clauses"));
	verdicts_free(&verdicts);
	if (!listed)
		complain(&error);
	return listed ? EXIT_PASSED : EXIT_BROKEN;
}

/*
 * The seed of a shuffled order is printed, so that the same order can be asked for again. It goes
 * to standard error, since a tool may read verdicts from standard output.
 */
static int run_in_order(
	const struct arguments *arguments, const struct case_info *cases[], size_t count)
{
	uint32_t seed = (uint32_t)arguments->seed;

	if (!arguments->shuffle)
		return run_cases(arguments, cases, count);
	if (seed == 0)
		seed = (uint32_t)monotonic_now() | 1;
	select_shuffle(cases, count, seed);
	fprintf(stderr, "wirecheck: --shuffle %u\n", seed);
	return run_cases(arguments, cases, count);
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
		status = list_cases(arguments, picked, (size_t)selected);
	else if (arguments->clauses)
		status = list_clauses(arguments->captures, picked, (size_t)selected);
	else
		status = run_in_order(arguments, picked, (size_t)selected);
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
