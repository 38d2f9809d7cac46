/* Verbs that open and close sockets of the case itself. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_OWN_SOCKETS_H
#define WIRECHECK_VERBS_OWN_SOCKETS_H

#include "base/protocol.h"
#include "verbs/verb.h"

#include <stdint.h>

/*
 * These open a socket of the case, and return it as struct endpoint *. PROTOCOL is TCP, UDP or
 * UDPLITE, HOST a numeric address, IPv4 or IPv6; open_socket is for IPv4. A case opens 4096 sockets
 * and names 1024 ports at most.
 */
struct endpoint *case_open_socket(const struct place *place, enum protocol protocol);
struct endpoint *case_bind_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
struct endpoint *case_listen_on(const struct place *place, const char *host, uint16_t port);
struct endpoint *case_connect_to(
	const struct place *place, enum protocol protocol, const char *host, uint16_t port);
#define open_socket(...) VERB(open_socket, #__VA_ARGS__, __VA_ARGS__)
#define bind_to(...)     VERB(bind_to, #__VA_ARGS__, __VA_ARGS__)
#define listen_on(...)   VERB(listen_on, #__VA_ARGS__, __VA_ARGS__)
#define connect_to(...)  VERB(connect_to, #__VA_ARGS__, __VA_ARGS__)

/* The calls of these names on a socket that is open: they succeed. */
void case_bind_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_listen_socket(const struct place *place, struct endpoint *endpoint, int backlog);
void case_connect_socket(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_close_socket(const struct place *place, struct endpoint *endpoint);
#define bind_socket(...)    VERB(bind_socket, #__VA_ARGS__, __VA_ARGS__)
#define listen_socket(...)  VERB(listen_socket, #__VA_ARGS__, __VA_ARGS__)
#define connect_socket(...) VERB(connect_socket, #__VA_ARGS__, __VA_ARGS__)
#define close_socket(...)   VERB(close_socket, #__VA_ARGS__, __VA_ARGS__)

/* Starts to connect, without waiting; expect_connected waits for its success. */
void case_begin_connect(
	const struct place *place, struct endpoint *endpoint, const char *host, uint16_t port);
void case_expect_connected(const struct place *place, struct endpoint *endpoint);
#define begin_connect(...)    VERB(begin_connect, #__VA_ARGS__, __VA_ARGS__)
#define expect_connected(...) VERB(expect_connected, #__VA_ARGS__, __VA_ARGS__)

/* The call fails with this errno, ECONNREFUSED for instance; 0: it succeeds. */
void case_expect_bind_error(const struct place *place, struct endpoint *endpoint, const char *host,
	uint16_t port, int error_number);
void case_expect_listen_error(
	const struct place *place, struct endpoint *endpoint, int error_number);
void case_expect_connect_error(const struct place *place, struct endpoint *endpoint,
	const char *host, uint16_t port, int error_number);
#define expect_bind_error(...)    VERB(expect_bind_error, #__VA_ARGS__, __VA_ARGS__)
#define expect_listen_error(...)  VERB(expect_listen_error, #__VA_ARGS__, __VA_ARGS__)
#define expect_connect_error(...) VERB(expect_connect_error, #__VA_ARGS__, __VA_ARGS__)

/* shutdown(2): SHUT_WR ends this side's stream, and data may still come. */
void case_shut_down(const struct place *place, struct endpoint *endpoint, int how);
#define shut_down(...) VERB(shut_down, #__VA_ARGS__, __VA_ARGS__)

/* Closes it by a reset: SO_LINGER {1, 0}. */
void case_abort_socket(const struct place *place, struct endpoint *endpoint);
#define abort_socket(...) VERB(abort_socket, #__VA_ARGS__, __VA_ARGS__)

#endif
