/*
 * Watches lo for packets that hold several segments or datagrams (gso_watch.h).
 *
 * The kernel says it to a packet socket with PACKET_VNET_HDR (packet(7)): before each packet there
 * is a header that is made for the network card of a virtual machine. libpcap's socket cannot have
 * that option, so this is a second socket. Before Linux 6.2 the header cannot say it for UDP. The
 * kernel then drops the packet for this socket and counts it, as it does when the ring is full.
 */
#include "kernel/gso_watch.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* This many bytes of each packet are kept: the headers of Ethernet and IP, and both ports. */
#define KEPT 96

/* A slot has room for the kernel's header, its address, the card's header and these bytes. */
#define SLOT  ((size_t)256)
#define BLOCK ((size_t)64 << 10)
#define RING  ((size_t)4 << 20)
#define SLOTS (RING / SLOT)

/* linux/virtio_net.h has it since Linux 6.2. */
#ifndef VIRTIO_NET_HDR_GSO_UDP_L4
#define VIRTIO_NET_HDR_GSO_UDP_L4 5
#endif

#define IPV4_PROTOCOL (ETH_HLEN + 9)
#define IPV6_NEXT     (ETH_HLEN + 6)
#define IPV6_LENGTH   40

/* Takes TCP and UDP over IPv4, and all of IPv6 but ICMP: other headers may come before TCP's. */
static struct sock_filter program[] = {
	BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 2 * ETH_ALEN),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IP, 0, 3),
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, IPV4_PROTOCOL),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_TCP, 4, 0),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 3, 4),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ETH_P_IPV6, 0, 3),
	BPF_STMT(BPF_LD | BPF_B | BPF_ABS, IPV6_NEXT),
	BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_ICMPV6, 1, 0),
	BPF_STMT(BPF_RET | BPF_K, KEPT),
	BPF_STMT(BPF_RET | BPF_K, 0),
};

struct option {
	int name;
	const void *value;
	socklen_t length;
	const char *text;
};

/* The ring comes last: when a socket has one, the kernel refuses the other options. */
static bool set_options(int descriptor, struct error *error)
{
	static const int on = 1, version = TPACKET_V2;
	static const struct tpacket_req ring = {.tp_block_size = BLOCK,
		.tp_block_nr = RING / BLOCK,
		.tp_frame_size = SLOT,
		.tp_frame_nr = SLOTS};
	static const struct option options[] = {
		{PACKET_IGNORE_OUTGOING, &on, sizeof on, "PACKET_IGNORE_OUTGOING"},
		{PACKET_VERSION, &version, sizeof version, "PACKET_VERSION"},
		{PACKET_VNET_HDR, &on, sizeof on, "PACKET_VNET_HDR"},
		{PACKET_RX_RING, &ring, sizeof ring, "PACKET_RX_RING"},
	};
	const struct sock_fprog filter = {
		.len = sizeof program / sizeof *program, .filter = program};

	if (setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) != 0)
		return error_errno(error, "setsockopt(SO_ATTACH_FILTER)");
	for (size_t i = 0; i < sizeof options / sizeof *options; i++)
		if (setsockopt(descriptor, SOL_PACKET, options[i].name, options[i].value,
			    options[i].length) != 0)
			return error_errno(error, "setsockopt(%s)", options[i].text);
	return true;
}

/* No packet comes before the socket is bound. */
static bool start(struct gso_watch *watch, struct error *error)
{
	struct sockaddr_ll address = {.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex("lo")};

	if (!set_options(watch->descriptor, error))
		return false;
	void *ring = mmap(NULL, RING, PROT_READ | PROT_WRITE, MAP_SHARED, watch->descriptor, 0);
	if (ring == MAP_FAILED)
		return error_errno(error, "map the ring of a packet socket");
	watch->ring = ring;
	if (address.sll_ifindex == 0 ||
		bind(watch->descriptor, (struct sockaddr *)&address, sizeof address) != 0)
		return error_errno(error, "bind a packet socket to lo");
	return true;
}

bool gso_watch_open(struct gso_watch *watch, struct error *error)
{
	*watch = (struct gso_watch){0};
	watch->descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (watch->descriptor < 0)
		return error_errno(error, "socket(AF_PACKET)");
	if (start(watch, error))
		return true;
	gso_watch_close(watch);
	return false;
}

static void add_port(struct gso_watch *watch, enum protocol protocol, const unsigned char *field)
{
	unsigned port = (unsigned)field[0] << 8 | field[1];

	watch->ports[protocol][port / 8] |= (uint8_t)(1u << (port % 8));
}

/* Where the header after IP's begins; 0: it was not found. */
static size_t find_header(const unsigned char *frame, size_t length, unsigned char protocol)
{
	if (length <= IPV4_PROTOCOL)
		return 0;
	if (frame[2 * ETH_ALEN] == ETH_P_IP >> 8)
		return ETH_HLEN + 4u * (frame[ETH_HLEN] & 0x0f);
	return frame[IPV6_NEXT] == protocol ? ETH_HLEN + IPV6_LENGTH : 0;
}

/* TCP and UDP begin with both ports. Without them it is not known whose packet it is. */
static void add_ports(
	struct gso_watch *watch, enum protocol protocol, const unsigned char *frame, size_t length)
{
	size_t header = find_header(frame, length, protocol == TCP ? IPPROTO_TCP : IPPROTO_UDP);

	if (header == 0 || header + 4 > length) {
		watch->missed++;
		return;
	}
	add_port(watch, protocol, frame + header);
	add_port(watch, protocol, frame + header + 2);
}

/* The card's header is directly before the frame. */
static void take_packet(struct gso_watch *watch, const unsigned char *slot)
{
	struct tpacket2_hdr head;
	struct virtio_net_hdr card;

	memcpy(&head, slot, sizeof head);
	memcpy(&card, slot + head.tp_mac - sizeof card, sizeof card);
	switch (card.gso_type & ~VIRTIO_NET_HDR_GSO_ECN) {
	case VIRTIO_NET_HDR_GSO_NONE:
		break;
	case VIRTIO_NET_HDR_GSO_UDP_L4:
		add_ports(watch, UDP, slot + head.tp_mac, head.tp_snaplen);
		break;
	default:
		add_ports(watch, TCP, slot + head.tp_mac, head.tp_snaplen);
		break;
	}
}

/* To read these statistics sets them to zero. */
static bool count_missed(struct gso_watch *watch, struct error *error)
{
	struct tpacket_stats statistics;
	socklen_t length = sizeof statistics;

	if (getsockopt(watch->descriptor, SOL_PACKET, PACKET_STATISTICS, &statistics, &length) != 0)
		return error_errno(error, "getsockopt(PACKET_STATISTICS)");
	watch->missed += statistics.tp_drops;
	return true;
}

/* The status of a slot says who owns it. The kernel writes the packet first and the status last. */
bool gso_watch_read(struct gso_watch *watch, struct error *error)
{
	if (watch->ring == NULL)
		return true;
	for (;;) {
		unsigned char *slot = watch->ring + watch->next * SLOT;
		struct tpacket2_hdr *head = (struct tpacket2_hdr *)slot;
		if (!(__atomic_load_n(&head->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER))
			return count_missed(watch, error);
		take_packet(watch, slot);
		__atomic_store_n(&head->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
		watch->next = (watch->next + 1) % SLOTS;
	}
}

bool gso_watch_has(const struct gso_watch *watch, enum protocol protocol, uint16_t port)
{
	return (watch->ports[protocol][port / 8] >> (port % 8) & 1) != 0;
}

void gso_watch_close(struct gso_watch *watch)
{
	if (watch->ring != NULL)
		munmap(watch->ring, RING);
	if (watch->descriptor > 0)
		close(watch->descriptor);
	watch->ring = NULL;
	watch->descriptor = 0;
}
