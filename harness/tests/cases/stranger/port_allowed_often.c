/* PASS: a port that is allowed again is allowed once. */
#include "wirecheck.h"

CASE(.proves = "a loop may allow traffic", .clause = "none")
{
	for (int i = 0; i < 2000; i++)
		allow_traffic_on(7000);
	send_text_to(open_socket(UDP), "127.0.0.1", 7000, "x");
	expect(true, "never reached");
}
