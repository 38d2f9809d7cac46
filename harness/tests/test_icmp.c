/* icmp.c: the words for types and codes. */
#include "unit.h"
#include "wire/icmp.h"

TEST(what_a_socket_program_meets)
{
	ASSERT_TEXT(icmp_meaning(4, 3, 3), "port unreachable");
	ASSERT_TEXT(icmp_meaning(6, 1, 4), "port unreachable");
	ASSERT_TEXT(icmp_meaning(4, 3, 1), "host unreachable");
	ASSERT_TEXT(icmp_meaning(6, 1, 3), "address unreachable");
	ASSERT_TEXT(icmp_meaning(4, 3, 4), "fragmentation needed and DF set");
	ASSERT_TEXT(icmp_meaning(6, 2, 0), "packet too big");
	ASSERT_TEXT(icmp_meaning(4, 11, 0), "time to live exceeded");
	ASSERT_TEXT(icmp_meaning(4, 11, 1), "fragment reassembly time exceeded");
	ASSERT_TEXT(icmp_meaning(6, 3, 0), "hop limit exceeded");
	ASSERT_TEXT(icmp_meaning(6, 3, 1), "fragment reassembly time exceeded");
}

TEST(a_code_without_words_of_its_own_has_those_of_its_type)
{
	ASSERT_TEXT(icmp_meaning(4, 3, 200), "destination unreachable");
	ASSERT_TEXT(icmp_meaning(6, 1, 200), "destination unreachable");
	ASSERT_TEXT(icmp_meaning(6, 4, 2), "parameter problem");
}

TEST(what_neither_version_knows)
{
	ASSERT_TEXT(icmp_meaning(4, 200, 0), "unknown error");
	ASSERT_TEXT(icmp_meaning(6, 11, 0), "unknown error");
	ASSERT_TEXT(icmp_meaning(0, 3, 3), "unknown error");
}
