/*
 * Packets that wait for a verdict: those that come in at a port are held up after the capture has
 * seen them and before a socket has, until they are let in or dropped (nfnetlink_queue).
 *
 * The queue does not fail open. The kernel drops what the queue has no room for, and the socket
 * then reports ENOBUFS (netlink(7)). A packet that went on unseen would not be reported.
 */
#include "kernel/packet_queue.h"

#include "kernel/netfilter_batch.h"
#include "kernel/packet_rules.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <string.h>
#include <sys/socket.h>

/* Bytes of a packet that are read: its headers and the beginning of its payload. */
#define BYTES_READ 256

/* What a kernel answers that lacks a part, or lets this user have none. */
static bool is_lacking(int cause)
{
	return cause == EPROTONOSUPPORT || cause == EAFNOSUPPORT || cause == EOPNOTSUPP ||
	       cause == ENOENT || cause == EINVAL || cause == EPERM || cause == EACCES;
}

static bool judge(int cause, const char *what, bool *lacking, struct error *error)
{
	*lacking = is_lacking(cause);
	return cause == 0 || error_set(error, "%s: %s", what, strerror(cause));
}

static struct netfilter_batch batch;

/* Packets come as they are: checksums stay partial. */
static int bind_queue(int netlink)
{
	const struct nfqnl_msg_config_cmd bind = {.command = NFQNL_CFG_CMD_BIND};
	const struct nfqnl_msg_config_params copy = {
		.copy_range = htonl(BYTES_READ), .copy_mode = NFQNL_COPY_PACKET};

	batch.length = 0;
	struct nlmsghdr *header =
		netfilter_batch_next(&batch, NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_CONFIG, NLM_F_ACK,
			AF_UNSPEC, PACKET_QUEUE_NUMBER);
	mnl_attr_put(header, NFQA_CFG_CMD, sizeof bind, &bind);
	mnl_attr_put(header, NFQA_CFG_PARAMS, sizeof copy, &copy);
	mnl_attr_put_u32(header, NFQA_CFG_QUEUE_MAXLEN, htonl(PACKETS_WAITING));
	mnl_attr_put_u32(header, NFQA_CFG_FLAGS, htonl(NFQA_CFG_F_GSO));
	mnl_attr_put_u32(header, NFQA_CFG_MASK, htonl(NFQA_CFG_F_GSO));
	netfilter_batch_end(&batch, header);
	return netfilter_batch_send(&batch, netlink);
}

/* As much as the machine allows (socket(7) rmem_max): less than asked for is no error. */
static void enlarge_buffer(int netlink)
{
	const int size = 4 << 20;

	(void)setsockopt(netlink, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

bool packet_queue_open(struct packet_queue *queue, bool *lacking, struct error *error)
{
	*queue =
		(struct packet_queue){.netlink = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC)};
	if (queue->netlink == NULL)
		return judge(errno, "netfilter", lacking, error);
	queue->descriptor = mnl_socket_get_fd(queue->netlink);
	enlarge_buffer(queue->descriptor);
	if (mnl_socket_bind(queue->netlink, 0, MNL_SOCKET_AUTOPID) == 0 &&
		judge(bind_queue(queue->descriptor), "nfnetlink_queue", lacking, error) &&
		judge(packet_rules_begin(), "nftables", lacking, error))
		return true;
	packet_queue_close(queue);
	return false;
}

/* Of the two kinds of rules the first that this kernel takes is used. */
bool packet_queue_watch(struct packet_queue *queue, const struct packet_watch watches[],
	size_t count, bool *lacking, struct error *error)
{
	if (count > PACKET_WATCHES_MAXIMUM)
		return error_set(error, "at most %d ports can be watched", PACKET_WATCHES_MAXIMUM);
	int cause = packet_rules_replace(watches, count, queue->by_target);
	if (is_lacking(cause) && !queue->by_target) {
		queue->by_target = true;
		cause = packet_rules_replace(watches, count, true);
	}
	return judge(cause, "neither queue of nftables nor the target NFQUEUE", lacking, error);
}

/* What a message says of a packet. */
struct reading {
	struct waiting_packet *packet;
	bool has_id;
};

static int read_attribute(const struct nlattr *attribute, void *argument)
{
	struct reading *reading = argument;
	const struct nfqnl_msg_packet_hdr *header = mnl_attr_get_payload(attribute);
	uint16_t length = mnl_attr_get_payload_len(attribute);

	if (mnl_attr_get_type(attribute) == NFQA_PACKET_HDR && length >= sizeof *header) {
		reading->packet->id = ntohl(header->packet_id);
		reading->has_id = true;
	} else if (mnl_attr_get_type(attribute) == NFQA_PAYLOAD) {
		reading->packet->beginning =
			(struct bytes){mnl_attr_get_payload(attribute), length};
	}
	return MNL_CB_OK;
}

/* The answer to a verdict that failed comes here: the kernel does not have that packet. */
static bool read_message(const struct nlmsghdr *header, struct waiting_packet *packet, bool *found,
	struct error *error)
{
	struct reading reading = {.packet = packet};

	if (header->nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *answer = mnl_nlmsg_get_payload(header);
		return error_set(error, "nfnetlink_queue: %s", strerror(-answer->error));
	}
	if (header->nlmsg_type == (NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_PACKET))
		(void)mnl_attr_parse(header, sizeof(struct nfgenmsg), read_attribute, &reading);
	*found = reading.has_id;
	return true;
}

bool packet_queue_next(
	struct packet_queue *queue, struct waiting_packet *packet, bool *found, struct error *error)
{
	static _Alignas(struct nlmsghdr) unsigned char memory[8192];
	ssize_t length;

	*found = false;
	*packet = (struct waiting_packet){0};
	do
		length = recv(queue->descriptor, memory, sizeof memory, MSG_DONTWAIT);
	while (length < 0 && errno == EINTR);
	if (length < 0 && errno == EAGAIN)
		return true;
	if (length < 0 && errno == ENOBUFS)
		return error_set(
			error, "the queue of packets was full, and the kernel dropped packets");
	if (length < 0)
		return error_errno(error, "nfnetlink_queue");
	const struct nlmsghdr *header = (const struct nlmsghdr *)memory;
	return !mnl_nlmsg_ok(header, (int)length) || read_message(header, packet, found, error);
}

static bool give_verdict(
	struct packet_queue *queue, uint32_t id, uint32_t verdict, struct error *error)
{
	const struct nfqnl_msg_verdict_hdr given = {.verdict = htonl(verdict), .id = htonl(id)};

	batch.length = 0;
	struct nlmsghdr *header = netfilter_batch_next(&batch,
		NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_VERDICT, 0, AF_UNSPEC, PACKET_QUEUE_NUMBER);
	mnl_attr_put(header, NFQA_VERDICT_HDR, sizeof given, &given);
	return send(queue->descriptor, header, header->nlmsg_len, 0) >= 0 ||
	       error_errno(error, "nfnetlink_queue");
}

bool packet_queue_accept(struct packet_queue *queue, uint32_t id, struct error *error)
{
	return give_verdict(queue, id, NF_ACCEPT, error);
}

bool packet_queue_drop(struct packet_queue *queue, uint32_t id, struct error *error)
{
	return give_verdict(queue, id, NF_DROP, error);
}

void packet_queue_close(struct packet_queue *queue)
{
	if (queue->netlink != NULL)
		mnl_socket_close(queue->netlink);
	*queue = (struct packet_queue){0};
}
