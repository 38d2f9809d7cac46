/* Verbs about the window of a connection, and about probes. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_WINDOWS_H
#define WIRECHECK_VERBS_WINDOWS_H

#include "base/side.h"
#include "verbs/verb.h"

/* This side's window went to 0; the other probed it then; it opened again (RFC 9293 3.8.6). */
void case_expect_window_closed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_probed(
	const struct place *place, struct connection *connection, enum side side);
void case_expect_window_opened(
	const struct place *place, struct connection *connection, enum side side);
#define expect_window_closed(...) VERB(expect_window_closed, #__VA_ARGS__, __VA_ARGS__)
#define expect_window_probed(...) VERB(expect_window_probed, #__VA_ARGS__, __VA_ARGS__)
#define expect_window_opened(...) VERB(expect_window_opened, #__VA_ARGS__, __VA_ARGS__)

/* Waits until this side sends a probe: of its idle peer, or of its peer's closed window. */
void case_until_probe(const struct place *place, struct connection *connection, enum side side);
#define until_probe(...) VERB(until_probe, #__VA_ARGS__, __VA_ARGS__)

/* This side sent a probe, or none (RFC 9293 3.8.4, 3.8.6.1). */
void case_expect_probe(const struct place *place, struct connection *connection, enum side side);
void case_expect_no_probe(const struct place *place, struct connection *connection, enum side side);
#define expect_probe(...)    VERB(expect_probe, #__VA_ARGS__, __VA_ARGS__)
#define expect_no_probe(...) VERB(expect_no_probe, #__VA_ARGS__, __VA_ARGS__)

#endif
