/*
 * Verbs about where a port is listened on, and whether another program could listen there too.
 * Tested by test_failure_texts.c.
 */
#ifndef WIRECHECK_VERBS_BINDING_H
#define WIRECHECK_VERBS_BINDING_H

#include "base/protocol.h"
#include "verbs/verb.h"

#include <stddef.h>
#include <stdint.h>

/* Whoever listens on this port does so on this numeric address, and on no other. */
void case_expect_bound_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
#define expect_bound_to(...) VERB(expect_bound_to, #__VA_ARGS__, __VA_ARGS__)

/* The same for several, 16 at most: expect_bound_to_all(TCP, 8898, "127.0.0.1", "::1"). */
void case_expect_bound_to_all(const struct place *place, enum protocol protocol, uint16_t port,
	const char *const hosts[], size_t count);
#define expect_bound_to_all(protocol, port, ...)                                          \
	VERB(expect_bound_to_all, #protocol ", " #port ", " #__VA_ARGS__, protocol, port, \
		((const char *const[]){__VA_ARGS__}),                                     \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/* Nobody else can bind where this port is listened on, by SO_REUSEADDR or by SO_REUSEPORT. */
void case_expect_unshared(const struct place *place, enum protocol protocol, uint16_t port);
#define expect_unshared(...) VERB(expect_unshared, #__VA_ARGS__, __VA_ARGS__)

/*
 * The backlog on this TCP port has room for at least `clients` (listen(2)). Of several sockets that
 * listen there, the one with the most room counts.
 */
void case_expect_backlog(const struct place *place, uint16_t port, unsigned clients);
#define expect_backlog(...) VERB(expect_backlog, #__VA_ARGS__, __VA_ARGS__)

#endif
