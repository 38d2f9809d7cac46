/*
 * socket() takes a family, a type and a protocol, and not every combination exists. The kernel
 * reports what it made. That is not always what the program asked for: a protocol of 0 becomes the
 * family's own protocol for that type. When the kernel refuses a combination, its error says which
 * part is wrong.
 */
#include "wirecheck.h"

/* The program makes that socket and prints what the kernel reports. */
static void made(const char *family, const char *type, const char *protocol, const char *reported)
{
	struct program *program = protocol != NULL
					  ? start("socket_parameters", family, type, protocol)
					  : start("socket_parameters", family, type);

	expect_exit(program, 0);
	expect_output(program, reported);
}

/* The kernel refuses that socket for this reason. */
static void refused(const char *family, const char *type, const char *protocol, const char *reason)
{
	struct program *program = start("socket_parameters", family, type, protocol);

	expect_exit(program, 1);
	expect_output(program, "");
	expect_error(program, reason);
}

CASE(.proves = "each combination of family, type and protocol is made as asked or gets its error",
	.clause = "POSIX socket; socket(7) SO_DOMAIN, SO_TYPE, SO_PROTOCOL; raw(7)",
	.needs_unprivileged = true)
{
	made("AF_INET", "SOCK_STREAM", NULL, "AF_INET SOCK_STREAM IPPROTO_TCP\n");
	made("AF_INET", "SOCK_STREAM", "IPPROTO_TCP", "AF_INET SOCK_STREAM IPPROTO_TCP\n");
	made("AF_INET", "SOCK_DGRAM", NULL, "AF_INET SOCK_DGRAM IPPROTO_UDP\n");
	made("AF_INET", "SOCK_DGRAM", "IPPROTO_UDP", "AF_INET SOCK_DGRAM IPPROTO_UDP\n");
	made("AF_UNIX", "SOCK_STREAM", NULL, "AF_UNIX SOCK_STREAM 0\n");
	made("AF_UNIX", "SOCK_DGRAM", NULL, "AF_UNIX SOCK_DGRAM 0\n");
	made("AF_UNIX", "SOCK_SEQPACKET", NULL, "AF_UNIX SOCK_SEQPACKET 0\n");

	refused("AF_INET", "SOCK_STREAM", "IPPROTO_UDP", "Protocol not supported");
	refused("AF_INET", "SOCK_DGRAM", "IPPROTO_TCP", "Protocol not supported");
	refused("AF_UNIX", "SOCK_STREAM", "IPPROTO_TCP", "Protocol not supported");
	/* A raw socket sees every packet, so a program without CAP_NET_RAW may not have one. */
	refused("AF_INET", "SOCK_RAW", "IPPROTO_ICMP", "Operation not permitted");

	struct program *wrong = start("socket_parameters", "AF_INET", "SOCK_NONSENSE");
	expect_exit(wrong, 2);
	expect_error(wrong, "usage");
	expect_no_packets();
}
