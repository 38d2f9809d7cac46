/*
 * ethernet.c, ip.c and transport.c: frames as captures have them, and what is decoded of them, as
 * tshark does it. A doubt is a row of the table below.
 */
#include "command.h"
#include "craft.h"
#include "pcap_file.h"
#include "unit.h"
#include "wire/decode.h"

#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

/* What is decoded: "udp 5" with the payload's length, "udplite 5/8" with the coverage, or the
 * problem. */
struct row {
	const char *name;
	struct bytes frame;
	const char *right;
	const char *tshark; /* what tshark has, "" for neither of the three; NULL: the same */
};

#define ROWS_MAXIMUM 128
#define MANY         100000 /* more than 16 bits can say */

static struct row rows[ROWS_MAXIMUM];
static size_t row_count;

static void row(const char *name, struct bytes frame, const char *right, const char *tshark)
{
	CU_ASSERT_FATAL(row_count < ROWS_MAXIMUM);
	rows[row_count++] = (struct row){name, frame, right, tshark};
}

static struct bytes udp(size_t length)
{
	return craft_udp(1111, 9000, craft_pattern(length));
}

static struct bytes tcp(size_t length)
{
	return craft_tcp((struct craft_tcp){.from = 1111, .to = 9000, .flags = TCP_ACK},
		craft_pattern(length));
}

static struct bytes ipv4(uint8_t protocol, struct bytes payload)
{
	return craft_ipv4((struct craft_ip){.protocol = protocol}, payload);
}

static struct bytes ipv6(uint8_t protocol, struct bytes payload)
{
	return craft_ipv6((struct craft_ip){.protocol = protocol}, payload);
}

static struct bytes frame_of(struct bytes ip)
{
	return craft_ethernet(ip.data[0] >> 4 == 4 ? CRAFT_IPV4 : CRAFT_IPV6, ip);
}

/* An IPv4 packet with the total length 0, or an IPv6 packet with the payload length 0. */
static struct bytes without_length(struct bytes ip)
{
	return frame_of(craft_with(ip, ip.data[0] >> 4 == 4 ? 2 : 4, 2, 0));
}

static struct bytes padded(struct bytes frame)
{
	return craft_join(frame, craft_pattern(20));
}

static struct bytes tagged(unsigned times, struct bytes frame)
{
	while (times-- > 0)
		frame = craft_tag(CRAFT_VLAN, frame);
	return frame;
}

static struct bytes snap(struct bytes payload)
{
	return craft_ethernet((uint16_t)payload.length, payload);
}

/* Total length 0: a kernel that has not cut it into segments yet. */
static void rows_of_ipv4_lengths(void)
{
	row("no length", without_length(ipv4(IPPROTO_UDP, udp(5))), "udp 5", NULL);
	row("no length, and padding: UDP has one",
		padded(without_length(ipv4(IPPROTO_UDP, udp(5)))), "udp 5", NULL);
	row("no length, and padding: TCP has none",
		padded(without_length(ipv4(IPPROTO_TCP, tcp(5)))), "tcp 25", NULL);
	row("no length, large", without_length(ipv4(IPPROTO_TCP, tcp(MANY))), "tcp 100000", NULL);
	row("no length, large UDP",
		without_length(ipv4(IPPROTO_UDP, craft_with(udp(MANY), 4, 2, 0))),
		"UDP header: length is less than 8", "");
	row("no length, header alone", without_length(ipv4(IPPROTO_UDP, craft_pattern(0))),
		"UDP header: cut short", "");
	row("a length that is too small",
		craft_with(frame_of(ipv4(IPPROTO_UDP, udp(5))), 16, 2, 19),
		"IPv4 header: total length is less than the header", "");
	row("padding", padded(frame_of(ipv4(IPPROTO_TCP, tcp(5)))), "tcp 5", NULL);
}

/* Payload length 0: a jumbogram (RFC 2675), or a packet of a newer kernel without that option. */
static void rows_of_ipv6_lengths(void)
{
	struct bytes large = tcp(MANY), hop = craft_extension(IPPROTO_UDP, 8, udp(5));
	uint32_t length = (uint32_t)large.length + 8;

	row("a jumbogram",
		without_length(ipv6(IPPROTO_HOPOPTS, craft_jumbo(IPPROTO_TCP, length, large))),
		"tcp 100000", NULL);
	row("a jumbogram, padded",
		padded(without_length(
			ipv6(IPPROTO_HOPOPTS, craft_jumbo(IPPROTO_TCP, length, large)))),
		"tcp 100000", NULL);
	row("a jumbogram of UDP",
		without_length(ipv6(IPPROTO_HOPOPTS,
			craft_jumbo(IPPROTO_UDP, MANY + 16, craft_with(udp(MANY), 4, 2, 0)))),
		"udp 100000", NULL);
	row("a jumbogram of UDP with a length",
		without_length(ipv6(IPPROTO_HOPOPTS,
			craft_jumbo(IPPROTO_UDP, MANY + 16, craft_with(udp(MANY), 4, 2, 20)))),
		"udp 12", NULL);
	row("a jumbogram beyond the frame",
		without_length(ipv6(IPPROTO_HOPOPTS, craft_jumbo(IPPROTO_TCP, length + 1, large))),
		"IP header: length is more than the frame holds", "tcp 100000");
	row("a small jumbogram",
		without_length(ipv6(IPPROTO_HOPOPTS, craft_jumbo(IPPROTO_UDP, 21, udp(5)))),
		"IPv6 header: neither a payload length nor that of a jumbogram", "");
	row("no jumbogram after all", without_length(ipv6(IPPROTO_HOPOPTS, hop)),
		"IPv6 header: neither a payload length nor that of a jumbogram", "");
	row("both lengths", frame_of(ipv6(IPPROTO_HOPOPTS, craft_jumbo(IPPROTO_UDP, MANY, udp(5)))),
		"IPv6 header: a payload length besides that of a jumbogram", "udp 5");
	row("no length and no option", without_length(ipv6(IPPROTO_TCP, large)), "tcp 100000", "");
	row("no length, and other options",
		without_length(ipv6(IPPROTO_HOPOPTS, craft_extension(IPPROTO_TCP, 8, large))),
		"tcp 100000", "");
	row("no length, small", without_length(ipv6(IPPROTO_TCP, tcp(5))), "TCP header: cut short",
		"");
	row("UDP without a length", frame_of(ipv6(IPPROTO_UDP, craft_with(udp(5), 4, 2, 0))),
		"udp 5", NULL);
}

static void rows_of_vlans(void)
{
	struct bytes plain = frame_of(ipv4(IPPROTO_UDP, udp(5)));
	struct bytes six = frame_of(ipv6(IPPROTO_TCP, tcp(5)));

	row("802.1Q", tagged(1, plain), "udp 5", NULL);
	row("802.1Q, IPv6", tagged(1, six), "tcp 5", NULL);
	row("802.1ad", craft_tag(0x88a8, tagged(1, plain)), "udp 5", NULL);
	row("802.1ad alone", craft_tag(0x88a8, six), "tcp 5", NULL);
	row("before 802.1ad", craft_tag(0x9100, tagged(1, plain)), "udp 5", NULL);
	row("no tag", craft_tag(0x9200, plain), "Ethernet header: neither IPv4 nor IPv6", "");
	row("as many tags as are read", tagged(20, plain), "udp 5", NULL);
	row("one tag more", tagged(21, plain), "VLAN tag: more of them than are read", "");
	row("a tag cut short", craft_cut(tagged(1, plain), 16), "VLAN tag: cut short", "");
	row("a tag, and padding", padded(tagged(1, six)), "tcp 5", NULL);
	row("a tag, and ARP", tagged(1, craft_ethernet(0x0806, craft_pattern(28))),
		"Ethernet header: neither IPv4 nor IPv6", "");
}

static void rows_of_lengths(void)
{
	struct bytes ip = ipv4(IPPROTO_UDP, udp(5)), inside = craft_snap(CRAFT_IPV4, ip);
	struct bytes six = craft_snap(CRAFT_IPV6, ipv6(IPPROTO_TCP, tcp(5)));
	struct bytes tag =
		craft_snap(CRAFT_VLAN, craft_join(bytes_of("\1\5\x08"), craft_pattern(1)));

	row("SNAP", snap(inside), "udp 5", NULL);
	row("SNAP, IPv6", snap(six), "tcp 5", NULL);
	row("SNAP, padded", padded(snap(six)), "tcp 5", NULL);
	row("SNAP in a VLAN", tagged(1, snap(inside)), "udp 5", NULL);
	row("a VLAN in SNAP", snap(craft_join(tag, ip)), "udp 5", NULL);
	row("SNAP, of a bridge", snap(craft_with(inside, 3, 3, 0xf8)), "udp 5", NULL);
	row("SNAP, another's protocol", snap(craft_with(inside, 3, 3, 0x0c)),
		"Ethernet header: neither IPv4 nor IPv6", "");
	row("SNAP, a length in place of the type", snap(craft_with(inside, 6, 2, 8)),
		"Ethernet header: neither IPv4 nor IPv6", "");
	row("SNAP cut short", craft_ethernet(7, inside), "802.2 SNAP header: cut short", "");
	row("802.2 cut short", craft_ethernet(2, inside), "802.2 header: cut short", "");
	row("802.2 with IP's own number", snap(craft_join(bytes_of("\x06\x06\x03"), ip)), "udp 5",
		NULL);
	row("802.2 of spanning trees", snap(craft_join(bytes_of("BB\x03"), craft_pattern(35))),
		"Ethernet header: neither IPv4 nor IPv6", "");
	row("a length that cuts the packet", craft_ethernet((uint16_t)(inside.length - 3), inside),
		"IP header: length is more than the frame holds", "udp 2");
	row("a length beyond the frame", craft_ethernet((uint16_t)(inside.length + 3), inside),
		"udp 5", NULL);
	row("the longest length", snap(craft_snap(CRAFT_IPV4, ipv4(IPPROTO_UDP, udp(1464)))),
		"udp 1464", NULL);
	row("neither length nor type", craft_ethernet(1501, inside),
		"Ethernet header: neither a type nor a length", "");
	row("neither length nor type, either", craft_ethernet(1535, inside),
		"Ethernet header: neither a type nor a length", "");
	row("the smallest type", craft_ethernet(1536, inside),
		"Ethernet header: neither IPv4 nor IPv6", "");
}

static void rows_of_udplite(void)
{
	struct bytes all = craft_with(udp(5), 4, 2, 0);

	row("UDP-Lite, all covered", frame_of(ipv4(IPPROTO_UDPLITE, all)), "udplite 5/13", NULL);
	row("UDP-Lite, IPv6", frame_of(ipv6(IPPROTO_UDPLITE, all)), "udplite 5/13", NULL);
	row("UDP-Lite, all by number", frame_of(ipv4(IPPROTO_UDPLITE, udp(5))), "udplite 5/13",
		NULL);
	row("UDP-Lite, the header", frame_of(ipv4(IPPROTO_UDPLITE, craft_with(all, 4, 2, 8))),
		"udplite 5/8", NULL);
	row("UDP-Lite, a part", padded(frame_of(ipv4(IPPROTO_UDPLITE, craft_with(all, 4, 2, 10)))),
		"udplite 5/10", NULL);
	row("UDP-Lite, too little", frame_of(ipv4(IPPROTO_UDPLITE, craft_with(all, 4, 2, 7))),
		"UDP-Lite header: checksum coverage is less than 8", "udplite 5/7");
	row("UDP-Lite, too little, too", frame_of(ipv4(IPPROTO_UDPLITE, craft_with(all, 4, 2, 1))),
		"UDP-Lite header: checksum coverage is less than 8", "udplite 5/1");
	row("UDP-Lite, too much", frame_of(ipv4(IPPROTO_UDPLITE, craft_with(all, 4, 2, 14))),
		"UDP-Lite header: checksum coverage is more than the packet holds", "udplite 5/14");
	row("UDP-Lite, cut short", frame_of(ipv4(IPPROTO_UDPLITE, craft_cut(all, 7))),
		"UDP-Lite header: cut short", "udplite /13");
}

static void make_rows(void)
{
	row_count = 0;
	rows_of_ipv4_lengths();
	rows_of_ipv6_lengths();
	rows_of_vlans();
	rows_of_lengths();
	rows_of_udplite();
}

static void show(struct buffer *out, const struct packet *packet)
{
	if (packet->kind == PACKET_TCP)
		buffer_printf(out, "tcp %zu", packet->payload.length);
	else if (packet->kind == PACKET_UDP)
		buffer_printf(out, "udp %zu", packet->payload.length);
	else if (packet->kind == PACKET_UDPLITE)
		buffer_printf(
			out, "udplite %zu/%u", packet->payload.length, packet->udplite.coverage);
	else
		buffer_printf(out, "%s", packet->problem);
}

TEST(each_row_is_right)
{
	make_rows();
	for (size_t i = 0; i < row_count; i++) {
		struct buffer found, expected;
		struct packet packet;
		buffer_init(&found, 1024);
		buffer_init(&expected, 1024);
		packet_decode(&packet, rows[i].frame, rows[i].frame.length);
		buffer_printf(&found, "%s: ", rows[i].name);
		buffer_printf(&expected, "%s%s", buffer_text(&found), rows[i].right);
		show(&found, &packet);
		ASSERT_TEXT(buffer_text(&found), buffer_text(&expected));
		if (packet.kind == PACKET_TCP || packet.kind == PACKET_UDP)
			CU_ASSERT_TRUE(packet.payload.data[1] == 1);
		buffer_free(&found);
		buffer_free(&expected);
	}
	craft_free();
}

static void write_rows(const char *path)
{
	struct buffer file;

	pcap_file_begin(&file);
	for (size_t i = 0; i < row_count; i++)
		pcap_file_add(&file, rows[i].frame, (int64_t)i);
	CU_ASSERT_TRUE_FATAL(pcap_file_write(&file, path));
	buffer_free(&file);
}

/* A line of tshark: protocols, the length of TCP's data, that of UDP's data, and the coverage. */
static void show_line(struct buffer *out, const char *line, int length)
{
	char protocols[512] = "", tcp_length[32] = "", data[32] = "", coverage[32] = "";
	char copy[1024];

	snprintf(copy, sizeof copy, "%.*s", length, line);
	char *rest = copy, *fields[4] = {protocols, tcp_length, data, coverage};
	for (size_t i = 0; i < 4 && rest != NULL; i++)
		snprintf(fields[i], i == 0 ? sizeof protocols : sizeof data, "%s",
			strsep(&rest, "|"));
	if (tcp_length[0] != '\0')
		buffer_printf(out, "tcp %s", tcp_length);
	else if (coverage[0] != '\0')
		buffer_printf(
			out, "udplite %s/%s", data, strcmp(coverage, "0") == 0 ? "13" : coverage);
	else if (data[0] != '\0' && strstr(protocols, ":udp:") != NULL)
		buffer_printf(out, "udp %s", data);
}

/* If what the table says about tshark were wrong, it could not serve as a yardstick. */
TEST(tshark_answers_as_the_table_says)
{
	char path[4096];
	struct command command;

	NEEDS_TOOL("tshark");
	snprintf(path, sizeof path, "%s/rows.pcap", temporary_make());
	make_rows();
	write_rows(path);
	CU_ASSERT_TRUE_FATAL(command_run(&command,
		LINE("tshark", "-r", path, "-d", "udp.port==9000,data", "-T", "fields", "-E",
			"separator=|", "-e", "frame.protocols", "-e", "tcp.len", "-e", "data.len",
			"-e", "udp.checksum_coverage"),
		NULL));
	const char *line = buffer_text(&command.out);
	for (size_t i = 0; i < row_count; i++) {
		struct buffer found, expected;
		int length = (int)strcspn(line, "\n");
		buffer_init(&found, 1024);
		buffer_init(&expected, 1024);
		buffer_printf(&found, "%s: ", rows[i].name);
		buffer_printf(&expected, "%s%s", buffer_text(&found),
			rows[i].tshark != NULL ? rows[i].tshark : rows[i].right);
		show_line(&found, line, length);
		ASSERT_TEXT(buffer_text(&found), buffer_text(&expected));
		buffer_free(&found);
		buffer_free(&expected);
		line += length + (line[length] == '\n');
	}
	command_free(&command);
	temporary_remove();
	craft_free();
}
