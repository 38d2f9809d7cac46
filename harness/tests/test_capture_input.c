/* capture_input.c: files that are whole, cut, damaged and odd. */
#include "command.h"
#include "kernel/capture.h"
#include "unit.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct capture capture = {.descriptor = -1};

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

/* When a file was cut, the whole packets are there, and the rest is reported as missing. */
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

/* The time of a packet in the file, and whether nanoseconds can express it. */
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

/* The halves of the words below are in the order of a little-endian machine. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

/* A file in the format pcapng with one packet. Its interface counts in whole seconds. */
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
	} times[] = {
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

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct ng_file file = ng_file(times[i].seconds, times[i].offset);
		check_time(&file, sizeof file, times[i].time, times[i].odd);
	}
}

#endif

/* ---- Files that are odd ---- */

/* A file in the making, in one byte order or the other. */
struct odd {
	unsigned char bytes[4096];
	size_t length;
	bool big; /* the most significant byte first */
};

static void put(struct odd *file, size_t width, uint64_t value)
{
	for (size_t i = 0; i < width; i++)
		file->bytes[file->length++] =
			(unsigned char)(value >> 8 * (file->big ? width - 1 - i : i));
}

static void put_zeros(struct odd *file, size_t count)
{
	for (size_t i = 0; i < count; i++)
		put(file, 1, 0);
}

/* A block of pcapng, with its content as words of 32 bits. */
#define BLOCK(file, type, ...)                             \
	block(file, type, (const uint32_t[]){__VA_ARGS__}, \
		sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

static void block(struct odd *file, uint32_t type, const uint32_t words[], size_t count)
{
	put(file, 4, type);
	put(file, 4, 12 + 4 * count);
	for (size_t i = 0; i < count; i++)
		put(file, 4, words[i]);
	put(file, 4, 12 + 4 * count);
}

static void section(struct odd *file)
{
	put(file, 4, 0x0a0d0d0a);
	put(file, 4, 28);
	put(file, 4, 0x1a2b3c4d);
	put(file, 2, 1);
	put(file, 2, 0);
	put(file, 8, UINT64_MAX);
	put(file, 4, 28);
}

static void interface(struct odd *file, uint16_t link, uint32_t snapshot)
{
	put(file, 4, 1);
	put(file, 4, 20);
	put(file, 2, link);
	put(file, 2, 0);
	put(file, 4, snapshot);
	put(file, 4, 20);
}

/* A packet of four bytes. */
static void packet(struct odd *file, uint32_t at, uint32_t captured, uint32_t wire)
{
	BLOCK(file, 6, at, 0, 5, captured, wire, 0x01020304);
}

static void begin(struct odd *file)
{
	section(file);
	interface(file, 1, 262144);
	packet(file, 0, 4, 4);
}

/* Each makes one kind of odd file. */
static void two_interfaces(struct odd *file)
{
	begin(file);
	interface(file, 1, 262144);
	packet(file, 1, 4, 4);
}

static void another_link(struct odd *file)
{
	begin(file);
	interface(file, 101, 262144);
	packet(file, 1, 4, 4);
}

static void another_snapshot_length(struct odd *file)
{
	begin(file);
	interface(file, 1, 65535);
	packet(file, 1, 4, 4);
}

static void no_such_interface(struct odd *file)
{
	begin(file);
	packet(file, 7, 4, 4);
}

static void unknown_blocks(struct odd *file)
{
	begin(file);
	BLOCK(file, 0x99, 1, 2, 3);
	BLOCK(file, 0x80000001, 1);
	packet(file, 0, 4, 4);
}

/* Words of options are the code and the length, in the halves that the byte order makes of them. */
static void option(struct odd *file, uint16_t code, uint16_t length)
{
	put(file, 2, code);
	put(file, 2, length);
}

/* An interface with 8 bytes of options. The first option says that it has so many. */
static void with_option(struct odd *file, uint16_t code, uint16_t length)
{
	section(file);
	put(file, 4, 1);
	put(file, 4, 28);
	put(file, 2, 1);
	put(file, 2, 0);
	put(file, 4, 262144);
	option(file, code, length);
	put(file, 4, 0);
	put(file, 4, 28);
	packet(file, 0, 4, 4);
}

static void option_beyond_its_block(struct odd *file)
{
	with_option(file, 2, 1000);
}

static void option_without_an_end(struct odd *file)
{
	with_option(file, 2, 4);
}

static void option_that_is_empty(struct odd *file)
{
	with_option(file, 2, 0);
}

static void no_snapshot_length(struct odd *file)
{
	section(file);
	interface(file, 1, 0);
	packet(file, 0, 4, 4);
	packet(file, 0, 4, 4);
}

static void more_captured_than_there_was(struct odd *file)
{
	begin(file);
	packet(file, 0, 4, 3);
}

static void packet_beyond_its_block(struct odd *file)
{
	begin(file);
	packet(file, 0, 500, 500);
}

static void lengths_that_differ(struct odd *file)
{
	begin(file);
	packet(file, 0, 4, 4);
	file->length -= 4;
	put(file, 4, 60);
}

static void length_that_is_odd(struct odd *file)
{
	begin(file);
	put(file, 4, 6);
	put(file, 4, 33);
	put_zeros(file, 25);
}

static void length_that_is_huge(struct odd *file)
{
	begin(file);
	put(file, 4, 6);
	put(file, 4, 0x7ffffff0);
	put_zeros(file, 24);
}

static void two_sections(struct odd *file)
{
	begin(file);
	begin(file);
}

static void simple_packet(struct odd *file)
{
	begin(file);
	BLOCK(file, 3, 4, 0x01020304);
}

static void no_interface(struct odd *file)
{
	section(file);
	packet(file, 0, 4, 4);
}

static void cut_in_a_block(struct odd *file)
{
	begin(file);
	packet(file, 0, 4, 4);
	file->length -= 10;
}

static void cut_in_a_head(struct odd *file)
{
	begin(file);
	put(file, 4, 6);
}

/* What the error says for each, in either byte order; "": there is no error. */
static const struct {
	const char *name;
	void (*make)(struct odd *file);
	size_t packets; /* of a file that is read */
	const char *error, *missing;
} rows[] = {
	{"two interfaces", two_interfaces, 2, "", ""},
	{"another link", another_link, 0, "file.pcap: packet 2: an interface has a type 101", ""},
	{"another snapshot length", another_snapshot_length, 0,
		"file.pcap: packet 2: an interface has a snapshot length 65535", ""},
	{"no such interface", no_such_interface, 0,
		"file.pcap: packet 2: a packet arrived on interface 7", ""},
	{"unknown blocks", unknown_blocks, 2, "", ""},
	{"option beyond its block", option_beyond_its_block, 0, "file.pcap: block of type 1", ""},
	{"option without an end", option_without_an_end, 1, "", ""},
	{"option that is empty", option_that_is_empty, 1, "", ""},
	{"no snapshot length", no_snapshot_length, 2, "", ""},
	{"more captured than there was", more_captured_than_there_was, 2, "", ""},
	{"packet beyond its block", packet_beyond_its_block, 0,
		"file.pcap: packet 2: block of type 6", ""},
	{"lengths that differ", lengths_that_differ, 0,
		"file.pcap: packet 2: block total length in header and trailer", ""},
	{"length that is odd", length_that_is_odd, 0, "file.pcap: packet 2: block in pcapng", ""},
	{"length that is huge", length_that_is_huge, 0,
		"file.pcap: packet 2: pcapng block size 2147483632", ""},
	{"two sections", two_sections, 2, "", ""},
	{"simple packet", simple_packet, 2, "", ""},
	{"no interface", no_interface, 0, "file.pcap: ", ""},
	{"cut in a block", cut_in_a_block, 1, "", "file.pcap: packet 2: truncated"},
	{"cut in a head", cut_in_a_head, 1, "", "file.pcap: packet 2: truncated"},
};

static void check_has(const char *name, const char *text, const char *piece)
{
	if (*piece == '\0' ? *text != '\0' : strstr(text, piece) == NULL) {
		ASSERT_TEXT(name, "");
		ASSERT_TEXT(text, piece);
	}
}

static void check_row(size_t row, bool big)
{
	struct odd file = {.big = big};
	struct error error = {""};

	rows[row].make(&file);
	write_file(file.bytes, file.length);
	bool opened = capture_open_file(&capture, path, &error);
	check_has(rows[row].name, error.text, rows[row].error);
	CU_ASSERT_EQUAL(opened, *rows[row].error == '\0');
	ASSERT_NUMBER(capture.count, rows[row].packets);
	check_has(rows[row].name, capture.missing.text, rows[row].missing);
	for (size_t i = 0; i < capture.count; i++) {
		ASSERT_NUMBER(capture.frames[i].bytes.length, 4);
		ASSERT_NUMBER(capture.frames[i].wire_length, 4);
	}
	capture_close(&capture);
	temporary_remove();
}

TEST(an_odd_file_is_read_or_it_is_said_what_is_odd)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_row(i, false);
		check_row(i, true);
	}
}
