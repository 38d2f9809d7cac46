/* By how much a counter of the kernel has grown, for verbs. */
#include "verbs/counted.h"

#include "kernel/counters.h"
#include "worker/context.h"
#include "worker/counter_growth.h"

int64_t counted(const char *group, const char *name)
{
	struct counters now;
	struct error error;
	int64_t by;

	must(counters_read(&now, &error), &error);
	if (!counter_growth(&now, group, name, &by))
		case_over(SKIP, "this kernel has no counter %s %s", group, name);
	return by;
}
