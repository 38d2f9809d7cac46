/* pcapng.c: the blocks byte for byte, what happens when they cannot be written, and libpcap. */
#include "unit.h"
#include "wire/pcapng.h"

#include <errno.h>
#include <fcntl.h>
#include <pcap/pcap.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#define SNAPSHOT_LENGTH 262144
#define FILE_MAXIMUM    (64u << 20)

static const struct pcapng_statistics statistics = {
	.start = 0x1122334455667788,
	.end = 0x1122334499aabbcc,
	.received = 258,
	.dropped = 3,
	.delivered = 255,
};

static const struct pcapng_interface lo = {.name = "lo", .snapshot_length = SNAPSHOT_LENGTH};

static int memory_file(void)
{
	int file = memfd_create("pcapng", MFD_CLOEXEC);

	CU_ASSERT_TRUE_FATAL(file >= 0);
	return file;
}

static off_t file_length(int file)
{
	struct stat status;

	CU_ASSERT_EQUAL_FATAL(fstat(file, &status), 0);
	return status.st_size;
}

/* Reads all of the file; the caller frees the buffer. */
static struct buffer file_content(int file)
{
	struct buffer content;
	char part[65536];
	ssize_t length;

	buffer_init(&content, FILE_MAXIMUM);
	for (off_t at = 0; (length = pread(file, part, sizeof part, at)) > 0; at += length)
		CU_ASSERT_TRUE_FATAL(buffer_append(&content, part, (size_t)length));
	CU_ASSERT_EQUAL_FATAL(length, 0);
	return content;
}

static void begin(struct pcapng *pcapng, int file, const char *comment)
{
	struct error error = {{0}};
	const struct pcapng_section section = {.comment = comment, .application = "wirecheck 1.0"};

	CU_ASSERT_TRUE(pcapng_begin(pcapng, file, &section, &lo, &error));
	ASSERT_TEXT(error.text, "");
}

static void add(
	struct pcapng *pcapng, struct bytes frame, const char *const *comments, size_t count)
{
	struct error error = {{0}};
	struct pcapng_packet packet = {.frame = frame,
		.wire_length = (uint32_t)frame.length,
		.time = 0x0102030405060708,
		.comments = comments,
		.comment_count = count};

	CU_ASSERT_TRUE(pcapng_add(pcapng, &packet, &error));
	ASSERT_TEXT(error.text, "");
}

static void end(struct pcapng *pcapng)
{
	struct error error = {{0}};

	CU_ASSERT_TRUE(pcapng_end(pcapng, &statistics, &error));
	ASSERT_TEXT(error.text, "");
	CU_ASSERT_PTR_NULL(pcapng->pending.data);
}

/* Appends the file's 32-bit words in hex, one block a line. */
static void describe_blocks(struct buffer *out, struct bytes file)
{
	uint32_t left = 0, length = 0;

	for (size_t at = 0; at + 4 <= file.length; at += 4) {
		const unsigned char *word = file.data + at;
		if (left == 0) {
			memcpy(&length, word + 4, sizeof length);
			left = length / 4;
		}
		left--;
		buffer_printf(out, "%02x%02x%02x%02x%c", word[0], word[1], word[2], word[3],
			left == 0 ? '\n' : ' ');
	}
}

/* Compares the file's blocks from number `first` on. */
static void check_blocks(int file, size_t first, const char *expected)
{
	struct buffer content = file_content(file), text;

	buffer_init(&text, FILE_MAXIMUM);
	describe_blocks(&text, buffer_bytes(&content));
	const char *from = buffer_text(&text);
	for (const char *line = from; first > 0 && line != NULL; first--) {
		line = strchr(from, '\n');
		from = line != NULL ? line + 1 : "";
	}
	ASSERT_TEXT(from, expected);
	buffer_free(&content);
	buffer_free(&text);
}

/* The texts below are written as a little-endian machine writes the file. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__

#define STATISTICS_BLOCK                                \
	"05000000 64000000 00000000 44332211 ccbbaa99 " \
	"02000800 44332211 88776655 "                   \
	"03000800 44332211 ccbbaa99 "                   \
	"04000800 02010000 00000000 "                   \
	"05000800 03000000 00000000 "                   \
	"07000800 03000000 00000000 "                   \
	"08000800 ff000000 00000000 "                   \
	"00000000 64000000\n"

/* Each packet was received: direction inbound. */
#define INBOUND "02000400 01000000 00000000 "

TEST(a_file_without_packets)
{
	int file = memory_file();
	struct pcapng pcapng;

	begin(&pcapng, file, "tcp/hello");
	end(&pcapng);
	check_blocks(file, 0,
		"0a0d0d0a 44000000 4d3c2b1a 01000000 ffffffff ffffffff "
		"01000900 7463702f 68656c6c 6f000000 "          /* tcp/hello */
		"04000d00 77697265 63686563 6b20312e 30000000 " /* wirecheck 1.0 */
		"00000000 44000000\n"
		"01000000 28000000 01000000 00000400 "
		"02000200 6c6f0000 " /* lo */
		"09000100 09000000 "
		"00000000 28000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(a_packet_without_a_comment_has_flags_alone)
{
	int file = memory_file();
	struct pcapng pcapng;

	begin(&pcapng, file, "");
	add(&pcapng, bytes_of("abcdef"), NULL, 0);
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 34000000 00000000 04030201 08070605 06000000 06000000 "
		"61626364 65660000 " INBOUND "34000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(a_packet_with_several_comments)
{
	static const char *const comments[] = {"one", "", "two!", "three"};
	int file = memory_file();
	struct pcapng pcapng;

	begin(&pcapng, file, "");
	add(&pcapng, bytes_of("abcd"), comments, 4);
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 4c000000 00000000 04030201 08070605 04000000 04000000 61626364 "
		"01000300 6f6e6500 "
		"01000400 74776f21 "
		"01000500 74687265 65000000 " INBOUND "4c000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(frames_of_every_length_are_padded_with_zeros)
{
	int file = memory_file();
	struct pcapng pcapng;

	begin(&pcapng, file, "");
	for (size_t length = 0; length <= 4; length++)
		add(&pcapng, (struct bytes){(const unsigned char *)"abcd", length}, NULL, 0);
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 2c000000 00000000 04030201 08070605 00000000 00000000 " INBOUND
		"2c000000\n"
		"06000000 30000000 00000000 04030201 08070605 01000000 01000000 61000000 " INBOUND
		"30000000\n"
		"06000000 30000000 00000000 04030201 08070605 02000000 02000000 61620000 " INBOUND
		"30000000\n"
		"06000000 30000000 00000000 04030201 08070605 03000000 03000000 61626300 " INBOUND
		"30000000\n"
		"06000000 30000000 00000000 04030201 08070605 04000000 04000000 61626364 " INBOUND
		"30000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(a_frame_cut_by_the_capture_keeps_its_length_on_the_wire)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};
	struct pcapng_packet packet = {.frame = bytes_of("abcd"), .wire_length = 1514, .time = 1};

	begin(&pcapng, file, "");
	CU_ASSERT_TRUE(pcapng_add(&pcapng, &packet, &error));
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 30000000 00000000 00000000 01000000 04000000 ea050000 61626364 " INBOUND
		"30000000\n" STATISTICS_BLOCK);
	close(file);
}

/* Bit 9 of the flags (draft 4.3.1). */
TEST(a_checksum_that_is_not_ready_is_said_to_be_so)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};
	struct pcapng_packet packet = {
		.frame = bytes_of("abcd"), .wire_length = 4, .time = 1, .checksum_not_ready = true};

	begin(&pcapng, file, "");
	CU_ASSERT_TRUE(pcapng_add(&pcapng, &packet, &error));
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 30000000 00000000 00000000 01000000 04000000 04000000 61626364 "
		"02000400 01020000 00000000 30000000\n" STATISTICS_BLOCK);
	close(file);
}

/* The format counts from 1970 on, and without a sign. */
TEST(a_time_before_the_epoch_is_the_epoch)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};
	struct pcapng_packet packet = {.frame = bytes_of("abcd"), .wire_length = 4, .time = -1};

	begin(&pcapng, file, "");
	CU_ASSERT_TRUE(pcapng_add(&pcapng, &packet, &error));
	end(&pcapng);
	check_blocks(file, 2,
		"06000000 30000000 00000000 00000000 00000000 04000000 04000000 61626364 " INBOUND
		"30000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(all_that_is_known_of_machine_and_interface_is_written)
{
	static const struct pcapng_section section = {
		.comment = "c", .hardware = "hw", .system = "Linux 6", .application = "wirecheck"};
	static const struct pcapng_interface interface = {
		.name = "lo",
		.description = "Loopback",
		.filter = "inbound",
		.speed = 10000000000,
		.system = "Linux 6",
		.snapshot_length = SNAPSHOT_LENGTH,
	};
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};

	CU_ASSERT_TRUE(pcapng_begin(&pcapng, file, &section, &interface, &error));
	end(&pcapng);
	check_blocks(file, 0,
		"0a0d0d0a 4c000000 4d3c2b1a 01000000 ffffffff ffffffff "
		"01000100 63000000 "
		"02000200 68770000 "
		"03000700 4c696e75 78203600 "
		"04000900 77697265 63686563 6b000000 "
		"00000000 4c000000\n"
		"01000000 58000000 01000000 00000400 "
		"02000200 6c6f0000 "
		"03000800 4c6f6f70 6261636b "
		"08000800 00e40b54 02000000 " /* 10 Gbit/s */
		"09000100 09000000 "
		"0b000800 00696e62 6f756e64 " /* a 0 for libpcap's language, and the filter */
		"0c000700 4c696e75 78203600 "
		"00000000 58000000\n" STATISTICS_BLOCK);
	close(file);
}

/* Draft 4.5: each record an address and a name with its NUL; a last one that is empty. */
TEST(names_of_addresses)
{
	static const struct pcapng_name names[] = {
		{{.version = 4, .ip = {127, 0, 0, 1}}, "CLIENT"},
		{{.version = 6, .ip = {[15] = 1}}, "SERVER"},
	};
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};

	begin(&pcapng, file, "");
	CU_ASSERT_TRUE(pcapng_add_names(&pcapng, names, 2, &error));
	CU_ASSERT_TRUE(pcapng_add_names(&pcapng, NULL, 0, &error));
	end(&pcapng);
	check_blocks(file, 2,
		"04000000 3c000000 "
		"01000b00 7f000001 434c4945 4e540000 "
		"02001700 00000000 00000000 00000000 00000001 53455256 45520000 "
		"00000000 3c000000\n" STATISTICS_BLOCK);
	close(file);
}

TEST(empty_texts_are_left_out)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct error error = {{0}};

	CU_ASSERT_TRUE(pcapng_begin(&pcapng, file,
		&(struct pcapng_section){.comment = "", .hardware = "", .application = ""},
		&(struct pcapng_interface){.name = "", .filter = "", .snapshot_length = 65535},
		&error));
	end(&pcapng);
	check_blocks(file, 0,
		"0a0d0d0a 20000000 4d3c2b1a 01000000 ffffffff ffffffff 00000000 20000000\n"
		"01000000 20000000 01000000 ffff0000 09000100 09000000 00000000 "
		"20000000\n" STATISTICS_BLOCK);
	close(file);
}

#endif

/* Makes a text of `length` bytes that ends with `tail`; the caller frees it. */
static char *text_ending(size_t length, const char *tail)
{
	char *text = malloc(length + 1);

	CU_ASSERT_PTR_NOT_NULL_FATAL(text);
	memset(text, 'a', length);
	memcpy(text + length - strlen(tail), tail, strlen(tail) + 1);
	return text;
}

/* Writes `comment` to a packet and returns the option that it became: length, then value. */
static struct buffer comment_written(const char *comment)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct buffer content, option;
	uint16_t length;

	begin(&pcapng, file, "");
	add(&pcapng, bytes_of("abcd"), &comment, 1);
	end(&pcapng);
	content = file_content(file);
	buffer_init(&option, 1 << 17);

	/* 52 and 40 bytes of section and interface, 32 of the packet, 2 of the option's code. */
	const unsigned char *at = content.data + 52 + 40 + 32 + 2;
	memcpy(&length, at, sizeof length);
	CU_ASSERT_TRUE(buffer_append(&option, at + 2, length));
	buffer_free(&content);
	close(file);
	return option;
}

/* This many bytes of a text that is too long are kept before the mark. */
static void check_long_comment(const char *tail, size_t length, size_t kept)
{
	char *text = text_ending(length, tail);
	struct buffer option = comment_written(text);
	const char *mark = length > kept ? "... cut here, at 65535 bytes" : "";

	ASSERT_NUMBER(option.length, kept + strlen(mark));
	CU_ASSERT_EQUAL(memcmp(buffer_text(&option), text, kept), 0);
	ASSERT_TEXT(buffer_text(&option) + kept, mark);
	buffer_free(&option);
	free(text);
}

TEST(a_comment_is_cut_at_a_character_when_it_is_too_long)
{
	check_long_comment("", 65535, 65535);
	check_long_comment("", 65536, 65507);
	check_long_comment("", 200000, 65507);
	check_long_comment("\xc3\xa9", 65535, 65535);
	/* The mark takes 28 bytes: the cut is within the character. */
	check_long_comment("\xc3\xa9 123456789012345678901234567", 65536, 65506);
	check_long_comment("\xf0\x9f\x98\x80 123456789012345678901234567", 65536, 65504);
}

TEST(a_comment_that_is_no_utf8_gets_replacement_characters)
{
	struct buffer option = comment_written("gr\xfc\xdf dich, \xe2\x82");

	ASSERT_TEXT(
		buffer_text(&option), "gr\xef\xbf\xbd\xef\xbf\xbd dich, \xef\xbf\xbd\xef\xbf\xbd");
	buffer_free(&option);
}

/* A terminal would obey them; tab and newline are text. */
TEST(control_characters_in_a_comment_are_replaced)
{
	struct buffer option = comment_written("\x1b[31mred\x7f\tand\nso \xc2\x9b on");

	ASSERT_TEXT(buffer_text(&option), "\xef\xbf\xbd[31mred\xef\xbf\xbd\tand\nso "
					  "\xef\xbf\xbd on");
	buffer_free(&option);
}

TEST(small_packets_wait_until_there_is_much_to_write)
{
	static unsigned char frame[1000];
	int file = memory_file();
	struct pcapng pcapng;
	size_t count = 0;

	begin(&pcapng, file, "tcp/hello");
	for (; file_length(file) == 0 && count < 10000; count++)
		add(&pcapng, (struct bytes){frame, sizeof frame}, NULL, 0);
	CU_ASSERT_TRUE(file_length(file) >= 256 << 10);
	CU_ASSERT_TRUE(file_length(file) < 512 << 10);
	end(&pcapng);
	ASSERT_NUMBER(file_length(file), 68 + 40 + 100 + count * 1044);
	close(file);
}

static void check_failure(struct error *error, const char *text)
{
	ASSERT_TEXT(error->text, text);
	error->text[0] = '\0';
}

TEST(a_full_disk_is_an_error_with_its_cause)
{
	static const char full[] = "writing the capture: No space left on device";
	static unsigned char frame[65536];
	int file = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct pcapng_packet packet = {.frame = {frame, sizeof frame}};
	struct error error = {{0}};
	struct pcapng pcapng;
	bool added = true;

	CU_ASSERT_TRUE_FATAL(file >= 0);
	begin(&pcapng, file, "tcp/hello");
	for (size_t i = 0; i < 100 && added; i++)
		added = pcapng_add(&pcapng, &packet, &error);
	CU_ASSERT_FALSE(added);
	check_failure(&error, full);

	/* Later calls fail the same way, and nothing is kept for them. */
	CU_ASSERT_FALSE(pcapng_add(&pcapng, &packet, &error));
	check_failure(&error, full);
	ASSERT_NUMBER(pcapng.pending.length, 0);
	CU_ASSERT_FALSE(pcapng_end(&pcapng, &statistics, &error));
	check_failure(&error, full);
	CU_ASSERT_PTR_NULL(pcapng.pending.data);
	close(file);
}

TEST(a_disk_that_is_full_at_the_end_is_an_error)
{
	int file = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct error error = {{0}};
	struct pcapng pcapng;

	CU_ASSERT_TRUE_FATAL(file >= 0);
	begin(&pcapng, file, "tcp/hello");
	CU_ASSERT_FALSE(pcapng_end(&pcapng, &statistics, &error));
	check_failure(&error, "writing the capture: No space left on device");
	CU_ASSERT_PTR_NULL(pcapng.pending.data);
	close(file);
}

TEST(after_an_error_nothing_more_is_written)
{
	static unsigned char frame[300000];
	int full = open("/dev/full", O_WRONLY | O_CLOEXEC), file = memory_file();
	struct pcapng_packet packet = {.frame = {frame, sizeof frame}};
	struct error error = {{0}};
	struct pcapng pcapng;

	CU_ASSERT_TRUE_FATAL(full >= 0);
	begin(&pcapng, full, "tcp/hello");
	CU_ASSERT_FALSE(pcapng_add(&pcapng, &packet, &error));
	pcapng.file = file; /* as if there was room again */
	CU_ASSERT_FALSE(pcapng_add(&pcapng, &packet, &error));
	CU_ASSERT_FALSE(pcapng_end(&pcapng, &statistics, &error));
	ASSERT_NUMBER(file_length(file), 0);
	close(full);
	close(file);
}

TEST(a_closed_descriptor_is_an_error_with_its_cause)
{
	struct error error = {{0}};
	struct pcapng pcapng;

	begin(&pcapng, -1, "tcp/hello");
	CU_ASSERT_FALSE(pcapng_end(&pcapng, &statistics, &error));
	check_failure(&error, "writing the capture: Bad file descriptor");
}

TEST(a_frame_too_long_for_any_reader_is_an_error)
{
	unsigned char *frame = calloc(1, 16 << 20);
	struct pcapng_packet packet = {.frame = {frame, 16 << 20}};
	int file = memory_file();
	struct error error = {{0}};
	struct pcapng pcapng;

	CU_ASSERT_PTR_NOT_NULL_FATAL(frame);
	begin(&pcapng, file, "");
	CU_ASSERT_FALSE(pcapng_add(&pcapng, &packet, &error));
	check_failure(&error, "a frame of 16777216 bytes is too long for a capture file");
	add(&pcapng, bytes_of("abcd"), NULL, 0);
	end(&pcapng);
	ASSERT_NUMBER(file_length(file), 52 + 40 + 48 + 100);
	free(frame);
	close(file);
}

/* What a signal's handler needs to drain a pipe that pcapng_end is blocked on. */
static int drained;
static unsigned char *drained_bytes;
static volatile size_t drained_length;
static volatile sig_atomic_t signals;

/* Empties the pipe at every other signal: a write is interrupted with and without progress. */
static void drain(int number)
{
	int saved = errno;

	(void)number;
	if (signals++ % 2 == 1) {
		ssize_t length = read(drained, drained_bytes + drained_length, 65536);
		if (length > 0)
			drained_length += (size_t)length;
	}
	errno = saved;
}

/* Ends the file while a timer interrupts each write, and each write fills the pipe. */
static bool end_interrupted(struct pcapng *pcapng, struct error *error)
{
	struct sigaction action = {.sa_handler = drain}, before;
	struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};

	CU_ASSERT_EQUAL(sigaction(SIGALRM, &action, &before), 0);
	CU_ASSERT_EQUAL(setitimer(ITIMER_REAL, &often, NULL), 0);
	bool ended = pcapng_end(pcapng, &statistics, error);
	CU_ASSERT_EQUAL(setitimer(ITIMER_REAL, &never, NULL), 0);
	CU_ASSERT_EQUAL(sigaction(SIGALRM, &before, NULL), 0);
	return ended;
}

TEST(partial_and_interrupted_writes_are_continued)
{
	static unsigned char frame[1000];
	int ends[2], file = memory_file();
	struct error error = {{0}};
	struct pcapng piped, plain;

	CU_ASSERT_EQUAL_FATAL(pipe2(ends, O_CLOEXEC), 0);
	CU_ASSERT_TRUE_FATAL(fcntl(ends[1], F_SETPIPE_SZ, 4096) >= 4096);
	CU_ASSERT_EQUAL_FATAL(fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
	drained = ends[0];
	drained_bytes = calloc(1, 1 << 20);
	CU_ASSERT_PTR_NOT_NULL_FATAL(drained_bytes);
	begin(&piped, ends[1], "tcp/hello");
	begin(&plain, file, "tcp/hello");
	for (unsigned i = 0; i < 150; i++) {
		memset(frame, (int)i, sizeof frame);
		add(&piped, (struct bytes){frame, sizeof frame}, NULL, 0);
		add(&plain, (struct bytes){frame, sizeof frame}, NULL, 0);
	}
	CU_ASSERT_TRUE(end_interrupted(&piped, &error));
	ASSERT_TEXT(error.text, "");
	end(&plain);

	signals = 1;
	drain(SIGALRM);
	struct buffer expected = file_content(file);
	CU_ASSERT_TRUE(expected.length > 150000);
	CU_ASSERT_TRUE(bytes_equal(
		buffer_bytes(&expected), (struct bytes){drained_bytes, drained_length}));
	buffer_free(&expected);
	free(drained_bytes);
	close(ends[0]);
	close(ends[1]);
	close(file);
}

/* Opens the file from its start with libpcap, which closes its own descriptor. */
static pcap_t *open_with_libpcap(int file)
{
	char message[PCAP_ERRBUF_SIZE] = "";
	FILE *stream = fdopen(dup(file), "rb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(stream);
	CU_ASSERT_EQUAL_FATAL(fseek(stream, 0, SEEK_SET), 0);
	pcap_t *pcap = pcap_fopen_offline_with_tstamp_precision(
		stream, PCAP_TSTAMP_PRECISION_NANO, message);
	ASSERT_TEXT(message, "");
	CU_ASSERT_PTR_NOT_NULL_FATAL(pcap);
	return pcap;
}

TEST(libpcap_reads_the_same_frames_and_times)
{
	static const char *const comments[] = {"held: hello", "failed: hi"};
	static const size_t lengths[] = {0, 1, 14, 60, 65549, SNAPSHOT_LENGTH};
	static const int64_t times[] = {0, 1, 999999999, 1763800000123456789, 1763800000123456788,
		INT64_C(4294967296) * 1000000000};
	static unsigned char frame[SNAPSHOT_LENGTH];
	int file = memory_file();
	struct error error = {{0}};
	struct pcapng pcapng;
	struct pcap_pkthdr *header;
	const unsigned char *data;

	for (size_t i = 0; i < sizeof frame; i++)
		frame[i] = (unsigned char)(i % 251);
	begin(&pcapng, file, "tcp/hello");
	for (size_t i = 0; i < 6; i++) {
		struct pcapng_packet packet = {.frame = {frame, lengths[i]},
			.wire_length = (uint32_t)lengths[i] + 7,
			.time = times[i],
			.comments = comments,
			.comment_count = i % 3};
		CU_ASSERT_TRUE(pcapng_add(&pcapng, &packet, &error));
	}
	end(&pcapng);

	pcap_t *pcap = open_with_libpcap(file);
	ASSERT_NUMBER(pcap_datalink(pcap), DLT_EN10MB);
	ASSERT_NUMBER(pcap_snapshot(pcap), SNAPSHOT_LENGTH);
	for (size_t i = 0; i < 6; i++) {
		ASSERT_NUMBER(pcap_next_ex(pcap, &header, &data), 1);
		ASSERT_NUMBER(header->caplen, lengths[i]);
		ASSERT_NUMBER(header->len, lengths[i] + 7);
		ASSERT_NUMBER(header->ts.tv_sec, times[i] / 1000000000);
		ASSERT_NUMBER(header->ts.tv_usec, times[i] % 1000000000);
		CU_ASSERT_EQUAL(memcmp(data, frame, lengths[i]), 0);
	}
	ASSERT_NUMBER(pcap_next_ex(pcap, &header, &data), PCAP_ERROR_BREAK);
	pcap_close(pcap);
	close(file);
}

TEST(libpcap_reads_a_file_without_packets)
{
	int file = memory_file();
	struct pcapng pcapng;
	struct pcap_pkthdr *header;
	const unsigned char *data;

	begin(&pcapng, file, "tcp/hello");
	end(&pcapng);
	pcap_t *pcap = open_with_libpcap(file);
	ASSERT_NUMBER(pcap_next_ex(pcap, &header, &data), PCAP_ERROR_BREAK);
	pcap_close(pcap);
	close(file);
}

/* Whether the file's bytes from `from` on hold the text. */
static bool holds(const struct buffer *content, size_t from, const char *text)
{
	return memmem(content->data + from, content->length - from, text, strlen(text)) != NULL;
}

/* libpcap reads this many packets, and the last of them is this one. */
static void assert_last_packet(int file, size_t count, const char *frame)
{
	pcap_t *pcap = open_with_libpcap(file);
	struct pcap_pkthdr *header;
	const unsigned char *data = NULL;

	for (size_t i = 0; i < count; i++)
		ASSERT_NUMBER(pcap_next_ex(pcap, &header, &data), 1);
	ASSERT_NUMBER(header->caplen, strlen(frame));
	CU_ASSERT_EQUAL(memcmp(data, frame, strlen(frame)), 0);
	pcap_close(pcap);
}

TEST(more_comments_than_a_block_holds_are_left_out_and_counted)
{
	enum { COUNT = 300 };
	const char *comments[COUNT];
	char *text = text_ending(65535, "");
	int file = memory_file();
	struct error error = {{0}};
	struct pcapng pcapng;

	for (size_t i = 0; i < COUNT; i++)
		comments[i] = text;
	begin(&pcapng, file, "");
	/* Much is pending already, and is no part of the block. */
	for (size_t i = 0; i < 4; i++)
		add(&pcapng, (struct bytes){(const unsigned char *)text, 65440}, NULL, 0);
	CU_ASSERT_TRUE(pcapng_add(&pcapng,
		&(struct pcapng_packet){.frame = bytes_of("abcd"),
			.wire_length = 4,
			.comments = comments,
			.comment_count = COUNT,
			.comments_left_out = 1000},
		&error));
	add(&pcapng, bytes_of("efgh"), NULL, 0);
	end(&pcapng);

	/* 255 comments of 4 + 65,536 bytes and the block's own 44 stay below 16 MiB, 256 do not. */
	struct buffer content = file_content(file);
	CU_ASSERT_TRUE(content.length <= (16 << 20) + 4 * 65536);
	CU_ASSERT_TRUE(holds(&content, content.length - 300, "1045 more comments left out"));
	buffer_free(&content);

	assert_last_packet(file, 6, "efgh");
	free(text);
	close(file);
}
