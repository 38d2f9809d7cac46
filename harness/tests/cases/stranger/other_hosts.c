/* PASS: a case adds an address, another host, and networks from which nobody answers. */
#include "wirecheck.h"

CASE(.proves = "a case adds addresses and routes to the sandbox's network",
	.clause = "rtnetlink(7); RFC 5737",
	.needs_ipv6 = true)
{
	struct endpoint *datagrams = open_socket(UDP);
	expect_connect_error(datagrams, "198.51.100.7", 9, ENETUNREACH);

	add_address("192.0.2.9");
	add_host("203.0.113.5");
	add_host("2001:db8:5::5");
	add_route("198.51.100.0/24");
	add_route("2001:db8:6::/48");
	listen_on("192.0.2.9", 7000);
	struct endpoint *other = bind_to(UDP, "203.0.113.5", 7001);
	struct endpoint *other6 = bind_to(UDP, "2001:db8:5::5", 7001);

	send_text_to(open_socket(UDP), "203.0.113.5", 7001, "hello");
	expect_received(other, "hello");
	send_text_to(bind_to(UDP, "2001:db8::1", 7002), "2001:db8:5::5", 7001, "hello");
	expect_received(other6, "hello");
	send_text_to(open_socket(UDP), "198.51.100.7", 7003, "anybody");
	send_text_to(bind_to(UDP, "2001:db8::1", 7004), "2001:db8:6::7", 7003, "anybody");

	expect_datagrams(7001, from(CLIENT, "hello"), from(CLIENT, "hello"));
	expect_datagrams(7003, from(CLIENT, "anybody"), from(CLIENT, "anybody"));
}
