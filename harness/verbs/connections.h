/* Verbs that find connections on the wire. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_CONNECTIONS_H
#define WIRECHECK_VERBS_CONNECTIONS_H

#include "base/side.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* The one connection on this port, on either side. Returns struct connection *. */
struct connection *case_only_connection(const struct place *place, uint16_t port);
#define only_connection(...) VERB(only_connection, #__VA_ARGS__, __VA_ARGS__)

/* Connection `number` of the `total` on this port, counted from 1 in the order they began. */
struct connection *case_connection_of(
	const struct place *place, uint16_t port, size_t number, size_t total);
#define connection_of(...) VERB(connection_of, #__VA_ARGS__, __VA_ARGS__)

/* No connection has this port on either side: not even a SYN. */
void case_expect_no_connection(const struct place *place, uint16_t port);
#define expect_no_connection(...) VERB(expect_no_connection, #__VA_ARGS__, __VA_ARGS__)

/* The port that this side has. */
uint16_t case_port_of(const struct connection *connection, enum side side);
#define port_of(...) case_port_of(__VA_ARGS__)

#endif
