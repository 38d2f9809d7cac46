#include "wirecheck.h"

CASE(.proves = "a file to be removed is not there", .clause = "none: fails on purpose")
{
	remove_file("nothing");
}
