/* Verbs about the bytes that each side of a connection sent. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_STREAMS_H
#define WIRECHECK_VERBS_STREAMS_H

#include "base/bytes.h"
#include "base/side.h"
#include "verbs/verb.h"

/* All that this side sent so far is exactly this text. */
void case_expect_sent(
	const struct place *place, struct connection *connection, enum side side, const char *text);
#define expect_sent(...) VERB(expect_sent, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_expect_sent_bytes(const struct place *place, struct connection *connection,
	enum side side, struct bytes expected);
#define expect_sent_bytes(...) VERB(expect_sent_bytes, #__VA_ARGS__, __VA_ARGS__)

/* It is the beginning of these bytes, and not empty. */
void case_expect_sent_prefix(const struct place *place, struct connection *connection,
	enum side side, struct bytes bytes);
#define expect_sent_prefix(...) VERB(expect_sent_prefix, #__VA_ARGS__, __VA_ARGS__)

/* It matches a pattern: * stands for any bytes, everything else for itself. */
void case_expect_sent_matches(const struct place *place, struct connection *connection,
	enum side side, const char *pattern);
#define expect_sent_matches(...) VERB(expect_sent_matches, #__VA_ARGS__, __VA_ARGS__)

#endif
