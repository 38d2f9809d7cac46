/*
 * A contact is NAME=HOST:PORT. All are checked before the first prompt, so that a person does not
 * find out in the middle of a chat that one of them was mistyped.
 */
#include "refused.h"

CASE(.proves = "a contact that is none gets the usage, before any prompt",
	.clause = "RFC 3986 3.2.2; the demos' contract")
{
	static const char *const contacts[] = {"", "eve", "=127.0.0.1:8081", "eve=127.0.0.1",
		"eve=:8081", "eve=127.0.0.1:", "eve=127.0.0.1:0", "eve=127.0.0.1:65536",
		"eve=localhost:8081", "eve=::1:8081", "eve=[127.0.0.1]:8081", "eve=[::1]"};

	for (size_t i = 0; i < sizeof contacts / sizeof *contacts; i++)
		refused("udp_chat_client", "bob=127.0.0.1:8081", contacts[i]);
	expect_no_packets();
}
