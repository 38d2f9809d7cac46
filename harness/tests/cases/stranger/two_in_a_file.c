/* PASS: one case has the name of its file. The second case in the file is not run here. */
#include "wirecheck.h"

CASE(.name = "two_in_a_file", .proves = "the first is run by its name", .clause = "none")
{
	expect_no_packets();
}

CASE(.name = "two_in_a_file_second", .proves = "the second is run by its name too", .clause = "none")
{
	expect_no_packets();
}
