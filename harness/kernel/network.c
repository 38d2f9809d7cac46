/* The network of one sandbox: its loopback interface, with its addresses and routes. */
#include "kernel/network.h"

#include "kernel/offload.h"
#include "kernel/sysctls.h"

#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/nexthop.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* `lo` is the first interface of each network namespace. */
#define LOOPBACK 1

/*
 * The kernel refuses an IPv6 route through a loopback interface, but for the addresses there. It
 * accepts such a route by a nexthop object (ip-nexthop(8), Linux 5.3). This is its number.
 */
#define THROUGH_LOOPBACK 1

/* The largest IPv6 packet that is no jumbogram, in bytes (RFC 8200 3). */
#define IPV6_LARGEST (40u + 65535u)

/* Requests to the kernel that are sent together. */
struct batch {
	_Alignas(struct nlmsghdr) unsigned char memory[2048];
	size_t length;
	uint32_t count;
	struct nlmsghdr *last;
};

static struct nlmsghdr *batch_next(struct batch *batch, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *header = mnl_nlmsg_put_header(batch->memory + batch->length);

	header->nlmsg_type = type;
	header->nlmsg_flags = NLM_F_REQUEST | flags;
	header->nlmsg_seq = ++batch->count;
	batch->last = header;
	return header;
}

/* All requests are small: a batch has room for all of them. */
static void batch_end(struct batch *batch)
{
	batch->length += (batch->last->nlmsg_len + 3u) & ~3u;
}

static void put_address(struct nlmsghdr *header, uint16_t type, const struct address *address)
{
	mnl_attr_put(header, type, address->version == 6 ? 16 : 4, address->ip);
}

static unsigned char family_of(const struct address *address)
{
	return address->version == 6 ? AF_INET6 : AF_INET;
}

static unsigned char bits_of(const struct address *address)
{
	return address->version == 6 ? 128 : 32;
}

static struct address own_address(int version)
{
	struct address address;

	address_parse(&address, version == 6 ? OWN_IPV6 : OWN_IPV4, 0);
	return address;
}

/* Up, and with multicast: some programs use only an interface that says so. */
static void put_link_up(struct batch *batch)
{
	struct nlmsghdr *header = batch_next(batch, RTM_NEWLINK, 0);
	struct ifinfomsg *link = mnl_nlmsg_put_extra_header(header, sizeof *link);

	*link = (struct ifinfomsg){.ifi_index = LOOPBACK,
		.ifi_flags = IFF_UP | IFF_MULTICAST,
		.ifi_change = IFF_UP | IFF_MULTICAST};
	batch_end(batch);
}

static void put_own(struct batch *batch, const struct address *address)
{
	struct nlmsghdr *header = batch_next(batch, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	struct ifaddrmsg *own = mnl_nlmsg_put_extra_header(header, sizeof *own);

	*own = (struct ifaddrmsg){.ifa_family = family_of(address),
		.ifa_prefixlen = bits_of(address),
		.ifa_flags = IFA_F_NODAD, /* usable at once */
		.ifa_scope = RT_SCOPE_UNIVERSE,
		.ifa_index = LOOPBACK};
	put_address(header, IFA_LOCAL, address);
	put_address(header, IFA_ADDRESS, address);
	batch_end(batch);
}

static void put_nexthop(struct batch *batch)
{
	struct nlmsghdr *header = batch_next(batch, RTM_NEWNEXTHOP, NLM_F_CREATE | NLM_F_EXCL);
	struct nhmsg *nexthop = mnl_nlmsg_put_extra_header(header, sizeof *nexthop);

	*nexthop = (struct nhmsg){.nh_family = AF_INET6, .nh_protocol = RTPROT_BOOT};
	mnl_attr_put_u32(header, NHA_ID, THROUGH_LOOPBACK);
	mnl_attr_put_u32(header, NHA_OIF, LOOPBACK);
	batch_end(batch);
}

/* A packet that takes this route and has no source address yet gets the sandbox's own. */
static void put_route(
	struct batch *batch, const struct address *to, unsigned bits, unsigned char type)
{
	struct nlmsghdr *header = batch_next(batch, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL);
	struct rtmsg *route = mnl_nlmsg_put_extra_header(header, sizeof *route);
	struct address source = own_address(to->version);
	bool is_local = type == RTN_LOCAL;

	*route = (struct rtmsg){.rtm_family = family_of(to),
		.rtm_dst_len = (unsigned char)bits,
		.rtm_table = is_local ? RT_TABLE_LOCAL : RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_BOOT,
		.rtm_scope = is_local ? RT_SCOPE_HOST : RT_SCOPE_LINK,
		.rtm_type = type};
	if (bits > 0)
		put_address(header, RTA_DST, to);
	put_address(header, RTA_PREFSRC, &source);
	if (to->version == 6 && !is_local)
		mnl_attr_put_u32(header, RTA_NH_ID, THROUGH_LOOPBACK);
	else
		mnl_attr_put_u32(header, RTA_OIF, LOOPBACK);
	batch_end(batch);
}

static void put_route_text(struct batch *batch, const char *to, unsigned bits)
{
	struct address address;

	address_parse(&address, to, 0);
	put_route(batch, &address, bits, RTN_UNICAST);
}

/* The kernel answers each request that failed, and always the last one. */
static int receive_answers(int netlink, uint32_t last)
{
	_Alignas(struct nlmsghdr) unsigned char answer[4096];
	int cause = 0;

	for (;;) {
		ssize_t length = recv(netlink, answer, sizeof answer, 0);
		if (length < 0 && errno == EINTR)
			continue;
		if (length < 0)
			return errno;
		int left = (int)length;
		const struct nlmsghdr *header = (const struct nlmsghdr *)answer;
		for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
			const struct nlmsgerr *error = mnl_nlmsg_get_payload(header);
			if (header->nlmsg_type == NLMSG_ERROR && cause == 0)
				cause = -error->error;
			if (header->nlmsg_seq == last)
				return cause;
		}
	}
}

/* Sends all requests. Returns the errno of the first that failed, or 0. */
static int batch_send(struct batch *batch)
{
	int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (netlink < 0)
		return errno;
	batch->last->nlmsg_flags |= NLM_F_ACK;
	int cause = send(netlink, batch->memory, batch->length, 0) < 0
			    ? errno
			    : receive_answers(netlink, batch->count);
	close(netlink);
	return cause;
}

static bool batch_do(struct batch *batch, const char *what, struct error *error)
{
	int cause = batch_send(batch);

	return cause == 0 || error_set(error, "%s: %s", what, strerror(cause));
}

static void put_ipv4(struct batch *batch)
{
	struct address own = own_address(4);

	put_link_up(batch);
	put_own(batch, &own);
	put_route_text(batch, "224.0.0.0", 4);
	put_route_text(batch, "255.255.255.255", 32);
}

static void put_ipv6(struct batch *batch)
{
	struct address own = own_address(6);

	put_own(batch, &own);
	put_nexthop(batch);
	put_route_text(batch, "ff00::", 8);
}

/* A kernel may lack IPv6. A namespace may have it off, with settings that cannot be changed. */
static bool has_ipv6(void)
{
	char disabled = '1';
	int file = open("/proc/sys/net/ipv6/conf/lo/disable_ipv6", O_RDONLY | O_CLOEXEC);
	bool known = file >= 0 && read(file, &disabled, 1) == 1;

	if (file >= 0)
		close(file);
	return known && disabled == '0';
}

bool network_open(struct error *error)
{
	static struct batch batch;

	if (batch.count == 0) {
		put_ipv4(&batch);
		if (has_ipv6())
			put_ipv6(&batch);
	}
	return offload_switch_off(error) && batch_do(&batch, "set lo up", error);
}

bool network_interface_up(const char *interface, struct error *error)
{
	struct ifreq request = {.ifr_flags = IFF_UP | IFF_RUNNING};
	int handle = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (handle < 0)
		return error_errno(error, "socket");
	snprintf(request.ifr_name, sizeof request.ifr_name, "%s", interface);
	bool up = ioctl(handle, SIOCSIFFLAGS, &request) == 0;
	if (!up)
		error_errno(error, "bring up %s", interface);
	close(handle);
	return up;
}

/*
 * A length field of 16 bits is too small for larger packets; IPv6 then has jumbograms (RFC 2675).
 * When Linux 6.18 cuts several jumbograms from one buffer, they are wrong. So it gets one at a
 * time.
 */
bool network_set_mtu(unsigned mtu, struct error *error)
{
	struct batch batch = {.length = 0};
	struct nlmsghdr *header = batch_next(&batch, RTM_NEWLINK, 0);
	struct ifinfomsg *link = mnl_nlmsg_put_extra_header(header, sizeof *link);

	*link = (struct ifinfomsg){.ifi_index = LOOPBACK};
	mnl_attr_put_u32(header, IFLA_MTU, mtu);
	if (mtu > IPV6_LARGEST)
		mnl_attr_put_u32(header, IFLA_GSO_MAX_SEGS, 1);
	batch_end(&batch);
	return batch_do(&batch, "set the MTU of lo", error);
}

bool network_add_address(const struct address *address, struct error *error)
{
	struct batch batch = {.length = 0};

	put_own(&batch, address);
	return batch_do(&batch, "add an address to lo", error);
}

bool network_add_route(const struct address *prefix, unsigned bits, struct error *error)
{
	struct batch batch = {.length = 0};

	put_route(&batch, prefix, bits, RTN_UNICAST);
	return batch_do(&batch, "add a route", error);
}

/* With IPv6 a program can bind only addresses that an interface lists, unless this allows more. */
static bool allow_unlisted(struct error *error)
{
	int cause = sysctl_write("ipv6/ip_nonlocal_bind", "1");

	return cause == 0 || error_set(error, "set net.ipv6.ip_nonlocal_bind: %s", strerror(cause));
}

bool network_add_host(const struct address *address, struct error *error)
{
	struct batch batch = {.length = 0};

	put_route(&batch, address, bits_of(address), RTN_LOCAL);
	return batch_do(&batch, "add a host", error) &&
	       (address->version == 4 || allow_unlisted(error));
}

int network_new_link(const char *name, const char *kind)
{
	struct batch batch = {.length = 0};
	struct nlmsghdr *header = batch_next(&batch, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL);

	mnl_nlmsg_put_extra_header(header, sizeof(struct ifinfomsg));
	mnl_attr_put_strz(header, IFLA_IFNAME, name);
	struct nlattr *information = mnl_attr_nest_start(header, IFLA_LINKINFO);
	mnl_attr_put_strz(header, IFLA_INFO_KIND, kind);
	mnl_attr_nest_end(header, information);
	batch_end(&batch);
	return batch_send(&batch);
}
