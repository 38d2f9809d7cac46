/* The folders whose programs are tested: those that the command line names, or the built-in one. */
#include "command/program_folders.h"

#include "base/side.h"
#include "command/stop_signals.h"
#include "kernel/implementation.h"

#include <stdlib.h>
#include <string.h>

/* A folder in which there is nothing to test was named by mistake. */
static bool has_programs(const char *folder, struct error *error)
{
	return implementation_has_any(folder) ||
	       error_set(error, "%s: no executable in it", folder);
}

static bool find_side(
	struct session *session, enum side side, const char *named, struct error *error)
{
	const char *folder = named != NULL ? named : session->arguments->impl;
	char *own = session->program_folders[side];

	session->settings.built_in[side] = folder == NULL;
	session->settings.program_folders[side] = folder != NULL ? own : session->built_in;
	return folder == NULL ||
	       (implementation_find(folder, own, error) && has_programs(own, error));
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

bool program_folders_find(struct session *session, struct error *error)
{
	const struct arguments *arguments = session->arguments;

	if (!implementation_built_in(session->built_in, error))
		return false;
	if (arguments->matrix == NULL)
		return find_side(session, SERVER, arguments->server_impl, error) &&
		       find_side(session, CLIENT, arguments->client_impl, error);
	session->matrix = calloc(1, sizeof *session->matrix);
	if (session->matrix == NULL)
		return error_errno(error, "memory for a matrix");
	return find_members(session->matrix, arguments->matrix, error);
}

static void complain(struct session *session, const char *folder)
{
	struct error error;

	error_set(&error, "%s: none of the programs that the cases asked for is in it", folder);
	session_complain(session, &error);
}

/* One folder that was named for both sides needs a program of either side only. */
static void check_sides(struct session *session)
{
	const struct settings *settings = &session->settings;
	const char *const *folders = settings->program_folders;
	bool same = !settings->built_in[CLIENT] && !settings->built_in[SERVER] &&
		    strcmp(folders[CLIENT], folders[SERVER]) == 0;

	for (enum side side = CLIENT; side <= SERVER; side++) {
		enum side other = same ? side_peer(side) : side;
		bool asked = session->asked[side] || session->asked[other];
		bool found = session->found[side] || session->found[other];
		if (settings->built_in[side] || !asked || found || stop_signal() != 0)
			continue;
		complain(session, folders[side]);
		if (same)
			return;
	}
}

static void check_members(struct session *session)
{
	for (size_t i = 0; i < session->matrix->count; i++) {
		const struct matrix_member *member = &session->matrix->members[i];
		if (member->asked && !member->found && !session_is_over(session))
			complain(session, member->folder);
	}
}

void program_folders_check_use(struct session *session)
{
	if (session->counts[BROKEN] > 0)
		return;
	if (session->matrix != NULL)
		check_members(session);
	else
		check_sides(session);
}
