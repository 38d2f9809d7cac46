/*
 * Verbs about one datagram on the wire.
 *
 * expect_coverage, expect_fragments and expect_dont_fragment mark the datagram as looked at, and so
 * does expect_time. The others do not: expect_answer says nothing about the bytes, and those still
 * need expect_datagrams or its like.
 *
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_ONE_DATAGRAM_H
#define WIRECHECK_VERBS_ONE_DATAGRAM_H

#include "base/bytes.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* Datagram `number` on this port, counted from 1. Returns struct datagram *. */
struct datagram *case_datagram_of(const struct place *place, uint16_t port, size_t number);
#define datagram_of(...) VERB(datagram_of, #__VA_ARGS__, __VA_ARGS__)

/* The port that the datagram came from, and the one that it went to. */
uint16_t case_sender_port(const struct datagram *datagram);
uint16_t case_receiver_port(const struct datagram *datagram);
#define sender_port(...)   case_sender_port(__VA_ARGS__)
#define receiver_port(...) case_receiver_port(__VA_ARGS__)

/* The datagram's bytes, as a text up to a NUL and all of them; they live as long as the case. */
const char *case_payload_text(const struct datagram *datagram);
struct bytes case_payload_of(const struct datagram *datagram);
#define payload_text(...) case_payload_text(__VA_ARGS__)
#define payload_of(...)   case_payload_of(__VA_ARGS__)

/* The same for a datagram of UDP-Lite (RFC 3828). All verbs about one datagram take it. */
struct datagram *case_udplite_datagram_of(const struct place *place, uint16_t port, size_t number);
#define udplite_datagram_of(...) VERB(udplite_datagram_of, #__VA_ARGS__, __VA_ARGS__)

/*
 * The checksum of a UDP-Lite datagram covers its first `bytes` bytes, with the header (RFC 3828
 * 3.1): 8 for the header alone. 0: it covers all of it.
 */
void case_expect_coverage(const struct place *place, struct datagram *datagram, size_t bytes);
#define expect_coverage(...) VERB(expect_coverage, #__VA_ARGS__, __VA_ARGS__)

/* The answer goes from where the question went to, to where it came from. */
void case_expect_answer(
	const struct place *place, struct datagram *answer, const struct datagram *question);
#define expect_answer(...) VERB(expect_answer, #__VA_ARGS__, __VA_ARGS__)

/* The datagram came in fragments at these offsets, in units of 8 bytes: (datagram, 0, 185). */
void case_expect_fragments(const struct place *place, struct datagram *datagram,
	const unsigned offsets[], size_t count);
#define expect_fragments(datagram, ...)                               \
	VERB(expect_fragments, #datagram ", " #__VA_ARGS__, datagram, \
		((const unsigned[]){__VA_ARGS__}),                    \
		sizeof((const unsigned[]){__VA_ARGS__}) / sizeof(unsigned))

/* No router may fragment the datagram: it came in one packet, and that has DF (RFC 791 2.3). */
void case_expect_dont_fragment(const struct place *place, struct datagram *datagram);
#define expect_dont_fragment(...) VERB(expect_dont_fragment, #__VA_ARGS__, __VA_ARGS__)

#endif
