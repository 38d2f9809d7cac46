/*
 * Verbs that change the network of the sandbox.
 *
 * At first its loopback interface has 127.0.0.1 and ::1. It also has 192.0.2.1 and 2001:db8::1, as
 * a host in a network has addresses. There are routes for groups and for broadcast. All else is
 * unreachable.
 *
 * Tested by test_strangers.c.
 */
#ifndef WIRECHECK_VERBS_NETWORK_SETUP_H
#define WIRECHECK_VERBS_NETWORK_SETUP_H

#include "verbs/verb.h"

/* Adds an interface of this kind to the sandbox and brings it up. */
void case_add_interface(const struct place *place, const char *name, const char *kind);
#define add_interface(...) VERB(add_interface, #__VA_ARGS__, __VA_ARGS__)

/* Adds one more address of the sandbox itself, to its loopback interface. */
void case_add_address(const struct place *place, const char *host);
#define add_address(...) VERB(add_address, #__VA_ARGS__, __VA_ARGS__)

/* Adds the address of another host. Programs can bind to it, and no interface lists it. */
void case_add_host(const struct place *place, const char *host);
#define add_host(...) VERB(add_host, #__VA_ARGS__, __VA_ARGS__)

/* Adds a route: what is sent there leaves, and nobody answers. add_route("198.51.100.0/24"). */
void case_add_route(const struct place *place, const char *prefix);
#define add_route(...) VERB(add_route, #__VA_ARGS__, __VA_ARGS__)

/* Sets the MTU of the sandbox's loopback, which is 65536. */
void case_set_mtu(const struct place *place, int mtu);
#define set_mtu(...) VERB(set_mtu, #__VA_ARGS__, __VA_ARGS__)

/*
 * Sets a setting of the sandbox's network, for what is opened from now on (sysctl(8), ip-sysctl):
 * set_sysctl("net.ipv4.tcp_fastopen", "3"). Names begin with "net.". The case is SKIP without a
 * sandbox, where this kernel has no such setting, and where it cannot be set; BROKEN when the name
 * is misspelt or the value is none.
 */
void case_set_sysctl(const struct place *place, const char *name, const char *value);
#define set_sysctl(...) VERB(set_sysctl, #__VA_ARGS__, __VA_ARGS__)

/*
 * A reset does not end TIME-WAIT (RFC 1337; tcp(7) tcp_rfc1337). On a slow machine a FIN is sent
 * again although it has arrived, TIME-WAIT answers with one more ACK, and a side that is closed by
 * then answers that by a reset. Without a sandbox it does nothing.
 */
void case_keep_time_wait(const struct place *place);
#define keep_time_wait() case_keep_time_wait(HERE("keep_time_wait()"))

#endif
