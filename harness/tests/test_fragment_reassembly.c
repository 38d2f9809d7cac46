/*
 * fragment_reassembly.c and fragment_joining.c: which datagrams come out of fragments that are
 * lost, repeated, late, at odds, or have an identification that was used before. A doubt is a row
 * of the table below.
 */
#include "command.h"
#include "craft.h"
#include "pcap_file.h"
#include "unit.h"
#include "wire/wire.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Fragments as they crossed the wire, all with one identification: A8-24 is what datagram A has
 * from byte 8 up to byte 24, A24- its rest. A dot after it says that none follows, though one
 * would; +31 lets 31 seconds pass. Each datagram begins with a UDP header of 8 bytes, and its
 * payload is its letter, over and over: A and B 33 times, C 25 times. Of S and T, 16 bytes in the
 * middle, after byte 8, are the letter m. X and Y have a wrong checksum, N and O none.
 *
 * What comes of them: each datagram as letters and how many of them there are, one after the
 * other, or "bad" for what is no datagram; and how many fragments were left over. NULL: as in IPv4.
 */
struct row {
	const char *name, *frames;
	const char *ipv4, *ipv6;
	const char
		*tshark; /* the datagrams that tshark has, in IPv4 and IPv6; NULL: those of ipv4 */
};

static const struct row rows[] = {
	{"in order", "A0-16 A16-32 A32-", "A33", NULL, NULL},
	{"backwards", "A32- A16-32 A0-16", "A33", NULL, NULL},
	{"the first last", "A16-32 A32- A0-16", "A33", NULL, NULL},
	{"one is lost", "A0-16 A32-", "2 left", NULL, NULL},
	{"the last is lost", "A0-16 A16-32", "2 left", NULL, NULL},

	/* Rule 5. */
	{"one comes twice", "A0-16 A0-16 A16-", "A33", NULL, NULL},
	{"the last comes twice", "A16- A16- A0-16", "A33", NULL, NULL},
	{"one comes again later", "A0-16 A16- A0-16", "A33, 1 left", NULL, NULL},
	{"each comes twice", "A0-16 A0-16 A16- A16-", "A33, 1 left", NULL, NULL},
	{"the same datagram twice", "A0-16 A16- A0-16 A16-", "A33 A33", NULL, NULL},
	{"a repeated one within a larger", "A0-24 A8-16 A24-", "A33", NULL, NULL},

	/* Rule 3: what was lost does not hide what follows. */
	{"the end lost, used again", "A0-16 A16-24 B0-16 B16-24 B24-", "B33, 2 left", NULL,
		"A16B17"},
	{"used again twice", "A0-16 B0-16 B16- T0-16 T16-", "B33 T8m16T9, 1 left", NULL,
		"A8B25 T8m16T9"},
	{"the same end after another's", "A0-16 B0-16 B16- A0-16 A16-", "B33 A33", NULL,
		"A8B25 A33"},
	{"the middle lost, used again", "A0-16 A32- B0-16 B16-32 B32-", "B33, 2 left", NULL,
		"A8B16A9"},
	{"used again by a shorter one", "A0-16 C0-16 C16-", "C25, 1 left", NULL, "A8C17"},
	{"used again by a longer one", "C0-16 A0-16 A16-", "A33, 1 left", NULL, "C8A17"},
	{"used again with other cuts", "A0-24 B0-16 B16-32 B32-", "B33, 1 left", "4 left",
		"A16B17"},
	{"used again, the end first", "A0-16 C16- C0-16", "bad C25", NULL, "A8C17"},
	{"two mixed", "A0-16 B0-16 A16- B16-", "A33 B33", NULL, "A33"},
	{"two mixed, in pairs", "A0-16 B0-16 B16- A16-", "B33 A33", NULL, "A8B25"},
	{"two mixed, three each", "A0-16 B0-16 B16-32 A16-32 A32- B32-", "A33 B33", NULL,
		"A8B16A9"},
	{"two mixed, ends first", "A16- B16- A0-16 B0-16", "A33 B33", NULL, "A33"},
	{"three mixed", "A0-16 B0-16 C0-16 B16- C16- A16-", "B33 C25 A33", NULL, "A8B25"},
	{"a middle that both have", "S0-16 T0-16 S16-32 T16-32 S32- T32-", "S8m16S9 T8m16T9", NULL,
		"S8m16S9"},
	{"used again, no checksum", "N0-16 O0-16 O16-", "O33, 1 left", NULL, "N8O25"},
	{"two mixed, no checksum", "N0-16 O0-16 N16- O16-", "O8N25 N8O25", NULL, "N33"},

	/* Rule 4: reported, and not lost to the one that it belongs to. */
	{"a wrong checksum", "X0-16 X16-", "X33", NULL, NULL},
	{"a wrong checksum, twice", "X0-16 X16- X0-16 X16-", "X33 X33", NULL, NULL},
	{"a wrong checksum, used again", "X0-16 X16- Y0-16 Y16-", "X33 Y33", NULL, NULL},
	{"a wrong checksum, repeated", "X0-16 X0-16 X16-", "X33", NULL, NULL},
	{"too short for its length", "A0-16 A16-24.", "bad", NULL, "A16"},
	{"the first lost, used again", "A16- B0-16 B16-", "B8A25 B33", NULL, "B8A25"},
	{"the end first, used again", "A0-16 B16- B0-16", "A8B25 B33", NULL, "A8B25"},
	{"reported, and then what was missing", "A0-16 C16- A16-", "bad A33", NULL, "A8C17"},

	/* Rule 6. */
	{"an overlap that agrees", "A0-16 A8-24 A24-", "A33", "3 left", NULL},
	{"an overlap that does not", "A0-16 B8-24 A24-", "3 left", "3 left", "A8B8A17"},
	{"an overlap with the end", "A0-24 A16-", "A33", "2 left", NULL},
	{"an overlap, and once more whole", "A0-16 A8-24 A24- A0-16 A16-", "A33 A33", "5 left",
		NULL},
	{"another one within a larger", "A0-24 B8-16 A24-", "A33, 1 left", "3 left", NULL},
	{"a larger one around it", "A8-16 A0-24 A24-", "A33", "3 left", NULL},
	{"goes on after the end", "A0-16 C16- A16-24 A24-", "bad A33", "bad, 2 left", "A8C17"},
	{"two ends", "A0-16 A16-24. A16-", "bad A33", NULL, "A16"},

	/* Rule 7. */
	{"the end in time", "A0-16 +29 A16-", "A33", NULL, NULL},
	{"the end too late", "A0-16 +31 A16-", "2 left", "A33", "A33"},
	{"the end much too late", "A0-16 +61 A16-", "2 left", NULL, "A33"},
	{"used again much later", "A0-16 +61 B0-16 B16-", "B33, 1 left", NULL, "A8B25"},
	{"the first too late, used again", "N16- +61 O0-16 O16-", "O33, 1 left", NULL, "O8N25"},
};

#define ROWS (sizeof rows / sizeof *rows)

static struct wire wire;
static uint32_t frames;

/* RFC 1071, over the pseudo header and the datagram. */
static uint32_t checksum(const char *from, const char *to, struct bytes data)
{
	struct address ends[2];
	uint32_t sum = IPPROTO_UDP + (uint32_t)data.length;

	address_parse(&ends[0], from, 0);
	address_parse(&ends[1], to, 0);
	for (size_t i = 0; i < 16; i++)
		sum += (uint32_t)(ends[0].ip[i] + ends[1].ip[i]) << (i % 2 == 0 ? 8 : 0);
	for (size_t i = 0; i < data.length; i++)
		sum += (uint32_t)data.data[i] << (i % 2 == 0 ? 8 : 0);
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0xffff ? 0xffff : ~sum & 0xffff;
}

/* The two sides of a row, so that rows may share a capture. */
static const char *side_of(size_t row, bool six, unsigned number)
{
	static char texts[2][32];

	snprintf(texts[number], sizeof texts[number], six ? "fd00::%zu:%u" : "10.0.%zu.%u", row + 1,
		number + 1);
	return texts[number];
}

static struct bytes datagram_of(char letter, const char *from, const char *to)
{
	unsigned char payload[33];
	size_t length = letter == 'C' ? 25 : 33;

	memset(payload, letter, sizeof payload);
	if (letter == 'S' || letter == 'T')
		memset(payload + 8, 'm', 16);
	struct bytes udp = craft_udp(1111, 9999, (struct bytes){payload, length});
	uint32_t sum = checksum(from, to, udp);
	if (letter == 'N' || letter == 'O')
		sum = 0;
	return craft_with(udp, 6, 2, letter == 'X' || letter == 'Y' ? sum ^ 1 : sum);
}

/* Reads a word such as A8-24 and makes its frame. */
static struct bytes frame_of(const char *word, size_t row, bool six)
{
	struct craft_ip ip = {
		.protocol = IPPROTO_UDP, .from = side_of(row, six, 0), .to = side_of(row, six, 1)};
	struct bytes whole = datagram_of(word[0], ip.from, ip.to);
	char *rest;
	size_t start = strtoul(word + 1, &rest, 10), end = strtoul(rest + 1, &rest, 10);

	end = end > 0 ? end : whole.length;
	struct bytes part = {whole.data + start, end - start};
	ip.fragment = (struct ip_fragment){
		.id = 7, .offset = (uint32_t)start, .more = end < whole.length && *rest != '.'};
	if (!six)
		return craft_ethernet(CRAFT_IPV4, craft_ipv4(ip, part));
	ip.protocol = IPPROTO_FRAGMENT;
	return craft_ethernet(
		CRAFT_IPV6, craft_ipv6(ip, craft_fragment(IPPROTO_UDP, ip.fragment, part)));
}

/* Hands each frame of a row to `take`, with its time in seconds. */
static void each_frame(size_t row, bool six, int64_t *seconds,
	void (*take)(struct bytes frame, int64_t seconds, void *argument), void *argument)
{
	const char *words = rows[row].frames;
	char word[32];
	int length;

	for (; sscanf(words, "%31s%n", word, &length) == 1; words += length)
		if (word[0] == '+')
			*seconds += strtol(word + 1, NULL, 10);
		else
			take(frame_of(word, row, six), *seconds, argument);
}

static void take_in(struct bytes frame, int64_t seconds, void *argument)
{
	(void)argument;
	CU_ASSERT_TRUE(wire_add(&wire, frame, frame.length, frames++, seconds * 1000000000));
}

/* Letters, and how many of each one after the other. */
static void show_runs(struct buffer *out, struct bytes payload)
{
	for (size_t i = 0, length; i < payload.length; i += length) {
		for (length = 1;
			i + length < payload.length && payload.data[i + length] == payload.data[i];)
			length++;
		buffer_printf(out, "%c%zu", payload.data[i], length);
	}
}

/* Where in the capture a datagram was complete. */
static uint32_t last_packet(const struct datagram *datagram)
{
	uint32_t last = 0;

	for (size_t i = 0; i < datagram->packet_count; i++)
		last = datagram->packets[i] > last ? datagram->packets[i] : last;
	return last;
}

/* What came of the frames, as a row has it. */
static void show(struct buffer *out)
{
	const char *gap = "";
	size_t stray = 0, i = 0;

	while (i < wire.datagrams.count || stray < wire.stray_count) {
		buffer_printf(out, "%s", gap);
		gap = " ";
		if (stray < wire.stray_count &&
			(i == wire.datagrams.count ||
				wire.strays[stray].packet < last_packet(wire.datagrams.list[i]))) {
			buffer_printf(out, "bad");
			stray++;
			continue;
		}
		show_runs(out, wire.datagrams.list[i++]->payload);
	}
	size_t left = fragment_table_leftover(&wire.datagrams.fragments);
	if (left > 0)
		buffer_printf(out, "%s%zu left", gap[0] != '\0' ? ", " : "", left);
}

static void check_row(size_t row, bool six)
{
	const char *right = six && rows[row].ipv6 != NULL ? rows[row].ipv6 : rows[row].ipv4;
	struct buffer found, expected;
	int64_t seconds = 0;

	buffer_init(&found, 1024);
	buffer_init(&expected, 1024);
	frames = 0;
	each_frame(row, six, &seconds, take_in, NULL);
	buffer_printf(&found, "%s, IPv%u: ", rows[row].name, six ? 6 : 4);
	buffer_printf(&expected, "%s%s", buffer_text(&found), right);
	show(&found);
	ASSERT_TEXT(buffer_text(&found), buffer_text(&expected));
	ASSERT_NUMBER(wire_beyond(&wire), 0);
	buffer_free(&found);
	buffer_free(&expected);
	wire_free(&wire);
	craft_free();
}

TEST(each_row_is_right)
{
	for (size_t i = 0; i < ROWS; i++) {
		check_row(i, false);
		check_row(i, true);
	}
}

static void add_frame(struct bytes frame, int64_t seconds, void *file)
{
	pcap_file_add(file, frame, seconds);
}

/* Writes all rows into one file, one after the other. */
static void write_rows(const char *path)
{
	struct buffer file;
	int64_t seconds = 0;

	pcap_file_begin(&file);
	for (size_t i = 0; i < 2 * ROWS; i++)
		each_frame(i / 2, i % 2 == 1, &seconds, add_frame, &file);
	CU_ASSERT_TRUE_FATAL(pcap_file_write(&file, path));
	buffer_free(&file);
	craft_free();
}

/* The datagrams that tshark's lines have for a row: each line has a side and the payload in hex. */
static void show_lines(struct buffer *out, const char *lines, const char *side)
{
	char address[64], hex[256];
	int length;

	for (; sscanf(lines, "%63s %255s%n", address, hex, &length) == 2; lines += length) {
		unsigned char payload[128];
		size_t count = 0;
		if (strcmp(address, side) != 0)
			continue;
		for (; sscanf(hex + 2 * count, "%2hhx", &payload[count]) == 1; count++)
			;
		buffer_printf(out, "%s", out->length > 0 ? " " : "");
		show_runs(out, (struct bytes){payload, count});
	}
}

/* If what the table says about tshark were wrong, it could not serve as a yardstick. */
TEST(tshark_answers_as_the_table_says)
{
	char path[4096];
	struct command command;

	NEEDS_TOOL("tshark");
	snprintf(path, sizeof path, "%s/rows.pcap", temporary_make());
	write_rows(path);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("tshark", "-r", path, "-d", "udp.port==9999,data", "-Y", "udp && data.data",
			"-T", "fields", "-e", "ip.src", "-e", "ipv6.src", "-e", "data.data"),
		NULL));
	for (size_t i = 0; i < 2 * ROWS; i++) {
		const struct row *row = &rows[i / 2];
		const char *right = row->tshark != NULL ? row->tshark : row->ipv4;
		struct buffer found;
		buffer_init(&found, 1024);
		show_lines(&found, buffer_text(&command.out), side_of(i / 2, i % 2 == 1, 0));
		/* It does not say what was left over. */
		char expected[256];
		snprintf(expected, sizeof expected, "%.*s", (int)strcspn(right, ","), right);
		if (strstr(right, " left") == right + 1)
			expected[0] = '\0';
		ASSERT_TEXT(buffer_text(&found), expected);
		buffer_free(&found);
	}
	command_free(&command);
	temporary_remove();
}
