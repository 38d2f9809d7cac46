/* Verbs about the options of a socket of the case, and what it takes in. */
#ifndef WIRECHECK_VERBS_OWN_OPTIONS_H
#define WIRECHECK_VERBS_OWN_OPTIONS_H

#include "verbs/verb.h"

#include <stdint.h>

/* setsockopt(2) and getsockopt(2) with an int. */
void case_set_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
void case_expect_option(
	const struct place *place, struct endpoint *endpoint, int level, int name, int value);
#define set_option(...)    VERB(set_option, #__VA_ARGS__, __VA_ARGS__)
#define expect_option(...) VERB(expect_option, #__VA_ARGS__, __VA_ARGS__)

/* Joins a multicast group, IPv4 or IPv6, on the loopback interface. */
void case_join_group(const struct place *place, struct endpoint *endpoint, const char *group);
#define join_group(...) VERB(join_group, #__VA_ARGS__, __VA_ARGS__)

/* Sockets of the case do not block; a program that takes one over expects that it does. */
void case_make_blocking(const struct place *place, struct endpoint *endpoint);
#define make_blocking(...) VERB(make_blocking, #__VA_ARGS__, __VA_ARGS__)

/* The port that the socket is bound to. */
uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint);
#define local_port(...) VERB(local_port, #__VA_ARGS__, __VA_ARGS__)

/*
 * Between the two, whatever comes to this socket is dropped, as if it got lost behind the wire: a
 * socket filter (socket(7) SO_ATTACH_FILTER) sees to it. TCP sends it again afterwards.
 */
void case_drop_incoming(const struct place *place, struct endpoint *endpoint);
void case_take_incoming(const struct place *place, struct endpoint *endpoint);
#define drop_incoming(...) VERB(drop_incoming, #__VA_ARGS__, __VA_ARGS__)
#define take_incoming(...) VERB(take_incoming, #__VA_ARGS__, __VA_ARGS__)

/* Its descriptor, for a program that inherits it: LAUNCH(.descriptor = descriptor_of(listener)). */
int case_descriptor_of(const struct endpoint *endpoint);
#define descriptor_of(...) case_descriptor_of(__VA_ARGS__)

#endif
