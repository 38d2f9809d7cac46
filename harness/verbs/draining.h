/* Verbs that receive whatever comes at a socket of the case. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_DRAINING_H
#define WIRECHECK_VERBS_DRAINING_H

#include "verbs/verb.h"

#include <stddef.h>

/* Receives whatever comes, until the peer's end of stream. */
void case_drain(const struct place *place, struct endpoint *endpoint);
#define drain(...) VERB(drain, #__VA_ARGS__, __VA_ARGS__)

/* Receives whatever comes, perhaps nothing, until recv(2) fails with this errno. */
void case_drain_until_error(const struct place *place, struct endpoint *endpoint, int error_number);
#define drain_until_error(...) VERB(drain_until_error, #__VA_ARGS__, __VA_ARGS__)

/*
 * Receives until each of `sent` datagrams has come, or was counted as dropped because the receive
 * buffer was full (Udp RcvbufErrors, of UDP-Lite UdpLite's). Returns how many came.
 */
size_t case_count_received(const struct place *place, struct endpoint *receiver, size_t sent);
#define count_received(...) VERB(count_received, #__VA_ARGS__, __VA_ARGS__)

#endif
