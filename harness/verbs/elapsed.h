/* Verbs about the time between two events, of the case or on the wire. */
#ifndef WIRECHECK_VERBS_ELAPSED_H
#define WIRECHECK_VERBS_ELAPSED_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* A moment, as these verbs return it: by its number among those that they have returned. */
struct moment {
	size_t number; /* from 1 */
};

/* This moment of the case. */
struct moment case_moment_now(const struct place *place);
#define moment_now() case_moment_now(HERE("moment_now()"))

/*
 * The moment at which a side first sent this byte of its stream, counted from 0; or its FIN. It is
 * the capture's time, to a microsecond. Both wait for it, and end the case when it does not come.
 */
struct moment case_sent_at(
	const struct place *place, struct connection *connection, enum side side, uint64_t byte);
struct moment case_fin_at(const struct place *place, struct connection *connection, enum side side);
#define sent_at(...) VERB(sent_at, #__VA_ARGS__, __VA_ARGS__)
#define fin_at(...)  VERB(fin_at, #__VA_ARGS__, __VA_ARGS__)

/* The moment at which a datagram was sent, by the capture's time. Does not wait: it is there. */
struct moment case_datagram_at(const struct datagram *datagram);
#define datagram_at(...) case_datagram_at(__VA_ARGS__)

/* The time from one moment to another in milliseconds; a double, negative when it came before. */
double case_milliseconds_between(struct moment first, struct moment second);
#define milliseconds_between(...) case_milliseconds_between(__VA_ARGS__)

/*
 * The time from the first to the second is at least `least` and at most `most` milliseconds.
 *
 * A busy machine makes it longer. If it is too long only because of that, the case is BROKEN. To
 * find out, the verb subtracts the time in which the case or its programs waited for a processor or
 * a disk; between two packets, all such time since the case began.
 *
 * Between moments of moment_now() lies the harness's own work, too. For less than 50 ms use
 * sent_at, fin_at or datagram_at, not moment_now().
 */
void case_expect_between(const struct place *place, struct moment first, struct moment second,
	double least, double most);
#define expect_between(...) VERB(expect_between, #__VA_ARGS__, __VA_ARGS__)

/* The same from a moment until now. */
void case_expect_elapsed(const struct place *place, struct moment since, double least, double most);
#define expect_elapsed(...) VERB(expect_elapsed, #__VA_ARGS__, __VA_ARGS__)

#endif
