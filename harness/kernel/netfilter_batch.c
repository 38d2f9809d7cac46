/* Messages to netfilter that the kernel takes together (nfnetlink). */
#include "kernel/netfilter_batch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nfnetlink.h>
#include <sys/socket.h>

struct nlmsghdr *netfilter_batch_next(struct netfilter_batch *batch, uint16_t type, uint16_t flags,
	uint8_t family, uint16_t resource)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(batch->memory + batch->length);
	struct nfgenmsg *generic = mnl_nlmsg_put_extra_header(header, sizeof *generic);

	header->nlmsg_type = type;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	*generic = (struct nfgenmsg){
		.nfgen_family = family, .version = NFNETLINK_V0, .res_id = htons(resource)};
	return header;
}

void netfilter_batch_end(struct netfilter_batch *batch, const struct nlmsghdr *header)
{
	batch->length += NLMSG_ALIGN(header->nlmsg_len);
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

int netfilter_batch_send(const struct netfilter_batch *batch, int netlink)
{
	if (send(netlink, batch->memory, batch->length, 0) < 0)
		return errno;
	return receive_answers(netlink);
}

int netfilter_batch_send_once(const struct netfilter_batch *batch)
{
	int cause;
	struct mnl_socket *netlink = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);

	if (netlink == NULL)
		return errno;
	cause = netfilter_batch_send(batch, mnl_socket_get_fd(netlink));
	mnl_socket_close(netlink);
	return cause;
}
