/* How much the kernel's counters have grown since the running case began. */
#include "worker/counter_growth.h"

#include "worker/context.h"

/* In a new sandbox all counters begin at zero, and context.counters is NULL. */
bool counter_growth(const struct counters *now, const char *group, const char *name, int64_t *by)
{
	int64_t before = 0;

	*by = 0;
	if (!counters_get(now, group, name, by))
		return false;
	if (context.counters != NULL)
		counters_get(context.counters, group, name, &before);
	*by -= before;
	return true;
}
