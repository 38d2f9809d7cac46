/* Verbs about how a connection opened. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_OPENING_H
#define WIRECHECK_VERBS_OPENING_H

#include "base/side.h"
#include "verbs/verb.h"

/* It opened by SYN, SYN+ACK, ACK (RFC 9293 3.5). */
void case_expect_handshake(const struct place *place, struct connection *connection);
#define expect_handshake(...) VERB(expect_handshake, #__VA_ARGS__, __VA_ARGS__)

/* Its SYN was answered by RST+ACK: nobody listened (RFC 9293 3.5.2). */
void case_expect_refused(const struct place *place, struct connection *connection);
#define expect_refused(...) VERB(expect_refused, #__VA_ARGS__, __VA_ARGS__)

/* Both sides sent their SYN before they saw the other's (RFC 9293 3.5). */
void case_expect_simultaneous_open(const struct place *place, struct connection *connection);
#define expect_simultaneous_open(...) VERB(expect_simultaneous_open, #__VA_ARGS__, __VA_ARGS__)

/* CLIENT's SYN carried exactly this text, and SERVER took it by its SYN+ACK (RFC 7413 2). */
void case_expect_sent_in_syn(
	const struct place *place, struct connection *connection, const char *text);
#define expect_sent_in_syn(...) VERB(expect_sent_in_syn, #__VA_ARGS__, __VA_ARGS__)

/* The SYN of this side has the option MSS with this value. */
void case_expect_mss(const struct place *place, struct connection *connection, enum side side,
	unsigned expected);
#define expect_mss(...) VERB(expect_mss, #__VA_ARGS__, __VA_ARGS__)

#endif
