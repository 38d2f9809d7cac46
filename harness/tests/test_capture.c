/* capture.c: what was sent is there or is said to be missing; live, in a sandbox. */
#include "inside.h"
#include "kernel/capture.h"
#include "kernel/network.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT 9000
#define RING ((size_t)8 << 20)

/* Milliseconds until a marker must have come back: a hang, not slowness. */
#define PATIENCE 20000

static struct capture capture = {.descriptor = -1};

static void open_capture(size_t ring)
{
	struct error error = {""};
	bool forbidden = true;

	INSIDE(capture_open(&capture, "lo", ring, &forbidden, &error));
	INSIDE_TEXT(error.text, "");
	INSIDE(!forbidden);
	INSIDE(capture.descriptor >= 0);
}

static struct sockaddr_in loopback(void)
{
	return (struct sockaddr_in){.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

/* Sends to a socket that is bound, so that no ICMP error comes back. */
static int open_pair(int *receiver)
{
	struct sockaddr_in address = loopback();
	int sender = socket(AF_INET, SOCK_DGRAM, 0);

	*receiver = socket(AF_INET, SOCK_DGRAM, 0);
	INSIDE(bind(*receiver, (struct sockaddr *)&address, sizeof address) == 0);
	INSIDE(connect(sender, (struct sockaddr *)&address, sizeof address) == 0);
	return sender;
}

static void send_bytes(int sender, size_t count, size_t length)
{
	static const char bytes[60000];

	for (size_t i = 0; i < count; i++)
		INSIDE(send(sender, bytes, length, 0) == (ssize_t)length);
}

/* Marks and reads until the markers are back. Returns what the interface has carried by then. */
static uint64_t mark(void)
{
	struct error error = {""};
	struct carried carried = {0};

	INSIDE(capture_mark(&capture, &error));
	while (!capture_marked(&capture)) {
		struct pollfd wait = {.fd = capture.descriptor, .events = POLLIN};
		if (!inside_check(poll(&wait, 1, PATIENCE) == 1, __FILE__, __LINE__, "no marker") ||
			!INSIDE(capture_read(&capture, &error)))
			break;
	}
	INSIDE(capture_carried(&capture, &carried, &error));
	INSIDE_TEXT(error.text, "");
	return carried.frames;
}

TEST_INSIDE(what_was_sent_before_the_mark_is_there)
{
	struct error error = {""};
	int receiver, sender = open_pair(&receiver);

	open_capture(RING);
	for (size_t round = 1; round <= 50; round++) {
		send_bytes(sender, 20, 100);
		uint64_t carried = mark();
		INSIDE_NUMBER(capture.count, 20 * round);
		INSIDE_NUMBER(carried, capture_taken_in(&capture));
		INSIDE_NUMBER(carried, capture.count + capture.markers_sent);
		INSIDE(capture_certify(&capture, carried, &error));
	}
	INSIDE_TEXT(error.text, "");
	capture_close(&capture);
}

/*
 * The kernel takes frames in by processor, so one that sends from several needs a mark from each.
 */
TEST_INSIDE(what_was_sent_from_any_processor_is_there)
{
	cpu_set_t all;
	int receiver, sender = open_pair(&receiver);
	size_t sent = 0;

	INSIDE(sched_getaffinity(0, sizeof all, &all) == 0);
	open_capture(RING);
	for (size_t round = 0; round < 20; round++) {
		for (size_t processor = 0; processor < CPU_SETSIZE; processor++) {
			cpu_set_t one;
			if (!CPU_ISSET(processor, &all))
				continue;
			CPU_ZERO(&one);
			CPU_SET(processor, &one);
			INSIDE(sched_setaffinity(0, sizeof one, &one) == 0);
			send_bytes(sender, 5, 100);
			sent += 5;
		}
		INSIDE(sched_setaffinity(0, sizeof all, &all) == 0);
		mark();
		INSIDE_NUMBER(capture.count, sent);
	}
	cpu_set_t after;
	INSIDE(sched_getaffinity(0, sizeof after, &after) == 0 && CPU_EQUAL(&after, &all));
	INSIDE_NUMBER(capture.markers_sent, 20 * (unsigned)CPU_COUNT(&all));
	capture_close(&capture);
}

TEST_INSIDE(frames_are_whole_once_and_in_order)
{
	int receiver, sender = open_pair(&receiver);

	open_capture(RING);
	for (unsigned char i = 0; i < 200; i++)
		INSIDE(send(sender, &i, 1, 0) == 1);
	send_bytes(sender, 1, 60000);
	mark();
	INSIDE_NUMBER(capture.count, 201);
	for (size_t i = 0; i < 200 && i < capture.count; i++) {
		const struct frame *frame = &capture.frames[i];
		INSIDE_NUMBER(frame->bytes.length, 14 + 20 + 8 + 1);
		INSIDE_NUMBER(frame->wire_length, frame->bytes.length);
		INSIDE_NUMBER(frame->bytes.data[14 + 20 + 8], i);
		INSIDE(frame->time > INT64_C(1500000000) * 1000000000);
	}
	INSIDE_NUMBER(capture.frames[200].bytes.length, 14 + 20 + 8 + 60000);
	INSIDE_NUMBER(capture.cut, 0);
	capture_close(&capture);
}

TEST_INSIDE(a_ring_that_was_too_small_is_told)
{
	struct error error = {""};
	uint64_t received = 0, dropped = 0;
	char expected[256];
	int receiver, sender = open_pair(&receiver);

	open_capture(1 << 20);
	send_bytes(sender, 100, 60000);
	INSIDE(capture_statistics(&capture, &received, &dropped, &error));
	INSIDE(dropped > 0 && dropped < received && received == 100);
	INSIDE(!capture_certify(&capture, 0, &error));
	snprintf(expected, sizeof expected,
		"the capture dropped %llu of 100 packets: its ring of 1 MiB was full",
		(unsigned long long)dropped);
	INSIDE_TEXT(error.text, expected);
	capture_close(&capture);
}

TEST_INSIDE(each_thing_that_is_missing_is_told)
{
	struct error error = {""};
	int receiver, sender = open_pair(&receiver);

	open_capture(RING);
	send_bytes(sender, 3, 100);
	uint64_t carried = mark();
	INSIDE(capture_certify(&capture, carried, &error));

	capture.cut = 2;
	INSIDE(!capture_certify(&capture, carried, &error));
	INSIDE_TEXT(error.text,
		"the capture cut 2 of 3 packets short: it keeps 262144 bytes of each; ip link set "
		"lo gso_max_size 65536 gso_ipv4_max_size 65536 makes them shorter");
	capture.cut = 0;

	capture.out_of_space = true;
	INSIDE(!capture_certify(&capture, carried, &error));
	INSIDE_TEXT(error.text, "the capture ran out of space at 3 packets, 426 bytes");
	capture.out_of_space = false;

	char expected[128];
	snprintf(expected, sizeof expected, "lo carried %llu packets, the capture has %llu",
		(unsigned long long)carried + 1, (unsigned long long)carried);
	INSIDE(!capture_certify(&capture, carried + 1, &error));
	INSIDE_TEXT(error.text, expected);
	capture_close(&capture);
}

/* Another capture's markers are foreign frames, and kept. */
TEST_INSIDE(the_markers_of_two_captures_are_told_apart)
{
	struct error error = {""};
	struct capture other;
	bool forbidden;

	open_capture(RING);
	INSIDE(capture_open(&other, "lo", RING, &forbidden, &error));
	INSIDE(capture_mark(&other, &error));
	mark();
	INSIDE_NUMBER(capture.count, other.markers_sent);
	INSIDE(other.markers_sent > 0);
	INSIDE_NUMBER(capture.frames[0].bytes.length, 60);
	capture_close(&other);
	capture_close(&capture);
}

/* What the interface carried before belongs to nobody's capture. */
TEST_INSIDE(a_capture_starts_with_nothing)
{
	int receiver, sender = open_pair(&receiver);

	send_bytes(sender, 10, 100);
	open_capture(RING);
	uint64_t carried = mark();
	INSIDE_NUMBER(capture.count, 0);
	INSIDE_NUMBER(carried, capture.markers_sent);
	capture_close(&capture);
	capture_close(&capture);
}

TEST_INSIDE(an_interface_that_is_none_is_told)
{
	struct error error = {""};
	bool forbidden = true;

	INSIDE(!capture_open(&capture, "nothing0", RING, &forbidden, &error));
	INSIDE(!forbidden);
	INSIDE(strncmp(error.text, "capture on nothing0: ", 21) == 0);
	INSIDE(capture.pcap == NULL);
	INSIDE(!capture_open(&capture, "lo", (size_t)3 << 30, &forbidden, &error));
	INSIDE_TEXT(error.text, "a capture ring of 3072 MiB is too large: 2047 at most");
}

/* A veth pair says 10 Gbit/s (veth_get_link_ksettings in Linux); loopback says nothing. */
TEST_INSIDE(the_speed_of_a_link_is_what_its_driver_says)
{
	struct error error = {""};
	bool forbidden;

	open_capture(RING);
	INSIDE(capture_speed(&capture) == 0);
	capture_close(&capture);
	int made = network_new_link("pair", "veth");
	if (made == EOPNOTSUPP)
		return; /* a kernel without veth */
	INSIDE_NUMBER(made, 0);
	INSIDE(network_interface_up("pair", &error));
	INSIDE(capture_open(&capture, "pair", RING, &forbidden, &error));
	INSIDE(capture_speed(&capture) == UINT64_C(10000000000));
	capture_close(&capture);
	INSIDE_TEXT(error.text, "");
}

/* A user namespace alone gives no right over a network that is not its own. */
TEST_INSIDE(a_capture_that_is_not_allowed_is_told_apart)
{
	struct error error = {""};
	bool forbidden = false;

	INSIDE(unshare(CLONE_NEWUSER) == 0);
	INSIDE(!capture_open(&capture, "lo", RING, &forbidden, &error));
	INSIDE(forbidden);
	INSIDE(strncmp(error.text, "capture on lo: ", 15) == 0);
}
