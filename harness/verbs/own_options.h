/*
 * Verbs about the options of a socket of the case, its port and its descriptor.
 * Tested by test_failure_texts.c.
 */
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

/* Sockets of the case do not block. Call this before a program takes one over. */
void case_make_blocking(const struct place *place, struct endpoint *endpoint);
#define make_blocking(...) VERB(make_blocking, #__VA_ARGS__, __VA_ARGS__)

/* The port that the socket is bound to. */
uint16_t case_local_port(const struct place *place, const struct endpoint *endpoint);
#define local_port(...) VERB(local_port, #__VA_ARGS__, __VA_ARGS__)

/* Its descriptor, for a program that inherits it: LAUNCH(.descriptor = descriptor_of(listener)). */
int case_descriptor_of(const struct endpoint *endpoint);
#define descriptor_of(...) case_descriptor_of(__VA_ARGS__)

#endif
