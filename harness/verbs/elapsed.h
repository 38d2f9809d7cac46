/* Verbs about the time between two events, of the case or on the wire. */
#ifndef WIRECHECK_VERBS_ELAPSED_H
#define WIRECHECK_VERBS_ELAPSED_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stdint.h>

/* A moment, as these verbs return it. What it holds is theirs. */
struct moment {
	int64_t monotonic; /* nanoseconds (clock_gettime(2)); 0: a moment on the wire */
	int64_t wall;      /* nanoseconds since the epoch, by the clock of the capture */
	int64_t held_up;   /* nanoseconds that the machine had taken until then; of moment_now() */
	uint32_t packet;   /* in the capture; of a moment on the wire */
};

/* This moment of the case. */
struct moment case_moment_now(const struct place *place);
#define moment_now() case_moment_now(HERE("moment_now()"))

/*
 * The moment at which a side sent this byte of its stream, counted from 0, for the first time; or
 * its FIN; or at which a datagram was sent. They are the capture's times, to a microsecond. They
 * wait for it, and end the case when it does not come.
 */
struct moment case_sent_at(
	const struct place *place, struct connection *connection, enum side side, uint64_t byte);
struct moment case_fin_at(const struct place *place, struct connection *connection, enum side side);
struct moment case_datagram_at(const struct datagram *datagram);
#define sent_at(...)     VERB(sent_at, #__VA_ARGS__, __VA_ARGS__)
#define fin_at(...)      VERB(fin_at, #__VA_ARGS__, __VA_ARGS__)
#define datagram_at(...) case_datagram_at(__VA_ARGS__)

/* The time from one moment to another in milliseconds; a double, negative when it came before. */
double case_milliseconds_between(struct moment first, struct moment second);
#define milliseconds_between(...) case_milliseconds_between(__VA_ARGS__)

/*
 * From one moment to the other it took at least and at most so many milliseconds. No verdict hangs
 * on how busy the machine is. A busy machine makes things take longer, never shorter: where it took
 * longer than it may, but would not have without the time in which the case or its programs waited
 * for a processor or a disk, the case is BROKEN. Between two moments on the wire that is all such
 * time since the case began. Between moments of moment_now() lies the harness's own work, too:
 * bounds of less than 50 ms are for the wire.
 */
void case_expect_between(const struct place *place, struct moment first, struct moment second,
	double least, double most);
#define expect_between(...) VERB(expect_between, #__VA_ARGS__, __VA_ARGS__)

/* The same from a moment until now. */
void case_expect_elapsed(const struct place *place, struct moment since, double least, double most);
#define expect_elapsed(...) VERB(expect_elapsed, #__VA_ARGS__, __VA_ARGS__)

#endif
