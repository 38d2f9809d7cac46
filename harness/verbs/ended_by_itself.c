/* Whether a program has come to its end by itself. */
#include "verbs/ended_by_itself.h"

#include "worker/context.h"
#include "worker/wait_limit.h"

bool ended_by_itself(struct program *program)
{
	if (program->ended && !program->flooded)
		return true;
	program->looked_at = true;
	if (!program->ended)
		return expect_that(false, "%s: expected to end, still running after %g s",
			program->name, wait_seconds());
	return expect_that(false, "%s was stopped: it printed more than %zu bytes", program->name,
		OUTPUT_MAXIMUM);
}
