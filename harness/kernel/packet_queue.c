/*
 * Packets that wait for a verdict: those that come in at a port are held up after the capture has
 * seen them and before a socket has, until they are let in or dropped (nfnetlink_queue).
 *
 * A table of nftables has a chain in the hook "input", and a rule for each watch that sends its
 * packets to the queue. Kernels differ in what a rule does that by: the expression "queue", or the
 * target NFQUEUE of iptables. The first that works is taken.
 *
 * The queue does not fail open. The kernel drops what the queue has no room for, and the socket then
 * reports ENOBUFS (netlink(7)). A packet that went on unseen would not be reported.
 */
#include "kernel/packet_queue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netfilter/xt_NFQUEUE.h>
#include <string.h>
#include <sys/socket.h>

/* The namespace has no other. */
#define QUEUE_NUMBER 0

#define TABLE "wirecheck"
#define CHAIN "input"

/* Bytes of a packet that are read: its headers and the beginning of its payload. */
#define BYTES_READ 256

/* Where both ports stand in their header (RFC 768, RFC 9293 3.1). */
#define SOURCE_PORT      0
#define DESTINATION_PORT 2

/* Room for a rule, and for the rest of a transaction. */
#define RULE_ROOM  512u
#define BATCH_ROOM (PACKET_WATCHES_MAXIMUM * RULE_ROOM + 2048u)

/* Messages of one transaction. */
struct batch {
	_Alignas(struct nlmsghdr) unsigned char memory[BATCH_ROOM];
	size_t length;
};

/* Ends the message before, if there is one, and begins the next. */
static struct nlmsghdr *batch_next(
	struct batch *batch, uint16_t type, uint16_t flags, uint8_t family, uint16_t resource)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(batch->memory + batch->length);
	struct nfgenmsg *generic = mnl_nlmsg_put_extra_header(header, sizeof *generic);

	header->nlmsg_type = type;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	*generic = (struct nfgenmsg){
		.nfgen_family = family, .version = NFNETLINK_V0, .res_id = htons(resource)};
	return header;
}

static void batch_end(struct batch *batch, const struct nlmsghdr *header)
{
	batch->length += NLMSG_ALIGN(header->nlmsg_len);
}

static void put_boundary(struct batch *batch, uint16_t type)
{
	batch_end(batch, batch_next(batch, type, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
}

static struct nlmsghdr *table_message(struct batch *batch, uint16_t type, uint16_t flags)
{
	return batch_next(
		batch, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type), flags, NFPROTO_INET, 0);
}

static void put_table(struct batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_NEWTABLE, NLM_F_CREATE);

	mnl_attr_put_strz(header, NFTA_TABLE_NAME, TABLE);
	batch_end(batch, header);
}

/* What no rule takes goes on. */
static void put_chain(struct batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_NEWCHAIN, NLM_F_CREATE | NLM_F_ACK);

	mnl_attr_put_strz(header, NFTA_CHAIN_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_CHAIN_NAME, CHAIN);
	struct nlattr *hook = mnl_attr_nest_start(header, NFTA_CHAIN_HOOK);
	mnl_attr_put_u32(header, NFTA_HOOK_HOOKNUM, htonl(NF_INET_LOCAL_IN));
	mnl_attr_put_u32(header, NFTA_HOOK_PRIORITY, htonl(0));
	mnl_attr_nest_end(header, hook);
	mnl_attr_put_strz(header, NFTA_CHAIN_TYPE, "filter");
	batch_end(batch, header);
}

/* One expression of a rule: its name, and two nests around its attributes. */
struct expression {
	struct nlmsghdr *header;
	struct nlattr *outer, *inner;
};

static struct expression expression_begin(struct nlmsghdr *header, const char *name)
{
	struct nlattr *outer = mnl_attr_nest_start(header, NFTA_LIST_ELEM);

	mnl_attr_put_strz(header, NFTA_EXPR_NAME, name);
	return (struct expression){header, outer, mnl_attr_nest_start(header, NFTA_EXPR_DATA)};
}

static void expression_end(struct expression expression)
{
	mnl_attr_nest_end(expression.header, expression.inner);
	mnl_attr_nest_end(expression.header, expression.outer);
}

/* The rule goes on only where the register has this value. */
static void put_comparison(struct nlmsghdr *header, const void *value, size_t length)
{
	struct expression expression = expression_begin(header, "cmp");

	mnl_attr_put_u32(header, NFTA_CMP_SREG, htonl(NFT_REG_1));
	mnl_attr_put_u32(header, NFTA_CMP_OP, htonl(NFT_CMP_EQ));
	struct nlattr *data = mnl_attr_nest_start(header, NFTA_CMP_DATA);
	mnl_attr_put(header, NFTA_DATA_VALUE, length, value);
	mnl_attr_nest_end(header, data);
	expression_end(expression);
}

static void put_protocol_match(struct nlmsghdr *header, uint8_t protocol)
{
	struct expression expression = expression_begin(header, "meta");

	mnl_attr_put_u32(header, NFTA_META_DREG, htonl(NFT_REG_1));
	mnl_attr_put_u32(header, NFTA_META_KEY, htonl(NFT_META_L4PROTO));
	expression_end(expression);
	put_comparison(header, &protocol, sizeof protocol);
}

static void put_port_match(struct nlmsghdr *header, uint32_t offset, uint16_t port)
{
	struct expression expression = expression_begin(header, "payload");
	uint16_t network = htons(port);

	mnl_attr_put_u32(header, NFTA_PAYLOAD_DREG, htonl(NFT_REG_1));
	mnl_attr_put_u32(header, NFTA_PAYLOAD_BASE, htonl(NFT_PAYLOAD_TRANSPORT_HEADER));
	mnl_attr_put_u32(header, NFTA_PAYLOAD_OFFSET, htonl(offset));
	mnl_attr_put_u32(header, NFTA_PAYLOAD_LEN, htonl(sizeof network));
	expression_end(expression);
	put_comparison(header, &network, sizeof network);
}

static void put_queue_expression(struct nlmsghdr *header)
{
	struct expression expression = expression_begin(header, "queue");

	mnl_attr_put_u16(header, NFTA_QUEUE_NUM, htons(QUEUE_NUMBER));
	expression_end(expression);
}

/* The kernel wants a target's data with the padding of iptables, to 8 bytes. */
static void put_queue_target(struct nlmsghdr *header)
{
	union {
		struct xt_NFQ_info info;
		uint64_t padding;
	} data = {.info = {.queuenum = QUEUE_NUMBER}};
	struct expression expression = expression_begin(header, "target");

	mnl_attr_put_strz(header, NFTA_TARGET_NAME, "NFQUEUE");
	mnl_attr_put_u32(header, NFTA_TARGET_REV, htonl(0));
	mnl_attr_put(header, NFTA_TARGET_INFO, sizeof data, &data);
	expression_end(expression);
}

static void put_rule(struct batch *batch, const struct packet_watch *watch, bool by_target)
{
	struct nlmsghdr *header =
		table_message(batch, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND | NLM_F_ACK);

	mnl_attr_put_strz(header, NFTA_RULE_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_RULE_CHAIN, CHAIN);
	struct nlattr *list = mnl_attr_nest_start(header, NFTA_RULE_EXPRESSIONS);
	put_protocol_match(header, watch->protocol);
	put_port_match(header, watch->from_port ? SOURCE_PORT : DESTINATION_PORT, watch->port);
	if (by_target)
		put_queue_target(header);
	else
		put_queue_expression(header);
	mnl_attr_nest_end(header, list);
	batch_end(batch, header);
}

/* Without a handle it removes all rules of the chain. */
static void put_no_rules(struct batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_DELRULE, NLM_F_ACK);

	mnl_attr_put_strz(header, NFTA_RULE_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_RULE_CHAIN, CHAIN);
	batch_end(batch, header);
}

/*
 * The first error that the kernel answers, an errno, or 0. It has answered all when send(2)
 * returns, so this does not wait.
 */
static int receive_answers(int netlink)
{
	_Alignas(struct nlmsghdr) unsigned char answer[8192];
	int cause = 0;

	for (;;) {
		ssize_t length = recv(netlink, answer, sizeof answer, MSG_DONTWAIT);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return cause != 0 || errno == EAGAIN ? cause : errno;
		int left = (int)length;
		const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
		for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
			const struct nlmsgerr *error = mnl_nlmsg_get_payload(header);
			if (header->nlmsg_type == NLMSG_ERROR && cause == 0)
				cause = -error->error;
		}
	}
}

/* Sends the messages; an errno or 0. */
static int batch_send(const struct batch *batch, int netlink)
{
	if (send(netlink, batch->memory, batch->length, 0) < 0)
		return errno;
	return receive_answers(netlink);
}

/* The same from a socket of its own, apart from that of the packets. */
static int batch_do(const struct batch *batch)
{
	int cause;
	struct mnl_socket *netlink = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);

	if (netlink == NULL)
		return errno;
	cause = batch_send(batch, mnl_socket_get_fd(netlink));
	mnl_socket_close(netlink);
	return cause;
}

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

static struct batch batch;

static int make_chain(void)
{
	batch.length = 0;
	put_boundary(&batch, NFNL_MSG_BATCH_BEGIN);
	put_table(&batch);
	put_chain(&batch);
	put_boundary(&batch, NFNL_MSG_BATCH_END);
	return batch_do(&batch);
}

static int make_rules(const struct packet_watch watches[], size_t count, bool by_target)
{
	batch.length = 0;
	put_boundary(&batch, NFNL_MSG_BATCH_BEGIN);
	put_no_rules(&batch);
	for (size_t i = 0; i < count; i++)
		put_rule(&batch, &watches[i], by_target);
	put_boundary(&batch, NFNL_MSG_BATCH_END);
	return batch_do(&batch);
}

/* Packets come as they are: checksums stay partial. */
static int bind_queue(int netlink)
{
	const struct nfqnl_msg_config_cmd bind = {.command = NFQNL_CFG_CMD_BIND};
	const struct nfqnl_msg_config_params copy = {
		.copy_range = htonl(BYTES_READ), .copy_mode = NFQNL_COPY_PACKET};

	batch.length = 0;
	struct nlmsghdr *header = batch_next(&batch, NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_CONFIG,
		NLM_F_ACK, AF_UNSPEC, QUEUE_NUMBER);
	mnl_attr_put(header, NFQA_CFG_CMD, sizeof bind, &bind);
	mnl_attr_put(header, NFQA_CFG_PARAMS, sizeof copy, &copy);
	mnl_attr_put_u32(header, NFQA_CFG_QUEUE_MAXLEN, htonl(PACKETS_WAITING));
	mnl_attr_put_u32(header, NFQA_CFG_FLAGS, htonl(NFQA_CFG_F_GSO));
	mnl_attr_put_u32(header, NFQA_CFG_MASK, htonl(NFQA_CFG_F_GSO));
	batch_end(&batch, header);
	return batch_send(&batch, netlink);
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
		judge(make_chain(), "nftables", lacking, error))
		return true;
	packet_queue_close(queue);
	return false;
}

bool packet_queue_watch(struct packet_queue *queue, const struct packet_watch watches[],
	size_t count, bool *lacking, struct error *error)
{
	if (count > PACKET_WATCHES_MAXIMUM)
		return error_set(
			error, "at most %d ports can be watched", PACKET_WATCHES_MAXIMUM);
	int cause = make_rules(watches, count, queue->by_target);
	if (is_lacking(cause) && !queue->by_target) {
		queue->by_target = true;
		cause = make_rules(watches, count, true);
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
	struct nlmsghdr *header = batch_next(
		&batch, NFNL_SUBSYS_QUEUE << 8 | NFQNL_MSG_VERDICT, 0, AF_UNSPEC, QUEUE_NUMBER);
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
