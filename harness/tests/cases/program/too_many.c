#include "wirecheck.h"

CASE(.proves = "a case starts more programs than it can", .clause = "none: fails on purpose")
{
	for (int i = 0; i <= 256; i++)
		expect_exit(start("sh", "-c", ":"), 0);
}
