/* All formats in which one run is reported, called together. */
#include "command/reporters.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static bool add(struct reporters *reporters, const struct format *format, const char *path,
	struct error *error)
{
	struct reporter *reporter = &reporters->list[reporters->count];
	bool opened = path != NULL ? reporter_open(reporter, format, path, &reporters->plan, error)
				   : reporter_open_screen(reporter, &reporters->plan, error);

	reporters->count += opened;
	return opened;
}

/* Whether two files are one, by whatever names; a device such as /dev/null can have several. */
static bool is_same_file(FILE *a, FILE *b)
{
	struct stat first, second;

	return fstat(fileno(a), &first) == 0 && fstat(fileno(b), &second) == 0 &&
	       first.st_dev == second.st_dev && first.st_ino == second.st_ino &&
	       !S_ISCHR(first.st_mode);
}

/* False with an error when the format that was opened last goes where an earlier one does. */
static bool last_is_apart(const struct reporters *reporters, struct error *error)
{
	const struct reporter *last = &reporters->list[reporters->count - 1];

	for (size_t i = 0; i + 1 < reporters->count; i++)
		if (is_same_file(reporters->list[i].out, last->out))
			return error_set(error, "--%s and --%s go to the same file",
				reporters->list[i].format->option, last->format->option);
	return true;
}

bool reporters_open(struct reporters *reporters, const char *const paths[FILE_FORMAT_COUNT],
	const struct plan *plan, struct error *error)
{
	bool screen = true;

	*reporters = (struct reporters){.plan = *plan};
	for (size_t i = 0; i < FILE_FORMAT_COUNT; i++) {
		if (paths[i] == NULL)
			continue;
		if (!add(reporters, file_formats[i], paths[i], error) ||
			!last_is_apart(reporters, error))
			return false;
		screen = screen && strcmp(paths[i], "-") != 0;
	}
	return !screen || add(reporters, NULL, NULL, error);
}

void reporters_round_begins(struct reporters *reporters, const struct round *round)
{
	for (size_t i = 0; i < reporters->count; i++) {
		struct reporter *reporter = &reporters->list[i];
		if (reporter->format->round_begins != NULL)
			reporter->format->round_begins(reporter, round);
	}
}

/* The text is made once for all: a long one takes longer than it takes to write it. */
void reporters_judged(
	struct reporters *reporters, const struct round *round, const struct outcome *outcome)
{
	struct buffer text;

	buffer_init(&text, OUTCOME_TEXT_MAXIMUM);
	if (outcome->verdict == SKIP)
		buffer_printf(&text, "%s", outcome_skip_reason(outcome));
	else if (outcome->verdict != PASS || reporters->plan.verbose)
		outcome_describe(&text, outcome, reporters->plan.verbose);
	for (size_t i = 0; i < reporters->count; i++) {
		struct reporter *reporter = &reporters->list[i];
		if (reporter->format->judged != NULL)
			reporter->format->judged(reporter, round, outcome, buffer_text(&text));
	}
	buffer_free(&text);
}

void reporters_case_over(
	struct reporters *reporters, const struct round *round, const struct case_info *info)
{
	for (size_t i = 0; i < reporters->count; i++) {
		struct reporter *reporter = &reporters->list[i];
		if (reporter->format->case_over != NULL)
			reporter->format->case_over(reporter, round, info);
	}
}

void reporters_round_over(struct reporters *reporters, const struct round *round)
{
	for (size_t i = 0; i < reporters->count; i++) {
		struct reporter *reporter = &reporters->list[i];
		if (reporter->format->round_over != NULL)
			reporter->format->round_over(reporter, round);
	}
}

void reporters_run_over(struct reporters *reporters, const struct summary *summary)
{
	for (size_t i = 0; i < reporters->count; i++) {
		struct reporter *reporter = &reporters->list[i];
		if (reporter->format->run_over != NULL)
			reporter->format->run_over(reporter, summary);
	}
}

bool reporters_close_next(struct reporters *reporters, struct error *error)
{
	struct reporter *first = &reporters->list[0];
	bool closed = reporter_close(first, error);

	reporters->count--;
	memmove(first, first + 1, reporters->count * sizeof *first);
	return closed;
}
