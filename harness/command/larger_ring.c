/* A run whose capture lost packets is done again with a larger ring. */
#include "command/larger_ring.h"

#include "base/cut.h"
#include "worker/ring.h"

/* A failure still counts when packets were lost in the same run. */
static void keep_failure(struct slot *slot)
{
	const struct results *results = slot->results;
	uint32_t count = results->finding_count;
	const struct finding *finding = results->findings;

	if (results->failed_besides_loss == 0 || count > FINDINGS_MAXIMUM)
		return;
	while (count > 0 && finding->held) {
		finding++;
		count--;
	}
	if (count > 0)
		cut_print(slot->earlier_failure, sizeof slot->earlier_failure, "%s: %s",
			results_text(results, finding->headline),
			results_text(results, finding->text));
}

bool larger_ring_is_needed(struct slot *slot)
{
	unsigned mib = slot->results->larger_ring_mib;

	if (mib == 0 || mib > RING_MIB_MAXIMUM || slot->larger_ring_mib > 0)
		return false;
	keep_failure(slot);
	slot->larger_ring_mib = mib;
	slot->state = AGAIN;
	return true;
}

/* A worker that has its verdict still holds its ring until it is gone. */
static bool is_in_use(const struct slot slots[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slots[i].state != AGAIN && slots[i].larger_ring_mib > 0 && slots[i].pid != 0)
			return true;
	return false;
}

bool larger_ring_start(struct slot slots[], size_t count, struct error *error)
{
	for (size_t i = 0; i < count; i++)
		if (slots[i].state == AGAIN && slots[i].pid == 0 && !is_in_use(slots, count) &&
			!slot_start_worker(&slots[i], error))
			return false;
	return true;
}
