/* What the threads of a program and of its children are at, by proc(5). */
#include "threads.h"

#include "context.h"

#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

/* The program's process ID as /proc has it, which may be the host's; 0 when it has ended. */
static long pid_in_proc(const struct program *program)
{
	char path[64], line[128];
	long pid = 0;

	if (program->pidfd < 0)
		return 0;
	snprintf(path, sizeof path, "/proc/self/fdinfo/%d", program->pidfd);
	FILE *file = fopen(path, "re");
	if (file == NULL)
		case_over(BROKEN, "open %s: %s", path, strerror(errno));
	while (fgets(line, sizeof line, file) != NULL && sscanf(line, "Pid: %ld", &pid) != 1)
		;
	fclose(file);
	return pid;
}

/* A thread's state in proc(5), `S` for instance, if it is in this process group; 0: it is not. */
static char state_in_group(const char *path, long group)
{
	char line[512], state = 0;
	long found = 0;
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return 0; /* it has just ended */
	const char *end_of_name =
		fgets(line, sizeof line, file) != NULL ? strrchr(line, ')') : NULL;
	fclose(file);
	if (end_of_name == NULL || sscanf(end_of_name + 1, " %c %*d %ld", &state, &found) != 2)
		return 0;
	return found == group ? state : 0;
}

char threads_beyond(const struct program *program, const char *states)
{
	glob_t stats;
	char beyond = 0;
	long group = pid_in_proc(program);

	if (group == 0)
		return 0;
	if (glob("/proc/[0-9]*/task/[0-9]*/stat", GLOB_NOSORT, NULL, &stats) != 0)
		case_over(BROKEN, "no thread found in /proc");
	for (size_t i = 0; beyond == 0 && i < stats.gl_pathc; i++) {
		char state = state_in_group(stats.gl_pathv[i], group);
		if (state != 0 && strchr(states, state) == NULL)
			beyond = state;
	}
	globfree(&stats);
	return beyond;
}
