/*
 * FAIL: traffic on one port is allowed, and on another it is not.
 * lacks "only_connection(7000)"
 * says "unexpected connection, which no expectation looked at: 127.0.0.1:"
 * says "one about only_connection(7002) or connection_of(7002, ...) would"
 * says "to 127.0.0.1:7003, 1 bytes "b"; expect_datagrams(7003, ...) would"
 * lacks "expect_datagrams(7001"
 */
#include "wirecheck.h"

static void cross(uint16_t stream_port, uint16_t datagram_port, const char *text)
{
	struct endpoint *listener = listen_on("127.0.0.1", stream_port);
	close_socket(connect_to(TCP, "127.0.0.1", stream_port));
	close_socket(accept_from(listener));
	struct endpoint *receiver = bind_to(UDP, "127.0.0.1", datagram_port);
	send_text(connect_to(UDP, "127.0.0.1", datagram_port), text);
	expect_received(receiver, text);
}

CASE(.proves = "what is allowed is one port's", .clause = "verbs/traffic.h, allow_traffic_on")
{
	allow_traffic_on(7000);
	cross(7000, 7001, "a");
	allow_traffic_on(7001);
	cross(7002, 7003, "b");
}
