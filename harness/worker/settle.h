/*
 * Settling: waits until the wire is quiet and the capture has all of it, decoded.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_SETTLE_H
#define WIRECHECK_SETTLE_H

#include "base/error.h"

enum settled {
	SETTLED,
	RESTLESS,   /* the sockets were not quiet for the whole limit of a wait: a FAIL */
	INCOMPLETE, /* the capture lacks something, so the harness cannot judge: BROKEN */
};

/*
 * Settles the capture: waits until no TCP socket will send by itself, and until context.wire has
 * every frame that the interface carried until then. A socket counts as quiet when it waits for a
 * program that does not accept or does not read. It counts as quiet too when nobody answers its
 * segments for the whole limit of a wait. The error says what did not become quiet, or what the
 * capture lacks.
 */
enum settled settle(struct error *error);

/* The same for a verb that looks at the wire. Without success the case ends, as FAIL or BROKEN. */
void must_settle(void);

/* Whether an expectation holds, by what is on the wire so far. */
enum outlook {
	AS_EXPECTED,
	NOT_YET, /* it does not hold; a program may still change that */
	NEVER,   /* it does not hold, whatever comes */
};

/*
 * Settles the capture and calls `look`. While that says NOT_YET, and there are programs that can
 * act, waits for more on the wire and calls it again, within the limit of a wait. Returns what the
 * last look said.
 */
enum outlook settle_until(enum outlook (*look)(void *argument), void *argument);

/* Decodes into context.wire what the capture has so far, settled or not. */
void settle_decode(void);

#endif
