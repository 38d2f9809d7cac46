/* Verbs of cases that were written before a CASE could declare its needs. */
#include "verbs/needs.h"

#include "verbs/argument_checks.h"
#include "worker/context.h"
#include "worker/needs.h"

void case_need_ipv6(const struct place *place)
{
	context_at(place);
	must_have_needs(&(const struct case_info){.needs_ipv6 = true});
}

void case_need_unprivileged(const struct place *place)
{
	context_at(place);
	must_have_needs(&(const struct case_info){.needs_unprivileged = true});
}

void case_need_family(const struct place *place, int family)
{
	context_at(place);
	must_have_needs(&(const struct case_info){.needs_family = family});
}

void case_need_protocol(const struct place *place, enum protocol protocol)
{
	must_be_protocol(place, protocol);
	context_at(place);
	must_have_needs(&(const struct case_info){.needs_protocol = protocol});
}
