/* Verbs about the options of a program's sockets. Tested by test_failure_texts.c. */
#ifndef WIRECHECK_VERBS_PROGRAM_OPTIONS_H
#define WIRECHECK_VERBS_PROGRAM_OPTIONS_H

#include "base/protocol.h"
#include "verbs/verb.h"

#include <stdint.h>

/*
 * The socket by which the program listens on this port has this option, of which getsockopt(2)
 * gives an int: expect_listener_option(server, TCP, 8898, SOL_SOCKET, SO_REUSEADDR, 1). Of several
 * sockets, each has it. They are the program's own, in whichever of its processes. Waits until it
 * holds. The case is SKIP where the kernel hands over no other process's sockets (pidfd_getfd(2),
 * Linux 5.6). The kernel doubles what is set as SO_RCVBUF and SO_SNDBUF (socket(7)).
 */
void case_expect_listener_option(const struct place *place, struct program *program,
	enum protocol protocol, uint16_t port, int level, int name, int value);
#define expect_listener_option(...) VERB(expect_listener_option, #__VA_ARGS__, __VA_ARGS__)

/*
 * The same for the program's sockets that are connected and have this port on either side, those
 * that a server accepted for instance: expect_connected_option(client, TCP, 8898, IPPROTO_TCP,
 * TCP_NODELAY, 1).
 */
void case_expect_connected_option(const struct place *place, struct program *program,
	enum protocol protocol, uint16_t port, int level, int name, int value);
#define expect_connected_option(...) VERB(expect_connected_option, #__VA_ARGS__, __VA_ARGS__)

#endif
