/* capture.c: what was sent is there or is said to be missing; live in a sandbox, and from files. */
#include "capture.h"
#include "inside.h"
#include "network.h"
#include "selftest.h"
#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define PORT 9000
#define RING ((size_t)8 << 20)

/* Milliseconds until a marker must have come back: a hang, not slowness. */
#define PATIENCE 20000

#define TEST_INSIDE(name)                     \
	static void inside_##name(void);      \
	TEST(name)                            \
	{                                     \
		char why[512];                \
		if (!sandboxes_possible(why)) \
			SKIP_TEST("%s", why); \
		RUN_INSIDE(inside_##name);    \
	}                                     \
	static void inside_##name(void)

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
		INSIDE_NUMBER(carried, capture_held(&capture));
		INSIDE_NUMBER(carried, capture.count + capture.markers_sent);
		INSIDE(capture_certify(&capture, carried, &error));
	}
	INSIDE_TEXT(error.text, "");
	capture_close(&capture);
}

/* The kernel takes frames in by processor, so one that sends from several needs a mark from each.
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

/* ---- Files ---- */

/* A capture file of the classic format (pcap-savefile(5)) with one frame of four bytes. */
struct savefile {
	uint32_t magic;
	uint16_t major, minor;
	uint32_t zone, figures, snapshot, link;
	uint32_t seconds, fraction, captured, wire;
	unsigned char bytes[4];
};

static const struct savefile one_frame = {
	.magic = 0xa1b23c4d, /* nanoseconds */
	.major = 2,
	.minor = 4,
	.snapshot = 65535,
	.link = 1,
	.seconds = 5,
	.fraction = 7,
	.captured = 4,
	.wire = 9,
	.bytes = {1, 2, 3, 4},
};

static char path[4096];

static void write_file(const void *bytes, size_t length)
{
	const char *folder = temporary_make();

	CU_ASSERT_PTR_NOT_NULL_FATAL(folder);
	snprintf(path, sizeof path, "%s/file.pcap", folder);
	int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	CU_ASSERT_EQUAL_FATAL(write(file, bytes, length), (ssize_t)length);
	close(file);
}

static void check_refused(const void *bytes, size_t length, const char *why)
{
	struct error error = {""};

	write_file(bytes, length);
	CU_ASSERT_FALSE(capture_open_file(&capture, path, &error));
	if (strstr(error.text, why) == NULL)
		ASSERT_TEXT(error.text, why);
	CU_ASSERT_PTR_NULL(capture.pcap);
	temporary_remove();
}

TEST(a_file_is_read)
{
	struct error error = {""};

	write_file(&one_frame, sizeof one_frame);
	CU_ASSERT_TRUE_FATAL(capture_open_file(&capture, path, &error));
	ASSERT_NUMBER(capture.count, 1);
	ASSERT_NUMBER(capture.frames[0].bytes.length, 4);
	ASSERT_NUMBER(capture.frames[0].bytes.data[3], 4);
	ASSERT_NUMBER(capture.frames[0].wire_length, 9);
	ASSERT_NUMBER(capture.frames[0].time, INT64_C(5000000007));
	ASSERT_NUMBER(capture.cut, 1);
	capture_close(&capture);
	temporary_remove();
}

TEST(a_file_that_is_no_capture_is_refused)
{
	static const unsigned char packed[40] = {0x1f, 0x8b, 8};
	struct savefile file = one_frame;
	struct error error = {""};

	CU_ASSERT_FALSE(capture_open_file(&capture, "/no/such/file", &error));
	CU_ASSERT_PTR_NOT_NULL(strstr(error.text, "/no/such/file: No such file or directory"));
	check_refused("", 0, "file.pcap: ");
	check_refused("not a capture at all, but long enough", 37, "file.pcap: ");
	check_refused(&file, 23, "truncated");
	file.link = 101;
	check_refused(&file, sizeof file, "file.pcap: not a capture of Ethernet frames");
	file.link = 1;
	file.captured = 0xfffffff0;
	check_refused(&file, sizeof file, "file.pcap: packet 1: invalid packet capture length");
	check_refused(packed, sizeof packed, "file.pcap: unknown file format; gzip -d unpacks");
}

/* Of a file that was cut, what is whole is there; nothing says that it is all. */
TEST(a_file_that_was_cut_is_read_as_far_as_it_is_whole)
{
	struct savefile files[2] = {one_frame, one_frame};
	size_t head = offsetof(struct savefile, seconds), packet = sizeof *files - head;
	struct error error = {""};

	memmove(&files[1], &files[1].seconds, packet);
	for (size_t cut = 1; cut < packet; cut++) {
		write_file(files, sizeof *files + packet - cut);
		CU_ASSERT_TRUE_FATAL(capture_open_file(&capture, path, &error));
		ASSERT_NUMBER(capture.count, 1);
		CU_ASSERT_PTR_NOT_NULL(
			strstr(capture.missing.text, "file.pcap: packet 2: truncated"));
		capture_close(&capture);
		temporary_remove();
	}
	write_file(files, sizeof *files + packet);
	CU_ASSERT_TRUE_FATAL(capture_open_file(&capture, path, &error));
	ASSERT_NUMBER(capture.count, 2);
	ASSERT_TEXT(capture.missing.text, "");
	capture_close(&capture);
	temporary_remove();
}

/* The time that a packet of the file has, and whether it was one that nanoseconds can tell. */
static void check_time(const void *bytes, size_t length, int64_t time, size_t odd)
{
	struct error error = {""};

	write_file(bytes, length);
	CU_ASSERT_TRUE(capture_open_file(&capture, path, &error));
	ASSERT_TEXT(error.text, "");
	ASSERT_NUMBER(capture.count, 1);
	ASSERT_NUMBER(capture.frames[0].time, time);
	ASSERT_NUMBER(capture.odd_times, odd);
	capture_close(&capture);
	temporary_remove();
}

/* Seconds of the format pcap have 32 bits and no sign, as tshark has it. */
TEST(seconds_after_2038_are_no_seconds_before_1970)
{
	struct savefile file = one_frame;

	file.seconds = 0xffffffff;
	check_time(&file, sizeof file, INT64_C(4294967295000000007), 0);
	file.seconds = 0x80000000;
	check_time(&file, sizeof file, INT64_C(2147483648000000007), 0);
	file.seconds = 0;
	file.fraction = 0x80000000;
	check_time(&file, sizeof file, 0, 1);
}

/* The halves of words below stand as a little-endian machine has them. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* A file of the format pcapng with one packet, whose interface counts in whole seconds. */
struct ng_file {
	uint32_t section[7];
	uint32_t interface[10];
	uint32_t packet[3], high, low, captured, wire, bytes, end;
};

static struct ng_file ng_file(uint64_t seconds, int64_t offset)
{
	struct ng_file file = {
		.section = {0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff, 28},
		.interface = {1, 40, 1, 0, 1u << 16 | 9, 0, 8u << 16 | 14, (uint32_t)offset,
			(uint32_t)((uint64_t)offset >> 32), 40},
		.packet = {6, 36, 0},
		.high = (uint32_t)(seconds >> 32),
		.low = (uint32_t)seconds,
		.captured = 4,
		.wire = 4,
		.end = 36,
	};

	return file;
}

TEST(a_time_that_nanoseconds_cannot_tell_is_the_nearest_that_they_can)
{
	static const struct {
		uint64_t seconds;
		int64_t offset, time;
		size_t odd;
	} rows[] = {
		{5, 0, 5000000000, 0},
		{9223372036, 0, INT64_C(9223372036000000000), 0},
		{9223372037, 0, INT64_MAX, 1},
		{UINT64_C(68719476741), 0, INT64_MAX, 1},
		{INT64_MAX, 0, INT64_MAX, 1},
		{5, -5, 0, 0},
		{5, -6, 0, 1},
		{5, INT64_MIN, 0, 1},
		{5, INT64_MAX - 5, INT64_MAX, 1},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct ng_file file = ng_file(rows[i].seconds, rows[i].offset);
		check_time(&file, sizeof file, rows[i].time, rows[i].odd);
	}
}

#endif
