/* packet_queue.c: in a sandbox, which packets wait, and what becomes of them. */
#include "base/address.h"
#include "inside.h"
#include "kernel/network.h"
#include "kernel/packet_queue.h"
#include "selftest.h"
#include "unit.h"
#include "wire/decode.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT  9000
#define OTHER 9001

static struct packet_queue queue;

static void open_queue(void)
{
	struct error error = {""};
	bool lacking = true;

	INSIDE(packet_queue_open(&queue, &lacking, &error));
	INSIDE_TEXT(error.text, "");
}

/* In a sandbox: whether this kernel has what it takes. */
static bool is_lacking(void)
{
	struct packet_watch one = {.protocol = IPPROTO_UDP, .port = PORT};
	struct error error;
	bool lacking = false;
	int status = 0;

	pid_t child = fork_inside(temporary_make());
	if (child == 0) {
		bool works = packet_queue_open(&queue, &lacking, &error) &&
			     packet_queue_watch(&queue, &one, 1, &lacking, &error);
		_exit(!works && lacking);
	}
	CU_ASSERT_EQUAL(waitpid(child, &status, 0), child);
	temporary_remove();
	return status != 0;
}

/* SKIPs the test where packets cannot be held up. */
#define NEEDS_QUEUE()                                                         \
	do {                                                                  \
		NEEDS_SANDBOXES();                                            \
		if (is_lacking())                                             \
			SKIP_TEST("this kernel lets nobody hold up packets"); \
	} while (0)

/* A test whose body runs inside, with a queue that is open. */
#define TEST_WITH_QUEUE(name)               \
	static void body_##name(void);      \
	static void inside_##name(void)     \
	{                                   \
		open_queue();               \
		body_##name();              \
		packet_queue_close(&queue); \
	}                                   \
	TEST(name)                          \
	{                                   \
		NEEDS_QUEUE();              \
		RUN_INSIDE(inside_##name);  \
	}                                   \
	static void body_##name(void)

static void watch(const struct packet_watch watches[], size_t count)
{
	struct error error = {""};
	bool lacking = true;

	INSIDE(packet_queue_watch(&queue, watches, count, &lacking, &error));
	INSIDE_TEXT(error.text, "");
}

static void watch_port(bool from_port)
{
	const struct packet_watch one = {
		.protocol = IPPROTO_UDP, .from_port = from_port, .port = PORT};

	watch(&one, 1);
}

static int socket_at(const char *host, uint16_t port)
{
	struct address address;
	struct sockaddr_storage storage;

	INSIDE(address_parse(&address, host, port));
	socklen_t length = address_to_socket(&address, &storage);
	int handle = socket(storage.ss_family, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	INSIDE(bind(handle, (struct sockaddr *)&storage, length) == 0);
	return handle;
}

static void send_to(int sender, const char *host, uint16_t port, const void *bytes, size_t length)
{
	struct address address;
	struct sockaddr_storage storage;

	INSIDE(address_parse(&address, host, port));
	socklen_t size = address_to_socket(&address, &storage);
	INSIDE_NUMBER(sendto(sender, bytes, length, 0, (struct sockaddr *)&storage, size), length);
}

/* The next packet that waits, as it was decoded. */
static uint32_t next_waiting(struct packet *packet)
{
	struct waiting_packet waiting;
	struct error error = {""};
	bool found;

	INSIDE(packet_queue_next(&queue, &waiting, &found, &error));
	INSIDE_TEXT(error.text, "");
	INSIDE(found);
	if (found)
		INSIDE(packet_decode_quoted(packet, waiting.beginning));
	return waiting.id;
}

static void nothing_waits(void)
{
	struct waiting_packet waiting;
	struct error error = {""};
	bool found;

	INSIDE(packet_queue_next(&queue, &waiting, &found, &error));
	INSIDE_TEXT(error.text, "");
	INSIDE(!found);
}

static void accept_packet(uint32_t id)
{
	struct error error = {""};

	INSIDE(packet_queue_accept(&queue, id, &error));
	INSIDE_TEXT(error.text, "");
}

static void drop_packet(uint32_t id)
{
	struct error error = {""};

	INSIDE(packet_queue_drop(&queue, id, &error));
	INSIDE_TEXT(error.text, "");
}

static void has_received(int receiver, const char *text)
{
	char bytes[64] = "";

	INSIDE_NUMBER(recv(receiver, bytes, sizeof bytes - 1, 0), strlen(text));
	INSIDE_TEXT(bytes, text);
}

static void has_nothing(int receiver)
{
	char byte;

	INSIDE(recv(receiver, &byte, 1, 0) < 0 && errno == EAGAIN);
}

TEST_WITH_QUEUE(a_packet_waits_until_it_is_let_in_or_dropped)
{
	int receiver = socket_at("127.0.0.1", PORT), sender = socket_at("127.0.0.1", 0);
	struct packet packet;

	watch_port(false);
	send_to(sender, "127.0.0.1", PORT, "one", 3);
	send_to(sender, "127.0.0.1", PORT, "two", 3);
	has_nothing(receiver);

	drop_packet(next_waiting(&packet));
	INSIDE_NUMBER(packet.kind, PACKET_UDP);
	INSIDE_NUMBER(packet.to.port, PORT);
	INSIDE(bytes_equal(packet.payload, bytes_of("one")));
	uint32_t second = next_waiting(&packet);
	INSIDE(bytes_equal(packet.payload, bytes_of("two")));
	nothing_waits();
	has_nothing(receiver);
	accept_packet(second);
	has_received(receiver, "two");
	has_nothing(receiver);
}

TEST_WITH_QUEUE(packets_go_on_in_the_order_of_the_verdicts)
{
	int receiver = socket_at("127.0.0.1", PORT), sender = socket_at("127.0.0.1", 0);
	struct packet packet;

	watch_port(false);
	send_to(sender, "127.0.0.1", PORT, "one", 3);
	send_to(sender, "127.0.0.1", PORT, "two", 3);
	uint32_t first = next_waiting(&packet);
	accept_packet(next_waiting(&packet));
	accept_packet(first);
	has_received(receiver, "two");
	has_received(receiver, "one");
}

TEST_WITH_QUEUE(what_is_not_watched_does_not_wait)
{
	int server = socket_at("127.0.0.1", PORT), client = socket_at("127.0.0.1", OTHER);
	struct packet packet;

	send_to(client, "127.0.0.1", PORT, "before", 6);
	has_received(server, "before");
	watch_port(true);
	send_to(client, "127.0.0.1", PORT, "to the port", 11);
	has_received(server, "to the port");
	send_to(server, "127.0.0.1", OTHER, "from the port", 13);
	has_nothing(client);
	accept_packet(next_waiting(&packet));
	has_received(client, "from the port");
	nothing_waits();
}

TEST_WITH_QUEUE(a_new_list_takes_the_place_of_the_old_one)
{
	const struct packet_watch both[] = {
		{.protocol = IPPROTO_UDP, .port = PORT}, {.protocol = IPPROTO_UDP, .port = OTHER}};
	int first = socket_at("127.0.0.1", PORT), second = socket_at("127.0.0.1", OTHER);
	struct packet packet;

	watch(both, 2);
	send_to(first, "127.0.0.1", OTHER, "one", 3);
	send_to(second, "127.0.0.1", PORT, "two", 3);
	watch(both, 1);
	send_to(first, "127.0.0.1", OTHER, "three", 5);
	has_received(second, "three");
	accept_packet(next_waiting(&packet));
	has_received(second, "one");
	watch(NULL, 0);
	send_to(second, "127.0.0.1", PORT, "four", 4);
	has_received(first, "four");
	has_nothing(first);
	accept_packet(next_waiting(&packet));
	has_received(first, "two");
}

/* IPv4's are put together before the hook; of IPv6 only the first waits, and it is needed. */
static void check_fragments(const char *host)
{
	static char large[4000], received[sizeof large];
	struct error error = {""};
	int receiver = socket_at(host, PORT), sender = socket_at(host, 0);
	struct packet packet;

	INSIDE(network_set_mtu(1500, &error));
	watch_port(false);
	send_to(sender, host, PORT, large, sizeof large);
	uint32_t id = next_waiting(&packet);
	INSIDE_NUMBER(packet.kind, PACKET_UDP);
	nothing_waits();
	has_nothing(receiver);
	accept_packet(id);
	INSIDE_NUMBER(recv(receiver, received, sizeof received, 0), sizeof large);

	send_to(sender, host, PORT, large, sizeof large);
	drop_packet(next_waiting(&packet));
	nothing_waits();
	has_nothing(receiver);
}

TEST_WITH_QUEUE(of_the_fragments_of_a_datagram_one_packet_waits)
{
	check_fragments("127.0.0.1");
}

TEST_WITH_QUEUE(of_the_fragments_of_a_datagram_by_ipv6_one_packet_waits)
{
	if (access("/proc/net/if_inet6", F_OK) == 0)
		check_fragments("::1");
}

/* The kernel's buffer for who reads the queue is full some time. */
TEST_WITH_QUEUE(what_the_kernel_had_no_room_for_is_told)
{
	int sender = socket_at("127.0.0.1", 0);
	struct waiting_packet waiting;
	struct error error = {""};
	bool found;

	watch_port(false);
	for (int i = 0; i < 30000; i++)
		send_to(sender, "127.0.0.1", PORT, "many", 4);
	INSIDE(!packet_queue_next(&queue, &waiting, &found, &error));
	INSIDE(strstr(error.text, "the queue of packets was full") != NULL);
}

TEST_WITH_QUEUE(a_verdict_about_no_packet_is_told)
{
	struct waiting_packet waiting;
	struct error error = {""};
	bool found;

	watch_port(false);
	accept_packet(77);
	INSIDE(!packet_queue_next(&queue, &waiting, &found, &error));
	INSIDE_TEXT(error.text, "nfnetlink_queue: No such file or directory");
}

TEST_WITH_QUEUE(what_waits_for_a_queue_that_is_closed_is_dropped)
{
	int receiver = socket_at("127.0.0.1", PORT), sender = socket_at("127.0.0.1", 0);
	struct packet packet;

	watch_port(false);
	send_to(sender, "127.0.0.1", PORT, "one", 3);
	next_waiting(&packet);
	packet_queue_close(&queue);
	INSIDE(queue.netlink == NULL);
	has_nothing(receiver);
}
