/* PASS: datagrams to a group that one call sends are told apart as well. */
#include "wirecheck.h"

CASE(.proves = "two members get three datagrams each", .clause = "udp(7) UDP_SEGMENT")
{
	const char *all = letters(30);
	const char *parts[] = {format("%.10s", all), format("%.10s", all + 10), all + 20};
	struct endpoint *members[2];

	for (int i = 0; i < 2; i++) {
		members[i] = open_socket(UDP);
		set_option(members[i], SOL_SOCKET, SO_REUSEADDR, 1);
		bind_socket(members[i], "239.9.9.9", 7000);
		join_group(members[i], "239.9.9.9");
	}
	struct program *sender =
		start("segment_sender", "239.9.9.9", "7000", "10", all, "option");
	expect_exit(sender, 0);
	for (int i = 0; i < 2; i++)
		for (int part = 0; part < 3; part++)
			expect_received(members[i], parts[part]);
	expect_datagrams(
		7000, from(CLIENT, parts[0]), from(CLIENT, parts[1]), from(CLIENT, parts[2]));
}
