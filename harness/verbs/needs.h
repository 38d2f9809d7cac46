/*
 * Verbs of cases that were written before a CASE could declare its needs (case_info.h). They are
 * kept for those; a new case declares what it needs.
 *
 * Tested by test_strangers.c.
 */
#ifndef WIRECHECK_VERBS_NEEDS_H
#define WIRECHECK_VERBS_NEEDS_H

#include "base/protocol.h"
#include "verbs/verb.h"

/* End the case as SKIP, as the needs of the same names in struct case_info do. */
void case_need_ipv6(const struct place *place);
void case_need_unprivileged(const struct place *place);
void case_need_family(const struct place *place, int family);
void case_need_protocol(const struct place *place, enum protocol protocol);
#define need_ipv6()         case_need_ipv6(HERE("need_ipv6()"))
#define need_unprivileged() case_need_unprivileged(HERE("need_unprivileged()"))
#define need_family(...)    VERB(need_family, #__VA_ARGS__, __VA_ARGS__)
#define need_protocol(...)  VERB(need_protocol, #__VA_ARGS__, __VA_ARGS__)

#endif
