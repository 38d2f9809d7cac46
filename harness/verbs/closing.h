/* Verbs about how a connection closed, or was reset. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_CLOSING_H
#define WIRECHECK_VERBS_CLOSING_H

#include "base/side.h"
#include "verbs/verb.h"

/* Neither side has ended it so far: no FIN and no RST. */
void case_expect_open(const struct place *place, struct connection *connection);
#define expect_open(...) VERB(expect_open, #__VA_ARGS__, __VA_ARGS__)

/* Both sides sent a FIN and each was acknowledged (RFC 9293 3.6). */
void case_expect_closed(const struct place *place, struct connection *connection);
#define expect_closed(...) VERB(expect_closed, #__VA_ARGS__, __VA_ARGS__)

/* This side sent its FIN before the other did. */
void case_expect_closed_first(
	const struct place *place, struct connection *connection, enum side side);
#define expect_closed_first(...) VERB(expect_closed_first, #__VA_ARGS__, __VA_ARGS__)

/* Each side sent its FIN before it saw the other's (RFC 9293 3.6 case 3). */
void case_expect_simultaneous_close(const struct place *place, struct connection *connection);
#define expect_simultaneous_close(...) VERB(expect_simultaneous_close, #__VA_ARGS__, __VA_ARGS__)

/* This side sent FIN, the other side sent data after it, and then its own FIN. */
void case_expect_half_close(
	const struct place *place, struct connection *connection, enum side side);
#define expect_half_close(...) VERB(expect_half_close, #__VA_ARGS__, __VA_ARGS__)

/* This side sent no FIN. */
void case_expect_no_fin(const struct place *place, struct connection *connection, enum side side);
#define expect_no_fin(...) VERB(expect_no_fin, #__VA_ARGS__, __VA_ARGS__)

/*
 * This side sent a RST that the other takes. A RST outside the window does not count (RFC
 * 5961 3.2).
 */
void case_expect_reset(const struct place *place, struct connection *connection, enum side side);
#define expect_reset(...) VERB(expect_reset, #__VA_ARGS__, __VA_ARGS__)

/* No RST ended it: before both sides had closed, none was sent that its receiver takes. */
void case_expect_no_reset(const struct place *place, struct connection *connection);
#define expect_no_reset(...) VERB(expect_no_reset, #__VA_ARGS__, __VA_ARGS__)

#endif
