/* Which folders of the host programs still see in a sandbox, where /tmp and its like are empty. */
#include "command/visible_folders.h"

#include "base/side.h"
#include "kernel/folders.h"

#include <stdlib.h>

/* Variables of the environment that say where programs are, and what programs load. */
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

static bool keep_programs(const struct session *session, struct error *error)
{
	const struct matrix *matrix = session->matrix;

	if (matrix == NULL)
		return folders_keep_programs(session->program_folders[SERVER], error) &&
		       folders_keep_programs(session->program_folders[CLIENT], error);
	for (size_t i = 0; i < matrix->count; i++)
		if (!folders_keep_programs(matrix->members[i].folder, error))
			return false;
	return true;
}

bool visible_folders_keep(const struct session *session, struct error *error)
{
	return keep_programs(session, error) && keep_environment(error) &&
	       folders_keep(session->built_in, error) && folders_keep(session->captures, error) &&
	       folders_keep(session->started_in, error);
}
