/* The demos of impl/ while somebody talks to them: odd bytes, peers that go, outputs that fail. */
#include "demo.h"
#include "kernel/scratch.h"
#include "kernel/sockets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#define OWN_PORT 4000 /* that the test sends datagrams from */
#define MIB      ((size_t)1 << 20)

/* A demo that talks to one peer, which the test plays. */
struct dialogue {
	const char *argv[2]; /* its name; the path when it has no port */
	bool serves;
	int type;           /* SOCK_STREAM or SOCK_DGRAM */
	uint16_t port;      /* of the server on 127.0.0.1; 0: the socket file `s` */
	struct bytes input; /* what brings it as far as its peer */
	const char *asks;   /* printed before it waits for its peer */
	const char *before; /* printed around what its peer said */
	const char *after;
	int ended_by; /* a signal that ends it well; 0: it ends by itself */
};

static const struct dialogue dialogues[] = {
	{{"tcp_hello_server"}, true, SOCK_STREAM, 8898, TEXT(""), "", "", "\n", 0},
	{{"tcp_hello_client"}, false, SOCK_STREAM, 8898, TEXT(""), "", "", "\n", 0},
	{{"tcp_restart_server"}, true, SOCK_STREAM, 8898, TEXT(""), "", "", "\n", 0},
	{{"udp_hello_server"}, true, SOCK_DGRAM, 9000, TEXT(""), "", "", "\n", 0},
	{{"udp_hello_client"}, false, SOCK_DGRAM, 9000, TEXT(""), "", "", " 127.0.0.1:9000\n", 0},
	{{"udp_chat_server"}, true, SOCK_DGRAM, 8081, TEXT(""), "",
		"a message from [127.0.0.1:4000]: \033[1;44m", "\033[0m\nreply message: ", 0},
	{{"udp_chat_client"}, false, SOCK_DGRAM, 8081, TEXT("bob\nhello\n"), SELECT MESSAGE,
		"a message from [127.0.0.1:8081]: \033[1;44m", "\033[0m\n" MESSAGE, 0},
	{{"udp_time_server"}, true, SOCK_DGRAM, 9000, TEXT(""), "", "===> ", "\n", SIGTERM},
	{{"udp_time_client"}, false, SOCK_DGRAM, 9000, TEXT("%Y\n"), FORMAT, "", "\n" FORMAT, 0},
	{{"unix_hello_server", "s"}, true, SOCK_STREAM, 0, TEXT(""), "", "", "\n", 0},
	{{"unix_hello_client", "s"}, false, SOCK_STREAM, 0, TEXT(""), "", "", "\n", 0},
	{{"unix_datagram_server", "s"}, true, SOCK_DGRAM, 0, TEXT(""), "", "", "\n", 0},
	{{"unix_datagram_client", "s"}, false, SOCK_DGRAM, 0, TEXT(""), "", "", " s\n", 0},
};

/* Sockets. */

struct place {
	socklen_t size;
	union {
		struct sockaddr generic;
		struct sockaddr_in ipv4;
		struct sockaddr_un file;
	};
};

static struct place place_of(uint16_t port, const char *path)
{
	struct place place = {.size = sizeof place.ipv4};

	if (port != 0) {
		place.ipv4 = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(port)};
		place.ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		return place;
	}
	place.size = sizeof place.file;
	place.file = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(place.file.sun_path, path, strlen(path));
	return place;
}

static int bind_at(const struct place *place, int type)
{
	int handle = socket(place->generic.sa_family, type | SOCK_CLOEXEC, 0), on = 1;

	INSIDE(setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0);
	INSIDE(bind(handle, &place->generic, place->size) == 0);
	if (type == SOCK_STREAM)
		INSIDE(listen(handle, 5) == 0);
	return handle;
}

/* Waits until somebody has a UDP socket on the port: nothing else tells a client so. */
static bool until_bound(const struct demo *demo, uint16_t port)
{
	struct sockets sockets = {0};
	struct error error;
	struct pollfd end = {demo->watch, POLLIN, 0};
	bool bound = false;

	INSIDE(sockets_open(&sockets, &error));
	for (int turn = 0; !bound && turn < DEMO_DEADLINE_MS && poll(&end, 1, 1) == 0; turn++)
		bound = sockets_read(&sockets, UDP, &error) &&
			sockets_on_port(&sockets, port) != NULL;
	sockets_close(&sockets);
	return bound;
}

/* A client of the demo, as soon as it serves; -1 when it has ended instead. */
static int call(const struct demo *demo, const struct dialogue *dialogue)
{
	struct place server = place_of(dialogue->port, "s"), own = place_of(OWN_PORT, "");
	int handle;

	if (dialogue->type == SOCK_STREAM)
		return demo_connect(demo, SOCK_STREAM, &server.generic, server.size);
	if (dialogue->port != 0) {
		handle = bind_at(&own, SOCK_DGRAM);
		if (until_bound(demo, dialogue->port) &&
			connect(handle, &server.generic, server.size) == 0)
			return handle;
	} else {
		handle = demo_connect(demo, SOCK_DGRAM, &server.generic, server.size);
		own = place_of(0, "peer");
		if (handle < 0 || bind(handle, &own.generic, own.size) == 0)
			return handle;
	}
	close(handle);
	return -1;
}

/* The demo's connection or first datagram, received to `handle`; -1 when it has ended instead. */
static int answer_call(const struct demo *demo, int handle, int type)
{
	struct sockaddr_storage client;
	socklen_t size = sizeof client;
	char request[64];

	if (!demo_until_readable(demo, handle))
		return -1;
	if (type == SOCK_STREAM) {
		int connection = accept4(handle, NULL, NULL, SOCK_CLOEXEC);
		INSIDE(demo_until_readable(demo, connection));
		return connection;
	}
	INSIDE(recvfrom(handle, request, sizeof request, 0, (struct sockaddr *)&client, &size) > 0);
	INSIDE(connect(handle, (struct sockaddr *)&client, size) == 0);
	return dup(handle);
}

/* One exchange. */

/* How the peer behaves once it is in touch with the demo. */
enum conduct { TALKS, CLOSES, RESETS, WAITS };

/* Hands the text over, to its end; of a long one on a stream as much as there is room for. */
static void say(int peer, int type, struct bytes text)
{
	ssize_t sent = 0;

	if (text.length > 0 || type == SOCK_DGRAM)
		sent = send(peer, text.data, text.length, MSG_NOSIGNAL | MSG_DONTWAIT);
	INSIDE(sent == (ssize_t)text.length || (type == SOCK_STREAM && sent > 1024));
	if (type == SOCK_STREAM)
		(void)shutdown(peer, SHUT_WR);
}

static void behave(const struct demo *demo, int peer, const struct dialogue *dialogue,
	enum conduct conduct, struct bytes text)
{
	struct linger linger = {1, 0};
	char answer[2048];

	if (conduct == RESETS)
		INSIDE(setsockopt(peer, SOL_SOCKET, SO_LINGER, &linger, sizeof linger) == 0);
	if (conduct != TALKS)
		return;
	if (!dialogue->serves && dialogue->type == SOCK_STREAM)
		INSIDE(recv(peer, answer, sizeof answer, 0) == 5);
	say(peer, dialogue->type, text);
	if (dialogue->serves && demo_until_readable(demo, peer))
		(void)recv(peer, answer, sizeof answer, 0);
}

/*
 * The same dialogue and use at a port that none had before: over TCP the last one may have left a
 * TIME-WAIT behind. `text` gets the port and lives as long as the use.
 */
static void move_to_fresh_port(struct dialogue *dialogue, struct use *use, char text[8])
{
	static uint16_t port = 20000;

	if (dialogue->type != SOCK_STREAM || dialogue->port == 0)
		return;
	dialogue->port = ++port;
	snprintf(text, 8, "%u", port);
	use->argv[1] = "127.0.0.1";
	use->argv[2] = text;
}

/* Plays the peer in one use of the demo, and ends the demo by the signal, unless that is 0. */
static void exchange(struct dialogue dialogue, struct use use, enum conduct conduct,
	struct bytes text, int signal)
{
	char port[8];
	struct demo demo;

	move_to_fresh_port(&dialogue, &use, port);
	struct place place = place_of(dialogue.port, "s");
	int listener = dialogue.serves ? -1 : bind_at(&place, dialogue.type);
	demo_start(&demo, &use);
	int peer = dialogue.serves ? call(&demo, &dialogue)
				   : answer_call(&demo, listener, dialogue.type);
	if (peer >= 0)
		behave(&demo, peer, &dialogue, conduct, text);
	if (peer >= 0 && conduct != WAITS)
		close(peer);
	if (signal != 0)
		INSIDE(kill(demo.pid, signal) == 0);
	demo_finish(&demo, &use);
	if (peer >= 0 && conduct == WAITS)
		close(peer);
	if (listener >= 0)
		close(listener);
	(void)unlink("peer");
	if (!dialogue.serves)
		(void)unlink("s");
}

static struct use use_of(const struct dialogue *dialogue)
{
	return (struct use){
		HERE, .argv = {dialogue->argv[0], dialogue->argv[1]}, .input = dialogue->input};
}

/* What is printed of a text that came in one receive of at most 1024 bytes. */
static void expect_printed(
	struct buffer *expected, const struct dialogue *dialogue, struct bytes text)
{
	buffer_clear(expected);
	buffer_printf(expected, "%s%s", dialogue->asks, dialogue->before);
	buffer_append(expected, text.data, text.length < 1024 ? text.length : 1024);
	buffer_printf(expected, "%s", dialogue->after);
}

static void bytes_pass(const struct dialogue *dialogue, struct bytes text)
{
	struct use use = use_of(dialogue);
	struct buffer expected;

	buffer_init(&expected, 4096);
	expect_printed(&expected, dialogue, text);
	use.output = buffer_bytes(&expected);
	exchange(*dialogue, use, TALKS, text, dialogue->ended_by);
	buffer_free(&expected);
	INSIDE_NUMBER(folder_count("."), 0);
}

static void any_bytes(void)
{
	static const struct bytes odd = TEXT("a\0\xff\xfe\xc3 \n\0");

	for (size_t i = 0; i < COUNT(dialogues); i++) {
		bytes_pass(&dialogues[i], odd);
		bytes_pass(&dialogues[i], (struct bytes){(const unsigned char *)"", 0});
		bytes_pass(&dialogues[i], demo_line(1024));
		bytes_pass(&dialogues[i], demo_line(dialogues[i].type == SOCK_STREAM ? MIB : 9000));
	}
}

TEST(any_bytes_are_printed_as_they_came_up_to_1024)
{
	RUN_OR_SKIP(any_bytes);
}

static void outputs_fail(void)
{
	for (size_t i = 0; i < COUNT(dialogues); i++) {
		struct use use = use_of(&dialogues[i]);
		struct bytes text = TEXT("hello");

		use.status = 1;
		use.wrong = OUTPUT_FULL;
		use.error = "No space left on device";
		exchange(dialogues[i], use, TALKS, text, 0);
		use.wrong = OUTPUT_UNREAD;
		use.error = "Broken pipe";
		exchange(dialogues[i], use, TALKS, text, 0);
		INSIDE_NUMBER(folder_count("."), 0);
	}
}

TEST(an_output_that_fails_during_an_exchange_is_an_error)
{
	RUN_OR_SKIP(outputs_fail);
}

/* Peers that go. */

static void peers_reset(void)
{
	for (size_t i = 0; i < COUNT(dialogues); i++) {
		struct use use = use_of(&dialogues[i]);

		if (dialogues[i].type != SOCK_STREAM || dialogues[i].port == 0)
			continue;
		use.status = 1;
		use.error = "recv: Connection reset by peer";
		exchange(dialogues[i], use, RESETS, use.input, 0);
	}
}

TEST(a_reset_connection_is_an_error)
{
	RUN_OR_SKIP(peers_reset);
}

/* Over AF_UNIX a peer's close is seen at once, and so is what SIGPIPE would do. */
static void peer_gone_before_the_answer(void)
{
	const struct dialogue dialogue = {
		{"unix_hello_server", "s"}, true, SOCK_STREAM, 0, TEXT(""), "", "", "\n", 0};
	struct use use = use_of(&dialogue);

	use.status = 1;
	use.error = "Broken pipe";
	use.output = (struct bytes)TEXT("\n");
	exchange(dialogue, use, CLOSES, use.input, 0);
	INSIDE_NUMBER(folder_count("."), 0);
}

TEST(a_peer_gone_before_the_answer_is_an_error_and_no_death)
{
	RUN_OR_SKIP(peer_gone_before_the_answer);
}

static void sender_without_a_path(void)
{
	struct use use = {
		HERE, .argv = {"unix_datagram_server", "s"}, .status = 1, .output = TEXT("who\n")};
	struct place place = place_of(0, "s");
	struct demo demo;

	demo_start(&demo, &use);
	int peer = demo_connect(&demo, SOCK_DGRAM, &place.generic, place.size);
	INSIDE(send(peer, "who", 3, 0) == 3);
	demo_finish(&demo, &use);
	close(peer);
	INSIDE_NUMBER(folder_count("."), 0);
}

static void answer_without_a_path(void)
{
	struct use use = {HERE, .argv = {"unix_datagram_client", "s"}, .output = TEXT("who \n")};
	struct place place = place_of(0, "s");
	int handle = bind_at(&place, SOCK_DGRAM);
	int nameless = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct demo demo;

	demo_start(&demo, &use);
	struct place client = {.size = sizeof client.file};
	INSIDE(demo_until_readable(&demo, handle));
	INSIDE(recvfrom(handle, NULL, 0, 0, &client.generic, &client.size) == 0);
	INSIDE(sendto(nameless, "who", 3, 0, &client.generic, client.size) == 3);
	demo_finish(&demo, &use);
	close(handle);
	close(nameless);
}

TEST(a_sender_without_a_path_is_printed_as_nothing)
{
	RUN_OR_SKIP(answer_without_a_path);
}

TEST(a_sender_without_a_path_cannot_be_answered)
{
	RUN_OR_SKIP(sender_without_a_path);
}

/* Replies that cannot be sent. */

static void exchange_reply(
	const struct dialogue *dialogue, struct bytes input, const char *error, rlim_t memory)
{
	struct use use = use_of(dialogue);
	struct buffer expected;

	buffer_init(&expected, 4096);
	expect_printed(&expected, dialogue, (struct bytes)TEXT("hello"));
	use.input = input;
	use.resource = RLIMIT_DATA;
	use.limit = memory;
	use.status = 1;
	use.error = error;
	use.output = buffer_bytes(&expected);
	exchange(*dialogue, use, TALKS, (struct bytes)TEXT("hello"), 0);
	buffer_free(&expected);
}

static void long_replies(void)
{
	static const struct dialogue server = {{"udp_chat_server"}, true, SOCK_DGRAM, 8081,
		TEXT(""), "", "a message from [127.0.0.1:4000]: \033[1;44m",
		"\033[0m\nreply message: ", 0};

	exchange_reply(&server, demo_line(MIB), "Message too long", 0);
	exchange_reply(&server, demo_line(8 * MIB), "Cannot allocate memory", 4 * MIB);
}

TEST(a_reply_too_long_to_send_or_to_hold_is_an_error)
{
	RUN_OR_SKIP(long_replies);
}

/* Signals. */

static void end_by(const struct dialogue *dialogue, int signal, enum wrong wrong)
{
	struct use use = use_of(dialogue);

	use.wrong = wrong;
	use.status = dialogue->ended_by != 0 && signal != SIGKILL ? 0 : 128 + signal;
	use.output = bytes_of(dialogue->asks);
	exchange(*dialogue, use, WAITS, use.input, signal);
}

static void signals(void)
{
	for (size_t i = 0; i < COUNT(dialogues); i++) {
		end_by(&dialogues[i], SIGINT, NOTHING_WRONG);
		end_by(&dialogues[i], SIGTERM, NOTHING_WRONG);
		if (dialogues[i].ended_by != 0) {
			end_by(&dialogues[i], SIGINT, SIGNALS_OFF);
			end_by(&dialogues[i], SIGTERM, SIGNALS_OFF);
		}
		INSIDE_NUMBER(folder_count("."), 0);
	}
}

TEST(a_signal_ends_each_and_leaves_no_file)
{
	RUN_OR_SKIP(signals);
}

/* What SIGKILL leaves: the socket file, which the next one does not touch. */
static void killed_one(const struct dialogue *dialogue)
{
	bool left = dialogue->port == 0 && (dialogue->serves || dialogue->type == SOCK_DGRAM);
	struct use use = use_of(dialogue);
	struct error error;

	end_by(dialogue, SIGKILL, NOTHING_WRONG);
	INSIDE_NUMBER(folder_count("."), left ? 1 : 0);
	if (dialogue->port == 0 && dialogue->serves) {
		use.status = 1;
		use.error = "bind: Address already in use";
		demo_run(&use);
		INSIDE_NUMBER(folder_count("."), 1);
	}
	INSIDE(scratch_empty(".", &error));
	bytes_pass(dialogue, (struct bytes)TEXT("again"));
}

static void killed(void)
{
	for (size_t i = 0; i < COUNT(dialogues); i++)
		killed_one(&dialogues[i]);
}

TEST(a_killed_one_leaves_only_a_socket_file)
{
	RUN_OR_SKIP(killed);
}
