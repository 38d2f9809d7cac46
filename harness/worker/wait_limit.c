/* The limit of a wait, and how a busy machine extends it. */
#include "worker/wait_limit.h"

#include "base/clock.h"
#include "kernel/busy_machine.h"
#include "worker/context.h"

#include <stddef.h>
#include <sys/types.h>
#include <sys/wait.h>

/* When a long wait first looks at the programs' delays, and the time from one look to the next. */
#define LOOK_FIRST INT64_C(50000000)
#define LOOK_NEXT  INT64_C(100000000)

/* A limit is extended by at most this many times its length: a disk may never answer. */
#define EXTENSIONS_MAXIMUM 20

/* The length of the last limit, and by how much it was extended. */
static int64_t last_length, delayed;

/* For how long programs waited for a processor or a disk, by all looks so far. */
static int64_t held_up;

struct limit limit_of(int64_t nanoseconds)
{
	int64_t now = monotonic_now();

	last_length = nanoseconds;
	delayed = 0;
	return (struct limit){.began = now, .end = now + nanoseconds, .looked = now + LOOK_FIRST};
}

/* On the host there are processes of others: so there only the programs' first ones count. */
static int64_t programs_delay(void)
{
	pid_t processes[PROGRAMS_MAXIMUM];
	size_t count = 0;

	for (size_t i = 0; !context.settings->isolated && i < context.program_count; i++)
		if (!context.programs[i]->ended)
			processes[count++] = context.programs[i]->pid;
	int64_t delay = busy_machine_delay(context.settings->isolated ? NULL : processes, count);
	held_up += delay;
	return delay;
}

int64_t wait_held_up(void)
{
	(void)programs_delay();
	return held_up + busy_machine_own_delay();
}

/* Whether a process has ended, and was not reaped yet. */
static bool has_just_ended(idtype_t kind, pid_t process)
{
	siginfo_t news = {0};

	return waitid(kind, (id_t)process, &news, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	       news.si_pid != 0;
}

void note_ended_programs(void)
{
	if (!has_just_ended(P_ALL, 0))
		return;
	for (size_t i = 0; i < context.program_count; i++) {
		const struct program *program = context.programs[i];
		if (!program->ended && program->pid > 0 && has_just_ended(P_PID, program->pid))
			held_up += busy_machine_last_delay(program->pid);
	}
}

/* Extends the limits of the wait and of the case by the programs' delay since the last look. */
static void put_off(struct limit *limit, int64_t now)
{
	int64_t delay = programs_delay();

	if (delay > now - limit->began - delayed)
		delay = now - limit->began - delayed;
	if (delay > EXTENSIONS_MAXIMUM * last_length - delayed)
		delay = EXTENSIONS_MAXIMUM * last_length - delayed;
	limit->looked = now + LOOK_NEXT;
	if (delay <= 0)
		return;
	delayed += delay;
	limit->end += delay;
	context.deadline += delay;
	context.results->delayed += delay;
}

bool limit_is_over(struct limit *limit, int64_t now)
{
	if (limit->end == 0)
		return true;
	if (now >= limit->looked || now >= limit->end)
		put_off(limit, now);
	return now >= limit->end;
}

double wait_seconds(void)
{
	return (double)(last_length / 1000000) / 1e3;
}

double wait_delayed(void)
{
	return (double)(delayed / 1000000) / 1e3;
}
