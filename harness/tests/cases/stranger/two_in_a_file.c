/* PASS: a file with a case of its own name, and a second one that nobody asks for here. */
#include "wirecheck.h"

CASE(.name = "two_in_a_file", .proves = "the first is run by its name", .clause = "none")
{
	expect_no_packets();
}

CASE(.name = "two_in_a_file_second", .proves = "and so is the second", .clause = "none")
{
	expect_no_packets();
}
