/* Runs the selected cases, in one round or in one for each cell of a matrix. */
#include "command/run.h"

#include "base/clock.h"
#include "base/side.h"
#include "command/captures_folder.h"
#include "command/program_folders.h"
#include "command/round.h"
#include "command/session.h"
#include "command/stop_signals.h"

#include <string.h>

static double seconds_since(int64_t began)
{
	return (double)(monotonic_now() - began) / 1e9;
}

static void tell_summary(struct session *session, const struct tally *tally)
{
	struct summary summary = {
		.seconds = seconds_since(session->began),
		.tally = tally,
		.matrix = session->matrix,
	};

	memcpy(summary.counts, session->counts, sizeof summary.counts);
	reporters_run_over(&session->reporters, &summary);
}

static void run_plain(struct session *session)
{
	struct round round = {0};
	struct tally tally;

	round_run(session, &round, &tally);
	tell_summary(session, &tally);
}

static void run_cell(struct session *session, size_t client, size_t server)
{
	const struct matrix_member *members = session->matrix->members;
	struct round round = {.client = members[client].name, .server = members[server].name};
	struct tally tally;
	struct error error;

	if (!captures_folder_open_cell(session->captures, round.client, round.server,
		    session->cell_captures, &error)) {
		session_complain(session, &error);
		return;
	}
	session->settings.captures = session->cell_captures;
	session->settings.program_folders[CLIENT] = members[client].folder;
	session->settings.program_folders[SERVER] = members[server].folder;
	round_run(session, &round, &tally);
	matrix_take(session->matrix, client, server, &tally);
}

static void run_matrix(struct session *session)
{
	for (size_t client = 0; client < session->matrix->count; client++)
		for (size_t server = 0; server < session->matrix->count; server++)
			if (!session_is_over(session))
				run_cell(session, client, server);
	tell_summary(session, NULL);
}

/* A run in which nothing was tested looks like one in which all is well. */
static void check_tested(struct session *session)
{
	const size_t *counts = session->counts;
	struct error error;

	if (session->failed || stop_signal() != 0 || counts[SKIP] == 0 ||
		counts[PASS] + counts[FAIL] + counts[BROKEN] > 0)
		return;
	error_set(&error, "nothing was tested: no case passed and none failed");
	session_complain(session, &error);
}

static int exit_status(const struct session *session)
{
	const size_t *counts = session->counts;

	if (stop_signal() != 0)
		return 128 + stop_signal();
	if (session->failed || counts[BROKEN] > 0 || session->no_right_to_capture > 0)
		return EXIT_BROKEN;
	if (counts[FAIL] > 0 || (session->arguments->fail_on_skip && counts[SKIP] > 0))
		return EXIT_FAILED;
	return EXIT_PASSED;
}

int run_cases(
	const struct arguments *arguments, const struct case_info *const cases[], size_t count)
{
	struct session session;

	if (session_open(&session, arguments, cases, count)) {
		if (session.matrix != NULL)
			run_matrix(&session);
		else
			run_plain(&session);
		program_folders_check_use(&session);
		check_tested(&session);
	}
	session_close(&session);
	return exit_status(&session);
}
