/*
 * Asks socket() for a family, a type and a protocol. Prints these three of the new socket, as the
 * system reports them, by their names; or the reason why there is no socket.
 *
 * socket, getsockopt, close
 */
#define _DEFAULT_SOURCE /* SO_DOMAIN and SO_PROTOCOL are not in POSIX.1-2008 */
#include "common.h"

#include <linux/can.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char program[] = "socket_parameters";

struct name {
	const char *text; /* NULL ends a list */
	int value;
};

#define NAME(symbol) #symbol, symbol

static const struct name families[] = {{NAME(AF_INET)}, {NAME(AF_INET6)}, {NAME(AF_UNIX)},
	{NAME(AF_CAN)}, {NAME(AF_RDS)}, {NULL, 0}};

static const struct name types[] = {{NAME(SOCK_STREAM)}, {NAME(SOCK_DGRAM)}, {NAME(SOCK_RAW)},
	{NAME(SOCK_SEQPACKET)}, {NULL, 0}};

static const struct name ip_protocols[] = {{NAME(IPPROTO_IP)}, {NAME(IPPROTO_ICMP)},
	{NAME(IPPROTO_IGMP)}, {NAME(IPPROTO_TCP)}, {NAME(IPPROTO_UDP)}, {NAME(IPPROTO_IPV6)},
	{NAME(IPPROTO_ICMPV6)}, {NAME(IPPROTO_RAW)}, {NAME(IPPROTO_SCTP)}, {NAME(IPPROTO_UDPLITE)},
	{NAME(IPPROTO_DCCP)}, {NAME(IPPROTO_MPTCP)}, {NAME(IPPROTO_GRE)}, {NAME(IPPROTO_ESP)},
	{NULL, 0}};

static const struct name can_protocols[] = {{NAME(CAN_RAW)}, {NAME(CAN_BCM)}, {NULL, 0}};

static bool find(const struct name *names, const char *text, int *value)
{
	while (names->text != NULL && strcmp(names->text, text) != 0)
		names++;
	*value = names->value;
	return names->text != NULL;
}

static void print_name(const struct name *names, int value)
{
	while (names->text != NULL && names->value != value)
		names++;
	if (names->text != NULL)
		printf("%s", names->text);
	else
		printf("%d", value);
}

int main(int argc, char **argv)
{
	prepare_standard_streams();
	int family, type, protocol = 0;
	if (argc < 3 || argc > 4 || !find(families, argv[1], &family) ||
		!find(types, argv[2], &type) ||
		(argc == 4 && !find(ip_protocols, argv[3], &protocol) &&
			!find(can_protocols, argv[3], &protocol)))
		usage("FAMILY TYPE [PROTO]\nsuch as AF_INET SOCK_STREAM IPPROTO_TCP");

	int fd = socket(family, type, protocol);
	if (fd < 0)
		fail("socket");
	family = socket_option(fd, SO_DOMAIN);
	type = socket_option(fd, SO_TYPE);
	protocol = socket_option(fd, SO_PROTOCOL);

	print_name(families, family);
	putchar(' ');
	print_name(types, type);
	putchar(' ');
	/* What a protocol's number means depends on the family: 1 is ICMP or CAN_RAW. */
	if (protocol == 0)
		putchar('0');
	else
		print_name(family == AF_CAN ? can_protocols : ip_protocols, protocol);
	putchar('\n');
	flush_output();

	if (close(fd) != 0)
		fail("close");
	return 0;
}
