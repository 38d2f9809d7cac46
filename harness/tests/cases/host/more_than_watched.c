/* The case sends more datagrams in one go, with no verb in between, than can be watched. */
#include "wirecheck.h"

#include "../plain.h"

CASE(.proves = "twenty thousand datagrams", .clause = "RFC 768", .ring_mib = 16)
{
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", 7000);

	allow_other_traffic();
	drop_incoming(receiver);
	for (int i = 0; i < 20000; i++)
		plain_send_to(7000, 1);
	expect(datagram_of(7000, 20000) != NULL, "never reached");
}
