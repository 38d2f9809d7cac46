/* Settling: waits until the wire is quiet and all of it is in the capture, decoded. */
#ifndef WIRECHECK_SETTLE_H
#define WIRECHECK_SETTLE_H

#include "base/error.h"

#include <stdbool.h>

enum settled {
	SETTLED,
	RESTLESS,   /* programs went on sending for the whole limit of a wait: that is theirs */
	INCOMPLETE, /* the capture lacks something: the harness cannot tell */
};

/*
 * Settles the capture: every TCP socket is as quiet as it will be by itself, and every frame that
 * the interface carried until then is in context.wire. A socket that waits for a program (one that
 * does not accept, or does not read) is quiet, and so is one whose segments nobody answers for the
 * whole limit of a wait. The error says what was still going on, or what the capture lacks.
 */
enum settled settle(struct error *error);

/* The same for a verb that looks at the wire: what failed ends the case, as FAIL or BROKEN. */
void must_settle(void);

/* What an expectation comes to by what is on the wire. */
enum outlook {
	AS_EXPECTED,
	NOT_YET, /* a program may still make it so */
	NEVER,   /* whatever follows, it does not hold */
};

/*
 * Settles, and looks; as long as that says NOT_YET and programs are there that can act, waits until
 * more is on the wire and looks again, within the limit of a wait. The last look stands.
 */
enum outlook settle_until(enum outlook (*look)(void *argument), void *argument);

/* Decodes what the capture has so far into context.wire, settled or not. */
void settle_decode(void);

#endif
