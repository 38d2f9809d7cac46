/* Verbs about all that crossed the wire. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_TRAFFIC_H
#define WIRECHECK_VERBS_TRAFFIC_H

#include "verbs/verb.h"

#include <stdint.h>

/* Nothing at all crossed it. */
void case_expect_no_packets(const struct place *place);
#define expect_no_packets() case_expect_no_packets(HERE("expect_no_packets()"))

/*
 * What no expectation looked at does not fail this case.
 *
 * Without this verb, each connection must be looked at by one expectation, also a connection of the
 * case itself: expect_closed(only_connection(PORT)). Then the bytes that the case sent need no
 * expect_sent. Those of its peer need none when every one of them was compared (expect_received and
 * its like, exchange) or taken into a variable (receive_bytes and its like). What the case drained
 * does need it.
 */
void case_allow_other_traffic(const struct place *place);
#define allow_other_traffic() case_allow_other_traffic(HERE("allow_other_traffic()"))

/*
 * What is on this port, on either side, does not fail this case when no expectation looked at it:
 * connections, datagrams, and ICMP errors about them. Packets without a port still do.
 */
void case_allow_traffic_on(const struct place *place, uint16_t port);
#define allow_traffic_on(...) VERB(allow_traffic_on, #__VA_ARGS__, __VA_ARGS__)

#endif
