/* What one run of one case came to, and the texts that say so. */
#ifndef WIRECHECK_OUTCOME_H
#define WIRECHECK_OUTCOME_H

#include "base/buffer.h"
#include "base/case_info.h"
#include "base/results.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the text of one outcome: its findings and its report have limits of their own. */
#define OUTCOME_TEXT_MAXIMUM ((size_t)1 << 20)

/* One run of one case. All is the owner's of the schedule, good until schedule_release. */
struct outcome {
	const struct case_info *info;
	unsigned run; /* counted from 1 */
	enum verdict verdict;
	double seconds; /* from start to verdict */
	const struct results *results;
	char death[128]; /* how a worker died that never said a verdict; else empty */
};

/*
 * Appends the text that stands below the heading of a run: what the case proves, what failed, the
 * programs, the wire. With `verbose` the expectations that held are in it too. It is UTF-8.
 */
void outcome_describe(struct buffer *out, const struct outcome *outcome, bool verbose);

/* Why a run was skipped; valid as long as the outcome's results. */
const char *outcome_skip_reason(const struct outcome *outcome);

/*
 * Appends one line for a run that did not pass: why it was skipped, the first expectation that
 * failed, or how the worker died. It may have bytes that are not UTF-8.
 */
void outcome_append_message(struct buffer *out, const struct outcome *outcome);

#endif
