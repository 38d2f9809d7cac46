/* The mark that all processes of one program have, and by which they are found. */
#include "kernel/process_mark.h"

#include "kernel/proc.h"

#include <inttypes.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/resource.h>

/*
 * A process gives at most this many marks, one after the other. The first one is random: processes
 * that somebody else marked may be in /proc too.
 */
#define MARKS_MAXIMUM UINT64_C(65536)

static process_mark first_mark, last_mark;

/* Every mark must be below the hard limit: a process may not ask for more. */
static bool choose_first_mark(rlim_t hard, struct error *error)
{
	uint32_t chance = 0;

	if (getrandom(&chance, sizeof chance, 0) != sizeof chance)
		return error_errno(error, "getrandom");
	first_mark = (UINT64_C(1) << 48) + chance * MARKS_MAXIMUM;
	if (first_mark + MARKS_MAXIMUM > hard)
		first_mark = hard > 2 * MARKS_MAXIMUM ? 1 + chance % (hard - MARKS_MAXIMUM) : 1;
	last_mark = first_mark - 1;
	return true;
}

bool process_mark_give(process_mark *mark, struct error *error)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_LOCKS, &limit) != 0)
		return error_errno(error, "getrlimit(RLIMIT_LOCKS)");
	if (first_mark == 0 && !choose_first_mark(limit.rlim_max, error))
		return false;
	limit.rlim_cur = last_mark + 1;
	if (setrlimit(RLIMIT_LOCKS, &limit) != 0)
		return error_errno(error, "setrlimit(RLIMIT_LOCKS, %" PRIu64 ")", last_mark + 1);
	*mark = ++last_mark;
	return true;
}

process_mark process_mark_read(int folder)
{
	char text[4096];
	process_mark mark = 0;

	if (!proc_read(folder, "limits", text, sizeof text))
		return 0;
	const char *limit = proc_field(text, "Max file locks ");
	return limit != NULL && sscanf(limit, "%" SCNu64, &mark) == 1 ? mark : 0;
}

bool process_mark_is(process_mark mark, process_mark wanted)
{
	return wanted != 0 ? mark == wanted : mark >= first_mark && mark <= last_mark;
}
