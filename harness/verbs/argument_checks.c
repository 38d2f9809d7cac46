/* Checks of what a case gives to a verb. */
#include "verbs/argument_checks.h"

#include "worker/context.h"

/* The verb has not begun yet, and the failure is to be its own. */
_Noreturn static void refuse(const struct place *place, int number, const char *expected)
{
	context_at(place);
	case_over(BROKEN, "%d is %s", number, expected);
}

void must_be_side(const struct place *place, enum side side)
{
	if (side != CLIENT && side != SERVER)
		refuse(place, (int)side, "no side: CLIENT or SERVER");
}

void must_be_protocol(const struct place *place, enum protocol protocol)
{
	if ((unsigned)protocol >= PROTOCOL_COUNT)
		refuse(place, (int)protocol, "no protocol: TCP, UDP or UDPLITE");
}
