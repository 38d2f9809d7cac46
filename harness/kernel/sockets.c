/* What the kernel says about sockets: their states and queues, by sock_diag(7). */
#include "kernel/sockets.h"

#include "base/array.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

/* The kind of a socket's timer in inet_diag (sock_diag(7)). */
#define TIMER_NONE           0
#define TIMER_RETRANSMISSION 1
#define TIMER_WINDOW_PROBE   4

bool sockets_open(struct sockets *sockets, struct error *error)
{
	*sockets = (struct sockets){0};
	sockets->netlink = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
	if (sockets->netlink == NULL)
		return error_errno(error, "sock_diag");
	if (mnl_socket_bind(sockets->netlink, 0, MNL_SOCKET_AUTOPID) == 0)
		return true;
	error_errno(error, "sock_diag");
	sockets_close(sockets);
	return false;
}

/* An IPv6 socket may speak IPv4 (RFC 4291 2.5.5.2). It then has the addresses on the wire. */
static struct address address_of(
	const struct inet_diag_msg *message, const __be32 ip[4], uint16_t port)
{
	struct address address = {.port = ntohs(port), .version = 4};
	bool six = message->idiag_family == AF_INET6;

	if (six && ip[0] == 0 && ip[1] == 0 && ip[2] == htonl(0xffff)) {
		memcpy(address.ip, &ip[3], 4);
		return address;
	}
	address.version = six ? 6 : 4;
	memcpy(address.ip, ip, six ? 16 : 4);
	return address;
}

static bool sockets_grow(struct sockets *sockets)
{
	struct socket_fact *list = NULL;

	if (sockets->count < SOCKETS_MAXIMUM)
		list = array_grow(sockets->list, &sockets->capacity, sockets->count, sizeof *list);
	if (list == NULL)
		return false;
	sockets->list = list;
	return true;
}

struct reading {
	struct sockets *sockets;
	enum protocol protocol;
};

static int sockets_add(const struct nlmsghdr *header, void *argument)
{
	const struct reading *reading = argument;
	struct sockets *sockets = reading->sockets;
	const struct inet_diag_msg *message = mnl_nlmsg_get_payload(header);

	if (mnl_nlmsg_get_payload_len(header) < sizeof *message)
		return MNL_CB_OK;
	if (!sockets_grow(sockets)) {
		errno = ENOMEM;
		return MNL_CB_ERROR;
	}
	/* A socket that has sent its SYN has a timer for it. Its queue counts from the SYN on. */
	bool defers_syn = reading->protocol == TCP && message->idiag_state == SYN_SENT &&
			  message->idiag_timer == TIMER_NONE;
	sockets->list[sockets->count++] = (struct socket_fact){
		.protocol = reading->protocol,
		.state = message->idiag_state,
		.local = address_of(message, message->id.idiag_src, message->id.idiag_sport),
		.remote = address_of(message, message->id.idiag_dst, message->id.idiag_dport),
		.receive_queue = message->idiag_rqueue,
		.send_queue = defers_syn ? 0 : message->idiag_wqueue,
		.inode = message->idiag_inode,
		.defers_syn = defers_syn,
		.probing_window = message->idiag_timer == TIMER_WINDOW_PROBE,
		.retransmits =
			message->idiag_timer == TIMER_RETRANSMISSION ? message->idiag_retrans : 0,
	};
	return MNL_CB_OK;
}

static bool sockets_ask(const struct sockets *sockets, uint16_t flags,
	const struct inet_diag_req_v2 *request, struct error *error)
{
	unsigned char memory[512];
	struct nlmsghdr *header = mnl_nlmsg_put_header(memory);

	header->nlmsg_type = SOCK_DIAG_BY_FAMILY;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	memcpy(mnl_nlmsg_put_extra_header(header, sizeof *request), request, sizeof *request);
	if (mnl_socket_sendto(sockets->netlink, header, header->nlmsg_len) < 0)
		return error_errno(error, "sock_diag");
	return true;
}

/*
 * The kernel answers a dump at once, so this waits for nobody. For a protocol that the kernel
 * lacks, the dump is empty.
 */
static bool sockets_receive(struct reading *reading, struct error *error)
{
	static char memory[32768];
	int more = MNL_CB_OK;

	while (more == MNL_CB_OK) {
		ssize_t length =
			mnl_socket_recvfrom(reading->sockets->netlink, memory, sizeof memory);
		if (length < 0)
			return error_errno(error, "sock_diag");
		more = mnl_cb_run(memory, (size_t)length, 0, 0, sockets_add, reading);
	}
	return more == MNL_CB_STOP || error_errno(error, "sock_diag");
}

static bool sockets_dump(struct sockets *sockets, enum protocol protocol, uint8_t family,
	uint32_t states, struct error *error)
{
	struct reading reading = {sockets, protocol};
	const struct inet_diag_req_v2 request = {
		.sdiag_family = family,
		.sdiag_protocol = (uint8_t)protocol_number(protocol),
		.idiag_states = states,
	};

	return sockets_ask(sockets, NLM_F_DUMP, &request, error) &&
	       sockets_receive(&reading, error);
}

bool sockets_read_in(
	struct sockets *sockets, enum protocol protocol, uint32_t states, struct error *error)
{
	sockets->count = 0;
	return sockets_dump(sockets, protocol, AF_INET, states, error) &&
	       sockets_dump(sockets, protocol, AF_INET6, states, error);
}

static int sockets_found(const struct nlmsghdr *header, void *argument)
{
	bool *found = argument;

	(void)header;
	*found = true;
	return MNL_CB_OK;
}

/*
 * The kernel looks up one socket as it does for a segment to this address. ENOENT: there is none.
 * EINVAL: the kernel has no IPv6, so there is none either.
 */
static bool sockets_look_up(struct sockets *sockets, const struct inet_diag_req_v2 *request,
	bool *found, struct error *error)
{
	static char memory[4096];

	if (!sockets_ask(sockets, 0, request, error))
		return false;
	ssize_t length = mnl_socket_recvfrom(sockets->netlink, memory, sizeof memory);
	if (length < 0)
		return error_errno(error, "sock_diag");
	int status = mnl_cb_run(memory, (size_t)length, 0, 0, sockets_found, found);
	if (status < 0 && errno != ENOENT && errno != EINVAL)
		return error_errno(error, "sock_diag");
	return true;
}

bool sockets_have_listener(
	struct sockets *sockets, uint16_t port, bool *listens, struct error *error)
{
	struct inet_diag_req_v2 four = {
		.sdiag_family = AF_INET,
		.sdiag_protocol = IPPROTO_TCP,
		.idiag_states = UINT32_MAX,
		.id = {.idiag_sport = htons(port),
			.idiag_src = {htonl(INADDR_LOOPBACK)},
			.idiag_cookie = {INET_DIAG_NOCOOKIE, INET_DIAG_NOCOOKIE}},
	};
	struct inet_diag_req_v2 six = four;

	six.sdiag_family = AF_INET6;
	memcpy(six.id.idiag_src, &in6addr_loopback, sizeof six.id.idiag_src);
	*listens = false;
	return sockets_look_up(sockets, &four, listens, error) &&
	       (*listens || sockets_look_up(sockets, &six, listens, error));
}

bool sockets_read(struct sockets *sockets, enum protocol protocol, struct error *error)
{
	return sockets_read_in(sockets, protocol, UINT32_MAX, error);
}

const struct socket_fact *sockets_find(
	const struct sockets *sockets, uint16_t port, enum socket_state state)
{
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->list[i].local.port == port && sockets->list[i].state == state)
			return &sockets->list[i];
	return NULL;
}

const struct socket_fact *sockets_on_port(const struct sockets *sockets, uint16_t port)
{
	for (size_t i = 0; i < sockets->count; i++)
		if (sockets->list[i].local.port == port)
			return &sockets->list[i];
	return NULL;
}

bool socket_is_quiet(const struct socket_fact *fact)
{
	if (fact->probing_window || fact->defers_syn)
		return true;
	switch (fact->state) {
	case SYN_SENT:
	case SYN_RECEIVED:
	case FIN_WAIT_1:
	case CLOSING:
	case LAST_ACK:
		return false;
	case ESTABLISHED:
	case CLOSE_WAIT:
		return fact->send_queue == 0;
	case FIN_WAIT_2:
	case TIME_WAIT:
	case CLOSE:
	case LISTEN:
		return true;
	}
	return true;
}

uint32_t socket_untaken(const struct socket_fact *fact)
{
	bool ended = fact->state == CLOSE_WAIT || fact->state == LAST_ACK || fact->state == CLOSING;

	return fact->receive_queue - (fact->protocol == TCP && ended && fact->receive_queue > 0);
}

uint32_t socket_unacknowledged(const struct socket_fact *fact)
{
	switch (fact->state) {
	case SYN_SENT:
	case SYN_RECEIVED:
	case FIN_WAIT_1:
	case CLOSING:
	case LAST_ACK:
		return fact->send_queue - (fact->send_queue > 0);
	default:
		return fact->state == LISTEN ? 0 : fact->send_queue;
	}
}

void sockets_close(struct sockets *sockets)
{
	if (sockets->netlink != NULL)
		mnl_socket_close(sockets->netlink);
	free(sockets->list);
	*sockets = (struct sockets){0};
}
