/*
 * A service is one server that answers any number of requests. It answers each on its own, with the
 * time in the format that the request asks for. The case compares the answer with the time before
 * the request and the time after the answer. So it holds on any machine, under any load, and at
 * midnight too.
 */
#include "wirecheck.h"

CASE(.proves = "the server answers each request with the time in the format it asks for",
	.clause = "RFC 768; POSIX strftime, sigaction")
{
	const char *const zone[] = {TIME_ZONE, "LC_ALL=C", NULL};
	struct program *server = start_with(LAUNCH(.environment = zone), "udp_time_server");
	until_listening(UDP, 9000);

	time_t before = wall_clock();
	struct program *client = start_on_terminal("udp_time_client");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	type_line(client, "%Y %m %d");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	type_line(client, "  %H:%M:%S %% is a time  ");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	type_line(client, "no time at all");
	until_printed(client, "Please enter a time format (for example %Y %m %d): ");
	end_input(client);
	expect_exit(client, 0);

	struct datagram *date = datagram_of(9000, 2);
	struct datagram *clock = datagram_of(9000, 4);
	expect_time(date, "%Y %m %d", before);
	expect_time(clock, "%H:%M:%S %% is a time", before);
	expect_datagrams(9000, from(CLIENT, "%Y %m %d"), from(CLIENT, "%H:%M:%S %% is a time"),
		from(CLIENT, "no time at all"), from(SERVER, "no time at all"));

	send_signal(server, SIGTERM);
	expect_exit(server, 0);
	expect_output(server, "===> %Y %m %d\n===> %H:%M:%S %% is a time\n===> no time at all\n");
	const char *prompt = "Please enter a time format (for example %Y %m %d): ";
	expect_output(client, format("%s%s\n%s%s\n%sno time at all\n%s", prompt, payload_text(date),
				      prompt, payload_text(clock), prompt, prompt));
}
