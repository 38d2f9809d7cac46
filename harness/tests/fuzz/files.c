/*
 * Any bytes as a capture file: what is read of it is decoded, written as pcapng and read again, and
 * packets, times and comments are the same.
 */
#include "fuzz.h"

#include "base/utf8.h"
#include "kernel/capture.h"
#include "wire/checksum.h"
#include "wire/decode.h"
#include "wire/pcapng.h"
#include "wire/wire.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Bytes of a frame that serve as a comment, too. */
#define COMMENT_MAXIMUM 40

/* Bytes of a written file. */
static unsigned char written[32 << 20];

static void decode(const struct capture *capture)
{
	struct wire wire = {0};

	for (size_t i = 0; i < capture->count; i++)
		wire_add(&wire, capture->frames[i].bytes, capture->frames[i].wire_length,
			(uint32_t)i, capture->frames[i].time);
	wire_free(&wire);
}

/* The first bytes of a frame: mostly no UTF-8, and with control characters. */
static void comment_of(const struct frame *frame, char out[COMMENT_MAXIMUM + 1])
{
	struct bytes part = bytes_part(frame->bytes, 0, COMMENT_MAXIMUM);

	if (part.length > 0)
		memcpy(out, part.data, part.length);
	out[part.length] = '\0';
}

static void write_packet(struct pcapng *file, const struct frame *frame)
{
	char text[COMMENT_MAXIMUM + 1];
	const char *const comments[] = {text, "held: as it was"};
	struct packet decoded;
	struct error error;

	comment_of(frame, text);
	packet_decode(&decoded, frame->bytes, frame->wire_length);
	const struct pcapng_packet packet = {
		.frame = frame->bytes,
		.wire_length = frame->wire_length,
		.time = frame->time,
		.checksum_not_ready = checksum_is_partial(&decoded),
		.comments = comments,
		.comment_count = 2,
	};
	FUZZ_CHECK(pcapng_add(file, &packet, &error));
}

/* Writes all of it and returns the file's bytes. */
static struct bytes write_capture(const struct capture *capture)
{
	static const struct pcapng_section section = {.comment = "fuzz", .system = "any"};
	static const struct pcapng_interface lo = {
		.name = "lo", .filter = "inbound", .snapshot_length = CAPTURE_SNAPSHOT_LENGTH};
	static const struct pcapng_name name = {{.version = 4, .ip = {127, 0, 0, 1}}, "CLIENT"};
	static const struct pcapng_statistics statistics = {.received = 1};
	static int memory = -1;
	struct pcapng file;
	struct error error;

	if (memory < 0)
		memory = memfd_create("files", MFD_CLOEXEC);
	FUZZ_CHECK(ftruncate(memory, 0) == 0 && lseek(memory, 0, SEEK_SET) == 0);
	FUZZ_CHECK(pcapng_begin(&file, memory, &section, &lo, &error));
	FUZZ_CHECK(pcapng_add_names(&file, &name, 1, &error));
	for (size_t i = 0; i < capture->count; i++)
		write_packet(&file, &capture->frames[i]);
	FUZZ_CHECK(pcapng_end(&file, &statistics, &error));
	ssize_t length = pread(memory, written, sizeof written, 0);
	FUZZ_CHECK(length > 0 && (size_t)length < sizeof written);
	return (struct bytes){written, (size_t)length};
}

static bool read_bytes(struct capture *capture, struct bytes bytes, struct error *error)
{
	FILE *stream = fmemopen((void *)bytes.data, bytes.length, "rb");

	FUZZ_CHECK(stream != NULL);
	return capture_open_stream(capture, stream, "input", error);
}

static void check_same(const struct capture *before, const struct capture *after)
{
	FUZZ_CHECK(after->count == before->count);
	FUZZ_CHECK(after->missing.text[0] == '\0' && after->odd_times == 0);
	for (size_t i = 0; i < before->count; i++) {
		FUZZ_CHECK(bytes_equal(after->frames[i].bytes, before->frames[i].bytes));
		FUZZ_CHECK(after->frames[i].wire_length == before->frames[i].wire_length);
		FUZZ_CHECK(after->frames[i].time == before->frames[i].time);
	}
}

static uint32_t word_at(struct bytes bytes, size_t at)
{
	uint32_t word;

	FUZZ_CHECK(at + sizeof word <= bytes.length);
	memcpy(&word, bytes.data + at, sizeof word);
	return word;
}

/* The value of the option at `*at`. Stores its code and moves `*at` after it. */
static struct bytes next_option(struct bytes options, size_t *at, uint32_t *code)
{
	uint32_t head = word_at(options, *at);
	struct bytes value = bytes_part(options, *at + sizeof head, head >> 16);

	*code = head & 0xffff;
	FUZZ_CHECK(value.length == head >> 16);
	*at += sizeof head + ((value.length + 3) & ~(size_t)3);
	return value;
}

/* Of a packet's block: two comments, or one of an empty frame, then flags and the end. */
static void check_options(struct bytes options, const struct frame *frame)
{
	char text[COMMENT_MAXIMUM + 1];
	uint32_t code;
	size_t at = 0;

	comment_of(frame, text);
	if (text[0] != '\0') {
		struct bytes comment = next_option(options, &at, &code);
		FUZZ_CHECK(code == 1 && utf8_good(comment) == comment.length);
		FUZZ_CHECK(memchr(comment.data, 0x1b, comment.length) == NULL);
		for (size_t i = 0; i < comment.length && text[i] >= ' ' && text[i] < 0x7f; i++)
			FUZZ_CHECK(comment.data[i] == (unsigned char)text[i]);
	}
	FUZZ_CHECK(bytes_equal(next_option(options, &at, &code), bytes_of("held: as it was")));
	FUZZ_CHECK(next_option(options, &at, &code).length == 4 && code == 2);
	FUZZ_CHECK(next_option(options, &at, &code).length == 0 && code == 0);
	FUZZ_CHECK(at == options.length);
}

/* Each block has its length at both ends, and each packet's comments are there. */
static void check_blocks(struct bytes file, const struct capture *capture)
{
	size_t packets = 0;

	for (size_t at = 0; at < file.length;) {
		size_t length = word_at(file, at + 4);
		struct bytes block = bytes_part(file, at, length);
		FUZZ_CHECK(length % 4 == 0 && length >= 12 && block.length == length);
		FUZZ_CHECK(word_at(block, length - 4) == length);
		if (word_at(block, 0) == 6) {
			FUZZ_CHECK(packets < capture->count);
			size_t captured = (word_at(block, 20) + 3u) & ~(size_t)3;
			check_options(bytes_part(block, 28 + captured, length - 32 - captured),
				&capture->frames[packets++]);
		}
		at += length;
	}
	FUZZ_CHECK(packets == capture->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct capture capture, again;
	struct error error = {""};

	/* fmemopen(3) takes no memory of no size. */
	if (size == 0)
		return 0;
	if (!read_bytes(&capture, (struct bytes){data, size}, &error)) {
		FUZZ_CHECK(error.text[0] != '\0' && capture.pcap == NULL);
		return 0;
	}
	decode(&capture);
	struct bytes file = write_capture(&capture);
	check_blocks(file, &capture);
	FUZZ_CHECK(read_bytes(&again, file, &error));
	check_same(&capture, &again);
	capture_close(&again);
	capture_close(&capture);
	return 0;
}
