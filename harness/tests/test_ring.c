/* ring.c: how large the ring is at first. test_command.c has runs for which it was too small. */
#include "unit.h"
#include "worker/ring.h"

TEST(a_ring_is_as_large_as_the_largest_that_was_asked_for)
{
	const struct settings sandbox = {.isolated = true};

	ASSERT_NUMBER(ring_choose(&sandbox, 0, 0), 1);
	ASSERT_NUMBER(ring_choose(&sandbox, 32, 0), 32);
	ASSERT_NUMBER(ring_choose(&sandbox, 32, 16), 32);
	ASSERT_NUMBER(ring_choose(&sandbox, 0, 16), 16);
}

TEST(a_ring_on_the_host_is_larger)
{
	const struct settings host = {.isolated = false};

	ASSERT_NUMBER(ring_choose(&host, 0, 0), 64);
	ASSERT_NUMBER(ring_choose(&host, 32, 0), 64);
	ASSERT_NUMBER(ring_choose(&host, 128, 0), 128);
}

TEST(without_a_capture_no_larger_one_is_asked_for)
{
	struct capture closed = CAPTURE_CLOSED;

	ASSERT_NUMBER(ring_larger(&closed, 1), 0);
}
