/* All that the command has open or made while it runs cases, and what came of them. */
#include "command/session.h"

#include "base/clock.h"
#include "command/captures_folder.h"
#include "command/program_folders.h"
#include "command/stop_signals.h"
#include "command/visible_folders.h"
#include "kernel/environment.h"
#include "kernel/resource_limits.h"
#include "kernel/sandbox.h"
#include "kernel/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool session_complain(struct session *session, const struct error *error)
{
	fprintf(stderr, "wirecheck: %s\n", error->text);
	session->failed = true;
	return false;
}

bool session_fails_fast(const struct session *session)
{
	return session->arguments->fail_fast && session->counts[FAIL] + session->counts[BROKEN] > 0;
}

bool session_is_over(const struct session *session)
{
	return session->failed || stop_signal() != 0 || session_fails_fast(session);
}

static bool make_scratch(char out[PATH_MAX], struct error *error)
{
	const char *parent = getenv("TMPDIR");

	return scratch_make(parent == NULL || *parent == '\0' ? "/tmp" : parent, out, error);
}

/* Without sandboxes cases leave files in the folder itself. */
static bool remove_scratch(const struct session *session, struct error *error)
{
	if (session->scratch[0] == '\0')
		return true;
	return (session->settings.isolated || scratch_empty(session->scratch, error)) &&
	       scratch_remove(session->scratch, error);
}

static bool prepare_sandbox(const struct session *session, struct error *error)
{
	const struct settings *settings = &session->settings;
	struct error cause;

	if (!settings->isolated)
		return true;
	if (sandbox_prepare(settings->scratch, &cause))
		return visible_folders_keep(session, error);
	return error_set(error,
		"no sandbox here: %s. Allow user namespaces (Ubuntu: sysctl "
		"kernel.apparmor_restrict_unprivileged_userns=0; a container: --security-opt "
		"seccomp=unconfined; elsewhere: sysctl user.max_user_namespaces), or use "
		"--no-sandbox",
		cause.text);
}

static bool open_reports(struct session *session, struct error *error)
{
	const struct arguments *arguments = session->arguments;
	size_t rounds =
		session->matrix != NULL ? session->matrix->count * session->matrix->count : 1;
	struct plan plan = {
		.runs = rounds * session->case_count * arguments->repeat,
		.repeat = arguments->repeat,
		.verbose = arguments->verbose,
	};

	return reporters_open(&session->reporters, arguments->reports, &plan, error);
}

static bool make_ready(struct session *session, struct error *error)
{
	if (!stop_signals_catch(error))
		return false;
	if (getcwd(session->started_in, sizeof session->started_in) == NULL)
		return error_errno(error, "the folder that wirecheck was started in");
	return program_folders_find(session, error) &&
	       captures_folder_open(session->arguments->captures, session->captures, error) &&
	       make_scratch(session->scratch, error) && prepare_sandbox(session, error) &&
	       open_reports(session, error) && environment_prepare(error) &&
	       resource_limits_prepare(error);
}

bool session_open(struct session *session, const struct arguments *arguments,
	const struct case_info *const cases[], size_t count)
{
	struct error error;

	*session = (struct session){
		.arguments = arguments,
		.cases = cases,
		.case_count = count,
		.settings = {.wait_limit = (int64_t)(arguments->timeout * 1e9),
			.case_limit = (int64_t)(arguments->case_timeout * 1e9),
			.built_in_folder = session->built_in,
			.started_in = session->started_in,
			.captures = session->captures,
			.scratch = session->scratch,
			.isolated = !arguments->no_sandbox},
		.began = monotonic_now(),
	};
	return make_ready(session, &error) || session_complain(session, &error);
}

void session_close(struct session *session)
{
	struct error error;

	while (session->reporters.count > 0)
		if (!reporters_close_next(&session->reporters, &error))
			session_complain(session, &error);
	if (!remove_scratch(session, &error))
		session_complain(session, &error);
	free(session->matrix);
	session->matrix = NULL;
}
