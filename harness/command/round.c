/* One round: all cases, as often as --repeat says, with the programs that the settings name. */
#include "command/round.h"

#include "base/clock.h"
#include "base/side.h"
#include "command/schedule.h"
#include "command/verdicts.h"

/* What a round has at work. */
struct work {
	struct session *session;
	struct round *round;
	struct tally *tally;
	struct schedule schedule;
	struct verdicts verdicts; /* of the cases that are over */
};

static void judge(struct work *work, const struct outcome *outcome)
{
	work->session->counts[outcome->verdict]++;
	tally_run(work->tally, outcome);
	reporters_judged(&work->session->reporters, work->round, outcome);
}

static bool end_case(
	struct work *work, const struct case_info *info, unsigned runs, struct error *error)
{
	enum verdict verdict = tally_case(work->tally, info, runs);

	reporters_case_over(&work->session->reporters, work->round, info);
	tally_next_case(work->tally);
	return verdicts_set(&work->verdicts, info->name, verdict) ||
	       error_set(error, "no memory for the last verdicts");
}

/* All runs of a case. False when there are no more: after a signal, or with an error. */
static bool run_case(struct work *work, const struct case_info *info, struct error *error)
{
	unsigned runs = 0;

	while (runs < work->schedule.repeat && !session_fails_fast(work->session)) {
		struct outcome outcome;
		if (!schedule_next(&work->schedule, &outcome, error))
			return false;
		judge(work, &outcome);
		schedule_release(&work->schedule);
		runs++;
	}
	return runs == 0 || end_case(work, info, runs, error);
}

static bool run_all(struct work *work, struct error *error)
{
	const struct session *session = work->session;

	error->text[0] = '\0';
	for (size_t i = 0; i < session->case_count && !session_fails_fast(session); i++)
		if (!run_case(work, session->cases[i], error))
			return error->text[0] == '\0'; /* a signal that asked to stop is no error */
	return true;
}

static void keep_counts(struct session *session, const struct tally *tally)
{
	session->no_right_to_capture += tally->no_right_to_capture;
	for (enum side side = CLIENT; side <= SERVER; side++) {
		session->asked[side] |= tally->asked[side];
		session->found[side] |= tally->found[side];
	}
}

void round_run(struct session *session, struct round *round, struct tally *tally)
{
	const struct arguments *arguments = session->arguments;
	struct work work = {.session = session, .round = round, .tally = tally};
	int64_t began = monotonic_now();
	struct error error;

	tally_begin(tally);
	round->tally = tally;
	round->runs = session->case_count * arguments->repeat;
	reporters_round_begins(&session->reporters, round);
	if (!schedule_open(&work.schedule, &session->settings, session->cases, session->case_count,
		    arguments->repeat, arguments->jobs, &error) ||
		!run_all(&work, &error))
		session_complain(session, &error);
	schedule_close(&work.schedule);
	round->seconds = (double)(monotonic_now() - began) / 1e9;
	reporters_round_over(&session->reporters, round);
	keep_counts(session, tally);
	if (!verdicts_keep(&work.verdicts, session->settings.captures, &error))
		session_complain(session, &error);
	verdicts_free(&work.verdicts);
}
