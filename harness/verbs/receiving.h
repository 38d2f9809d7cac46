/*
 * Verbs that receive at a socket of the case, and say what it is to be. One verb receives 256 MiB
 * at most.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_RECEIVING_H
#define WIRECHECK_VERBS_RECEIVING_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stddef.h>

/* Receives as many bytes as the text has (TCP) or one datagram (UDP): they are that text. */
void case_expect_received(const struct place *place, struct endpoint *endpoint, const char *text);
#define expect_received(...) VERB(expect_received, #__VA_ARGS__, __VA_ARGS__)

/* The same for bytes that may hold NULs. */
void case_expect_received_bytes(
	const struct place *place, struct endpoint *endpoint, struct bytes expected);
#define expect_received_bytes(...) VERB(expect_received_bytes, #__VA_ARGS__, __VA_ARGS__)

/*
 * What is received matches a pattern, in which * stands for any bytes and everything else for
 * itself. On UDP that is one datagram. On TCP it is the shortest beginning of what comes that
 * matches, and what comes after that is left to be received: "220 *\r\n" takes one line. A pattern
 * that ends with * takes all up to the end of the stream.
 */
void case_expect_received_matches(
	const struct place *place, struct endpoint *endpoint, const char *pattern);
#define expect_received_matches(...) VERB(expect_received_matches, #__VA_ARGS__, __VA_ARGS__)

/* One recv(2) with flags, MSG_OOB for instance, into as many bytes as the text has: it is that. */
void case_expect_received_flags(
	const struct place *place, struct endpoint *endpoint, int flags, const char *text);
#define expect_received_flags(...) VERB(expect_received_flags, #__VA_ARGS__, __VA_ARGS__)

/*
 * One recv(2) of a datagram of `whole` bytes into as many bytes as the text has: they are that
 * text. The call has MSG_TRUNC and so returns `whole`.
 */
void case_expect_truncated(
	const struct place *place, struct endpoint *endpoint, const char *text, size_t whole);
#define expect_truncated(...) VERB(expect_truncated, #__VA_ARGS__, __VA_ARGS__)

/* Waits for the peer's end of stream: no byte comes before it. */
void case_expect_end_of_stream(const struct place *place, struct endpoint *endpoint);
#define expect_end_of_stream(...) VERB(expect_end_of_stream, #__VA_ARGS__, __VA_ARGS__)

/* recv(2), which waits if it must, fails with this errno. */
void case_expect_receive_error(
	const struct place *place, struct endpoint *endpoint, int error_number);
#define expect_receive_error(...) VERB(expect_receive_error, #__VA_ARGS__, __VA_ARGS__)

/* There is nothing to receive now. */
void case_expect_nothing_received(const struct place *place, struct endpoint *endpoint);
#define expect_nothing_received(...) VERB(expect_nothing_received, #__VA_ARGS__, __VA_ARGS__)

#endif
