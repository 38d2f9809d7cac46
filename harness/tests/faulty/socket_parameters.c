/* Sockets by their parameters, with faults. */
#include "fault.h"

#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct name {
	const char *text;
	int number;
};

static const struct name families[] = {{"AF_INET", AF_INET}, {"AF_INET6", AF_INET6},
	{"AF_UNIX", AF_UNIX}, {"AF_CAN", AF_CAN}, {"AF_RDS", 21}, {NULL, 0}};
static const struct name types[] = {{"SOCK_STREAM", SOCK_STREAM}, {"SOCK_DGRAM", SOCK_DGRAM},
	{"SOCK_RAW", SOCK_RAW}, {"SOCK_SEQPACKET", SOCK_SEQPACKET}, {NULL, 0}};
static const struct name protocols[] = {{"IPPROTO_TCP", IPPROTO_TCP}, {"IPPROTO_UDP", IPPROTO_UDP},
	{"IPPROTO_ICMP", IPPROTO_ICMP}, {"IPPROTO_ICMPV6", IPPROTO_ICMPV6}, {"CAN_RAW", 1},
	{"CAN_BCM", 2}, {NULL, 0}};

static int number_of(const struct name *names, const char *text)
{
	for (; names->text != NULL; names++)
		if (strcmp(names->text, text) == 0)
			return names->number;
	if (fault("takes an unknown name for 0"))
		return 0;
	fprintf(stderr, fault("does not print its usage") ? "%s?\n" : "usage: %s?\n", text);
	exit(fault("exits with 1 for an unknown name") ? 1 : 2);
}

static const char *name_of(const struct name *names, int number)
{
	static char digits[3][16];
	static int used;

	for (; names->text != NULL; names++)
		if (names->number == number && !fault("prints numbers"))
			return names->text;
	snprintf(digits[used %= 3], sizeof digits[0], "%d", number);
	return digits[used++];
}

static int option(int handle, int name)
{
	int value = 0;
	socklen_t size = sizeof value;

	getsockopt(handle, SOL_SOCKET, name, &value, &size);
	return value;
}

int main(int argc, char *argv[])
{
	if (argc < 3)
		exit(2);
	int family = number_of(families, argv[1]), type = number_of(types, argv[2]);
	int protocol = argc > 3 ? number_of(protocols, argv[3]) : 0;
	if (fault("prints before it knows"))
		printf("%s ", argv[1]);
	int handle = socket(family, type, fault("leaves the protocol out") ? 0 : protocol);
	if (handle < 0 && !fault("ignores that socket failed"))
		fail("socket");
	if (!fault("prints what was asked for")) {
		family = option(handle, SO_DOMAIN);
		type = option(handle, SO_TYPE);
		protocol = option(handle, SO_PROTOCOL);
	}
	char line[128];
	const char *last = name_of(family == AF_UNIX ? families + 5 : protocols, protocol);
	if (fault("prints the type first"))
		snprintf(line, sizeof line, "%s %s %s", name_of(types, type),
			name_of(families, family), last);
	else
		snprintf(line, sizeof line, "%s %s %s", name_of(families, family),
			name_of(types, type), last);
	print_line(line, strlen(line));
	return finish();
}
