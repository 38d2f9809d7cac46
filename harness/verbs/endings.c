/* Verbs about how a program ends; each waits for its end. */
#include "verbs/endings.h"

#include "verbs/ended_by_itself.h"
#include "worker/context.h"
#include "worker/wait.h"

#include <stdbool.h>
#include <string.h>
#include <sys/wait.h>

static bool has_ended(void *argument)
{
	const struct program *program = argument;

	return program->ended;
}

/* Waits for the program's end. If one came, `end` has it; otherwise a failure is recorded. */
static bool ended_in_time(struct program *program, struct buffer *end)
{
	struct wait wait = {.met = has_ended, .argument = program, .descriptor = -1};

	(void)wait_for(&wait);
	if (!ended_by_itself(program))
		return false;
	program->looked_at = true;
	buffer_init(end, 256);
	program_describe_end(program, end);
	return true;
}

void case_expect_exit(const struct place *place, struct program *program, int status)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program, &end))
		return;
	expect_that(WIFEXITED(program->status) && WEXITSTATUS(program->status) == status,
		"%s: expected exit status %d, found %s", program->name, status, buffer_text(&end));
	buffer_free(&end);
}

void case_expect_killed(const struct place *place, struct program *program, int number)
{
	struct buffer end;

	context_at(place);
	if (!ended_in_time(program, &end))
		return;
	expect_that(WIFSIGNALED(program->status) && WTERMSIG(program->status) == number,
		"%s: expected to be killed by signal %d (%s), found %s", program->name, number,
		strsignal(number), buffer_text(&end));
	buffer_free(&end);
}
