#include "wirecheck.h"

CASE(.proves = "a condition of the case's own, and the step that the case is at",
	.clause = "none: fails on purpose")
{
	unsigned port = 80;

	expect(port == 80, "never reached");
	expect(port > 1023, "expected a port that all can bind, found %u", port);
	for (int i = 1; i <= 3; i++) {
		step("client %d", i);
		expect(i != 2, "expected another client than %d", i);
	}
	end_step();
	expect(port == 8898, "expected port 8898, found %u", port);
}
