#include "wirecheck.h"

/* Nobody is left then who could send. */
static void ask_nobody(void)
{
	struct endpoint *sender = connect_to(UDP, "127.0.0.1", 9000);

	send_text(sender, "anybody there?");
	close_socket(sender);
}

CASE(.proves = "the wire is settled when what waited or was late has come, and what it led to",
	.clause = "none: passes")
{
	delay_datagrams(9000, CLIENT, 1, 2, 50);
	lose_datagram(9000, CLIENT, 4);
	for (int i = 1; i <= 3; i++) {
		ask_nobody();
		expect_icmp(9000, 3, 3);
		expect_counter("Udp", "NoPorts", i);
	}
	ask_nobody();
	expect_datagrams(9000, from(CLIENT, "anybody there?"), from(CLIENT, "anybody there?"),
		from(CLIENT, "anybody there?"), from(CLIENT, "anybody there?"));
	expect_counter("Udp", "NoPorts", 3);
}
