/* Verbs about Unix sockets, of programs and of the case. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_UNIX_SOCKETS_H
#define WIRECHECK_VERBS_UNIX_SOCKETS_H

#include "verbs/verb.h"

/*
 * These open a Unix socket of the case (unix(7)). A path that begins with @ is a name without a
 * file. listen_at_path is for SOCK_STREAM. For connect_to_path, `type` is SOCK_STREAM or
 * SOCK_DGRAM, and `own_path` is what the socket is bound to first, or NULL.
 */
struct endpoint *case_listen_at_path(const struct place *place, const char *path);
struct endpoint *case_connect_to_path(
	const struct place *place, int type, const char *path, const char *own_path);
#define listen_at_path(...)  VERB(listen_at_path, #__VA_ARGS__, __VA_ARGS__)
#define connect_to_path(...) VERB(connect_to_path, #__VA_ARGS__, __VA_ARGS__)

/* Waits until a Unix socket is bound to this path, and listens unless it is for datagrams. */
void case_until_bound(const struct place *place, const char *path);
#define until_bound(...) VERB(until_bound, #__VA_ARGS__, __VA_ARGS__)

#endif
