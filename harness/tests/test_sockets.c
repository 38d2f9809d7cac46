/* sockets.c: the kernel's sockets as sock_diag(7) lists them, in a sandbox that has no others. */
#include "inside.h"
#include "kernel/sockets.h"
#include "selftest.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 8898

static struct sockets sockets;

static void read_sockets(enum protocol protocol)
{
	struct error error = {""};

	INSIDE(sockets_read(&sockets, protocol, &error));
	INSIDE_TEXT(error.text, "");
}

static void open_sockets(void)
{
	struct error error = {""};

	INSIDE(sockets_open(&sockets, &error));
	INSIDE_TEXT(error.text, "");
}

static struct sockaddr_storage address_at(const char *host, uint16_t port, socklen_t *length)
{
	struct address address;
	struct sockaddr_storage storage;

	INSIDE(address_parse(&address, host, port));
	*length = address_to_socket(&address, &storage);
	return storage;
}

static int open_at(const char *host, int type, bool client)
{
	socklen_t length;
	struct sockaddr_storage address = address_at(host, PORT, &length);
	int handle = socket(address.ss_family, type, 0);

	INSIDE(handle >= 0);
	if (client)
		INSIDE(connect(handle, (struct sockaddr *)&address, length) == 0);
	else
		INSIDE(bind(handle, (struct sockaddr *)&address, length) == 0);
	if (!client && type == SOCK_STREAM)
		INSIDE(listen(handle, 5) == 0);
	return handle;
}

static void check_text(const struct address *address, const char *expected)
{
	char text[ADDRESS_TEXT];

	INSIDE_TEXT(address_text(address, text), expected);
}

TEST(names)
{
	ASSERT_TEXT(protocol_name(TCP), "TCP");
	ASSERT_TEXT(protocol_name(UDP), "UDP");
	ASSERT_TEXT(protocol_name(UDPLITE), "UDP-Lite");
	ASSERT_NUMBER(protocol_number(TCP), IPPROTO_TCP);
	ASSERT_NUMBER(protocol_number(UDP), IPPROTO_UDP);
	ASSERT_NUMBER(protocol_number(UDPLITE), IPPROTO_UDPLITE);
	ASSERT_TEXT(state_name(TIME_WAIT), "TIME-WAIT");
	ASSERT_TEXT(state_name(SYN_RECEIVED), "SYN-RECEIVED");
	ASSERT_TEXT(state_name(CLOSING), "CLOSING");
	ASSERT_TEXT(state_name((enum socket_state)0), "a state without a name");
	ASSERT_TEXT(state_name((enum socket_state)12), "a state without a name");
}

static void no_sockets(void)
{
	open_sockets();
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 0);
	read_sockets(UDP);
	INSIDE_NUMBER(sockets.count, 0);
	read_sockets(UDPLITE);
	INSIDE_NUMBER(sockets.count, 0);
	INSIDE(sockets_on_port(&sockets, PORT) == NULL);
	sockets_close(&sockets);
	sockets_close(&sockets);
}

TEST(a_sandbox_starts_without_sockets)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(no_sockets);
}

static void listener_and_connection(void)
{
	int listener = open_at("127.0.0.1", SOCK_STREAM, false);
	open_sockets();
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 1);
	const struct socket_fact *fact = sockets_find(&sockets, PORT, LISTEN);
	INSIDE(fact != NULL && fact->protocol == TCP && fact == sockets_on_port(&sockets, PORT));
	INSIDE(sockets_find(&sockets, PORT, ESTABLISHED) == NULL);
	INSIDE(sockets_find(&sockets, PORT + 1, LISTEN) == NULL);
	check_text(&fact->local, "127.0.0.1:8898");
	INSIDE_NUMBER(fact->remote.port, 0);

	int client = open_at("127.0.0.1", SOCK_STREAM, true);
	int server = accept(listener, NULL, NULL);
	INSIDE_NUMBER(send(client, "hello", 5, 0), 5);
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 3);
	fact = sockets_find(&sockets, PORT, ESTABLISHED);
	INSIDE(fact != NULL);
	INSIDE_NUMBER(fact->receive_queue, 5);
	INSIDE_NUMBER(fact->send_queue, 0);
	INSIDE(socket_is_quiet(fact));

	close(server);
	close(client);
	close(listener);
	sockets_close(&sockets);
}

TEST(listeners_and_connections_have_their_states_and_queues)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(listener_and_connection);
}

static void closing(void)
{
	int listener = open_at("127.0.0.1", SOCK_STREAM, false);
	int client = open_at("127.0.0.1", SOCK_STREAM, true);
	int server = accept(listener, NULL, NULL);
	char byte;

	open_sockets();
	close(server);
	INSIDE_NUMBER(recv(client, &byte, 1, 0), 0);
	read_sockets(TCP);
	/* The kernel takes its time with the ACK in between. */
	INSIDE(sockets_find(&sockets, PORT, FIN_WAIT_1) != NULL ||
		sockets_find(&sockets, PORT, FIN_WAIT_2) != NULL);
	bool seen = false;
	for (size_t i = 0; i < sockets.count; i++)
		seen = seen ||
		       (sockets.list[i].state == CLOSE_WAIT && sockets.list[i].remote.port == PORT);
	INSIDE(seen);
	close(client);
	read_sockets(TCP);
	INSIDE(sockets_find(&sockets, PORT, TIME_WAIT) != NULL);
	INSIDE_NUMBER(sockets.count, 2);
	sockets_close(&sockets);
}

TEST(who_closes_first_comes_to_time_wait)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(closing);
}

static void datagram_sockets(void)
{
	open_at("127.0.0.1", SOCK_DGRAM, false);
	open_at("::1", SOCK_DGRAM, false);
	open_sockets();
	read_sockets(UDP);
	INSIDE_NUMBER(sockets.count, 2);
	INSIDE(sockets_find(&sockets, PORT, CLOSE) == &sockets.list[0]);
	check_text(&sockets.list[0].local, "127.0.0.1:8898");
	check_text(&sockets.list[1].local, "[::1]:8898");
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 0);
	sockets_close(&sockets);
}

TEST(a_bound_datagram_socket_is_in_close)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(datagram_sockets);
}

static void udplite_sockets(void)
{
	socklen_t length;
	struct sockaddr_storage address = address_at("127.0.0.1", PORT, &length);
	int handle = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);

	INSIDE(bind(handle, (struct sockaddr *)&address, length) == 0);
	open_sockets();
	read_sockets(UDPLITE);
	INSIDE_NUMBER(sockets.count, 1);
	INSIDE_NUMBER(sockets.list[0].protocol, UDPLITE);
	INSIDE(sockets_find(&sockets, PORT, CLOSE) == &sockets.list[0]);
	check_text(&sockets.list[0].local, "127.0.0.1:8898");
	read_sockets(UDP);
	INSIDE_NUMBER(sockets.count, 0);
	sockets_close(&sockets);
}

TEST(sockets_of_udplite_are_told)
{
	int handle = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE);

	NEEDS_SANDBOXES();
	if (handle < 0)
		SKIP_TEST("this kernel has no UDP-Lite");
	close(handle);
	RUN_INSIDE(udplite_sockets);
}

/* An IPv6 socket that an IPv4 client reached has the addresses on the wire. */
static void mapped(void)
{
	int off = 0;
	int listener = socket(AF_INET6, SOCK_STREAM, 0);
	struct sockaddr_in6 any = {.sin6_family = AF_INET6, .sin6_port = htons(PORT)};

	INSIDE(setsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) == 0);
	INSIDE(bind(listener, (struct sockaddr *)&any, sizeof any) == 0);
	INSIDE(listen(listener, 5) == 0);
	open_at("127.0.0.1", SOCK_STREAM, true);
	open_sockets();
	read_sockets(TCP);
	const struct socket_fact *server = sockets_find(&sockets, PORT, ESTABLISHED);
	INSIDE(server != NULL);
	check_text(&server->local, "127.0.0.1:8898");
	INSIDE_NUMBER(server->remote.version, 4);
	check_text(&sockets_find(&sockets, PORT, LISTEN)->local, "[::]:8898");
	sockets_close(&sockets);
}

TEST(an_ipv4_mapped_address_is_an_ipv4_address)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(mapped);
}

static void many(void)
{
	open_at("127.0.0.1", SOCK_STREAM, false);
	for (int i = 0; i < 5; i++)
		open_at("127.0.0.1", SOCK_STREAM, true);
	open_at("::1", SOCK_STREAM, false);
	for (int i = 0; i < 5; i++)
		open_at("::1", SOCK_STREAM, true);
	open_sockets();
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 22);
	read_sockets(TCP);
	INSIDE_NUMBER(sockets.count, 22);
	sockets_close(&sockets);
}

TEST(all_sockets_of_both_families_are_told)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(many);
}

/* Whether the client has bytes for which its peer has no room, and probes it by a timer. */
static bool waits_for_window(void)
{
	read_sockets(TCP);
	for (size_t i = 0; i < sockets.count; i++) {
		const struct socket_fact *fact = &sockets.list[i];
		if (fact->remote.port == PORT && fact->probing_window)
			return fact->send_queue > 0 && socket_is_quiet(fact);
	}
	return false;
}

static void closed_window(void)
{
	int listener = open_at("127.0.0.1", SOCK_STREAM, false);
	int client = open_at("127.0.0.1", SOCK_STREAM, true);
	static const char bytes[65536];
	struct pollfd writable = {.fd = client, .events = POLLOUT};
	bool waits = false;

	open_sockets();
	/* The peer reads nothing: sooner or later its window closes. */
	for (int i = 0; !waits && i < 1000; i++) {
		while (send(client, bytes, sizeof bytes, MSG_DONTWAIT) > 0)
			;
		poll(&writable, 1, 5);
		waits = waits_for_window();
	}
	INSIDE(waits);
	close(listener);
	sockets_close(&sockets);
}

TEST(a_socket_that_waits_for_its_peers_window_is_quiet)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(closed_window);
}

static bool have_listener(void)
{
	struct error error = {""};
	bool listens = false;

	INSIDE(sockets_have_listener(&sockets, PORT, &listens, &error));
	INSIDE_TEXT(error.text, "");
	return listens;
}

static void listeners(void)
{
	static const struct {
		const char *host;
		bool found;
	} table[] = {{"127.0.0.1", true}, {"0.0.0.0", true}, {"::1", true}, {"::", true},
		{"127.0.0.2", false}};

	open_sockets();
	INSIDE(!have_listener());
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		int listener = open_at(table[i].host, SOCK_STREAM, false);
		if (have_listener() != table[i].found)
			INSIDE_TEXT(table[i].host, table[i].found ? "found" : "not found");
		close(listener);
		INSIDE(!have_listener());
	}

	socklen_t length;
	struct sockaddr_storage address = address_at("127.0.0.1", PORT, &length);
	int bound = socket(AF_INET, SOCK_STREAM, 0);
	INSIDE(bind(bound, (struct sockaddr *)&address, length) == 0);
	INSIDE(!have_listener());
	close(bound);
	sockets_close(&sockets);
}

TEST(a_listener_is_looked_up_by_the_addresses_of_loopback)
{
	NEEDS_SANDBOXES();
	RUN_INSIDE(listeners);
}

TEST(quiet_is_what_only_a_program_can_change)
{
	static const struct {
		enum socket_state state;
		uint32_t queue;
		bool quiet;
	} table[] = {{ESTABLISHED, 0, true}, {ESTABLISHED, 1, false}, {SYN_SENT, 0, false},
		{SYN_RECEIVED, 0, false}, {FIN_WAIT_1, 0, false}, {FIN_WAIT_2, 0, true},
		{TIME_WAIT, 0, true}, {CLOSE, 0, true}, {CLOSE_WAIT, 0, true},
		{CLOSE_WAIT, 1, false}, {LAST_ACK, 0, false}, {LISTEN, 5, true},
		{CLOSING, 0, false}};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		struct socket_fact fact = {.state = table[i].state, .send_queue = table[i].queue};
		char expected[32], found[32];
		snprintf(expected, sizeof expected, "%s is %s", state_name(fact.state),
			table[i].quiet ? "quiet" : "busy");
		snprintf(found, sizeof found, "%s is %s", state_name(fact.state),
			socket_is_quiet(&fact) ? "quiet" : "busy");
		ASSERT_TEXT(found, expected);
	}
}
