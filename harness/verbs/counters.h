/* Verbs about the kernel's counters, of /proc/net/snmp and netstat, since the case began. */
#ifndef WIRECHECK_VERBS_COUNTERS_H
#define WIRECHECK_VERBS_COUNTERS_H

#include "verbs/verb.h"

#include <stdint.h>

/* A counter has grown by exactly this: expect_counter("Udp", "RcvbufErrors", 1). */
void case_expect_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
#define expect_counter(...) VERB(expect_counter, #__VA_ARGS__, __VA_ARGS__)

/* Waits until it has grown by at least this. */
void case_until_counter(
	const struct place *place, const char *group, const char *name, int64_t expected);
#define until_counter(...) VERB(until_counter, #__VA_ARGS__, __VA_ARGS__)

/* By how much it has grown; an int64_t. */
int64_t case_counter(const struct place *place, const char *group, const char *name);
#define counter(...) VERB(counter, #__VA_ARGS__, __VA_ARGS__)

#endif
