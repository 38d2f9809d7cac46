/*
 * Verbs about ICMP errors: on the wire, and as a socket of the case hears of them.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_ICMP_ERRORS_H
#define WIRECHECK_VERBS_ICMP_ERRORS_H

#include "verbs/verb.h"

#include <stdint.h>

/*
 * An ICMP error with this type and code is about a packet to this port (RFC 792, RFC 4443); of a
 * datagram, it quotes one that was sent.
 */
void case_expect_icmp(const struct place *place, uint16_t port, unsigned type, unsigned code);
#define expect_icmp(...) VERB(expect_icmp, #__VA_ARGS__, __VA_ARGS__)

/*
 * Waits for an entry in the socket's error queue (ip(7) IP_RECVERR): an ICMP error brought this
 * errno, about a datagram to HOST and PORT with this text.
 */
void case_expect_queued_error(const struct place *place, const struct endpoint *endpoint,
	int error_number, const char *host, uint16_t port, const char *text);
#define expect_queued_error(...) VERB(expect_queued_error, #__VA_ARGS__, __VA_ARGS__)

#endif
