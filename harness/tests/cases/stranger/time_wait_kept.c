/* PASS: a reset ends TIME-WAIT, but not after the case has asked to keep it. */
#include "wirecheck.h"

/* Leaves the server's side of a connection in TIME-WAIT. Returns the port of its client. */
static uint16_t close_server_first(uint16_t server_port)
{
	struct endpoint *listener = listen_on("127.0.0.1", server_port);
	struct endpoint *client = connect_to(TCP, "127.0.0.1", server_port);
	uint16_t client_port = local_port(client);
	struct endpoint *server = accept_from(listener);

	close_socket(listener);
	close_socket(server);
	expect_end_of_stream(client);
	close_socket(client);
	expect_state(server_port, TIME_WAIT);
	expect_no_state(client_port, LAST_ACK);
	return client_port;
}

/* Nobody listens. The side in TIME-WAIT answers the SYN with an ACK, which causes a reset. */
static void cause_reset(uint16_t client_port, uint16_t server_port)
{
	int64_t before = counter("Tcp", "OutRsts");
	struct endpoint *client = bind_to(TCP, "127.0.0.1", client_port);

	begin_connect(client, "127.0.0.1", server_port);
	until_counter("Tcp", "OutRsts", before + 1);
	close_socket(client);
}

CASE(.proves = "a reset does not end TIME-WAIT after keep_time_wait()", .clause = "RFC 1337 3")
{
	cause_reset(close_server_first(7000), 7000);
	expect_no_state(7000, TIME_WAIT);

	keep_time_wait();
	uint16_t client_port = close_server_first(7001);
	cause_reset(client_port, 7001);
	cause_reset(client_port, 7001); /* once this is answered, the first reset has arrived */
	expect_state(7001, TIME_WAIT);
	allow_other_traffic();
}
