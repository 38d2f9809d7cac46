#include "wirecheck.h"

CASE(.proves = "a file is to be written outside of the scratch folder",
	.clause = "none: fails on purpose")
{
	write_file("deep/../../elsewhere", "hello");
}
