/*
 * The rules that send packets to the queue of packet_queue.h, by nftables.
 *
 * A table has a chain in the hook "input", and a rule for each watch that sends its packets to the
 * queue. Kernels differ in how a rule does so: by the expression "queue", or by the target NFQUEUE
 * of iptables.
 */
#include "kernel/packet_rules.h"

#include "kernel/netfilter_batch.h"

#include <arpa/inet.h>
#include <assert.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/xt_NFQUEUE.h>
#include <sys/socket.h>

#define TABLE "wirecheck"
#define CHAIN "input"

/* Where both ports stand in their header (RFC 768, RFC 9293 3.1). */
#define SOURCE_PORT      0
#define DESTINATION_PORT 2

/* Room for a rule. The rest of the batch takes less than 2048 bytes. */
#define RULE_ROOM 512

static_assert(
	PACKET_WATCHES_MAXIMUM * RULE_ROOM + 2048 <= NETFILTER_BATCH_ROOM, "room for all rules");

static void put_boundary(struct netfilter_batch *batch, uint16_t type)
{
	netfilter_batch_end(
		batch, netfilter_batch_next(batch, type, 0, AF_UNSPEC, NFNL_SUBSYS_NFTABLES));
}

static struct nlmsghdr *table_message(struct netfilter_batch *batch, uint16_t type, uint16_t flags)
{
	return netfilter_batch_next(
		batch, (uint16_t)(NFNL_SUBSYS_NFTABLES << 8 | type), flags, NFPROTO_INET, 0);
}

static void put_table(struct netfilter_batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_NEWTABLE, NLM_F_CREATE);

	mnl_attr_put_strz(header, NFTA_TABLE_NAME, TABLE);
	netfilter_batch_end(batch, header);
}

/* What no rule takes goes on. */
static void put_chain(struct netfilter_batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_NEWCHAIN, NLM_F_CREATE | NLM_F_ACK);

	mnl_attr_put_strz(header, NFTA_CHAIN_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_CHAIN_NAME, CHAIN);
	struct nlattr *hook = mnl_attr_nest_start(header, NFTA_CHAIN_HOOK);
	mnl_attr_put_u32(header, NFTA_HOOK_HOOKNUM, htonl(NF_INET_LOCAL_IN));
	mnl_attr_put_u32(header, NFTA_HOOK_PRIORITY, htonl(0));
	mnl_attr_nest_end(header, hook);
	mnl_attr_put_strz(header, NFTA_CHAIN_TYPE, "filter");
	netfilter_batch_end(batch, header);
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

	mnl_attr_put_u16(header, NFTA_QUEUE_NUM, htons(PACKET_QUEUE_NUMBER));
	expression_end(expression);
}

/* The kernel wants a target's data with the padding of iptables, to 8 bytes. */
static void put_queue_target(struct nlmsghdr *header)
{
	union {
		struct xt_NFQ_info info;
		uint64_t padding;
	} data = {.info = {.queuenum = PACKET_QUEUE_NUMBER}};
	struct expression expression = expression_begin(header, "target");

	mnl_attr_put_strz(header, NFTA_TARGET_NAME, "NFQUEUE");
	mnl_attr_put_u32(header, NFTA_TARGET_REV, htonl(0));
	mnl_attr_put(header, NFTA_TARGET_INFO, sizeof data, &data);
	expression_end(expression);
}

static void put_rule(
	struct netfilter_batch *batch, const struct packet_watch *watch, bool by_target)
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
	netfilter_batch_end(batch, header);
}

/* Without a handle it removes all rules of the chain. */
static void put_no_rules(struct netfilter_batch *batch)
{
	struct nlmsghdr *header = table_message(batch, NFT_MSG_DELRULE, NLM_F_ACK);

	mnl_attr_put_strz(header, NFTA_RULE_TABLE, TABLE);
	mnl_attr_put_strz(header, NFTA_RULE_CHAIN, CHAIN);
	netfilter_batch_end(batch, header);
}

static struct netfilter_batch batch;

int packet_rules_begin(void)
{
	batch.length = 0;
	put_boundary(&batch, NFNL_MSG_BATCH_BEGIN);
	put_table(&batch);
	put_chain(&batch);
	put_boundary(&batch, NFNL_MSG_BATCH_END);
	return netfilter_batch_send_once(&batch);
}

int packet_rules_replace(const struct packet_watch watches[], size_t count, bool by_target)
{
	batch.length = 0;
	put_boundary(&batch, NFNL_MSG_BATCH_BEGIN);
	put_no_rules(&batch);
	for (size_t i = 0; i < count; i++)
		put_rule(&batch, &watches[i], by_target);
	put_boundary(&batch, NFNL_MSG_BATCH_END);
	return netfilter_batch_send_once(&batch);
}
