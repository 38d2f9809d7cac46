/* Verbs about the datagrams on a port, all of them. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_DATAGRAMS_H
#define WIRECHECK_VERBS_DATAGRAMS_H

#include "base/bytes.h"
#include "base/side.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/*
 * One datagram that is expected: exactly this payload, or, where there is a pattern, any that
 * matches it. Arrays may name the fields: {.from = CLIENT, .payload = BYTES("a\0b")}.
 */
struct message {
	enum side from;
	struct bytes payload;
	const char *pattern; /* NULL: none */
};

/*
 * A datagram from this side with exactly this text, which must last until the verb that takes the
 * message has returned.
 */
struct message case_from(enum side side, const char *text);
#define from(...) case_from(__VA_ARGS__)

/* The same for bytes that may hold NULs. */
struct message case_from_bytes(enum side side, struct bytes payload);
#define from_bytes(...) case_from_bytes(__VA_ARGS__)

/* The same for any datagram that matches a pattern: * stands for any bytes, all else for itself. */
struct message case_from_matching(enum side side, const char *pattern);
#define from_matching(...) case_from_matching(__VA_ARGS__)

/*
 * The datagrams on this port that no expectation has looked at yet are exactly these, in this
 * order: expect_datagrams(9000, from(CLIENT, "hello"), from(SERVER, "hi")).
 */
void case_expect_datagrams(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
#define expect_datagrams(port, ...)                           \
	VERB(expect_datagrams, #port ", " #__VA_ARGS__, port, \
		((const struct message[]){__VA_ARGS__}),      \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))

/* The same for an array of struct message, in any order: UDP does not promise one. */
void case_expect_datagrams_unordered(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
#define expect_datagrams_unordered(...) VERB(expect_datagrams_unordered, #__VA_ARGS__, __VA_ARGS__)

/* No datagram that no expectation has looked at is on this port. */
void case_expect_no_datagrams(const struct place *place, uint16_t port);
#define expect_no_datagrams(...) VERB(expect_no_datagrams, #__VA_ARGS__, __VA_ARGS__)

/*
 * The same as expect_datagrams for UDP-Lite (RFC 3828). All other verbs about the datagrams on a
 * port are about UDP.
 */
void case_expect_udplite_datagrams(
	const struct place *place, uint16_t port, const struct message *expected, size_t count);
#define expect_udplite_datagrams(port, ...)                           \
	VERB(expect_udplite_datagrams, #port ", " #__VA_ARGS__, port, \
		((const struct message[]){__VA_ARGS__}),              \
		sizeof((const struct message[]){__VA_ARGS__}) / sizeof(struct message))

#endif
